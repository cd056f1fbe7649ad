"""a hall's plan as a picture behind its grid"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("hall") as table:
        table.add_column(sa.Column("picture", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("picture_version", sa.String(40), nullable=False, server_default=""))
    with op.batch_alter_table("hall") as table:
        table.alter_column("picture_version", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("hall") as table:
        table.drop_column("picture_version")
        table.drop_column("picture")
