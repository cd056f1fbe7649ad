"""what an exhibitor wants of its booths: how many, when, of which kind"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = (
    ("strong_power", sa.Boolean(), sa.false()),
    ("booth_kind", sa.String(40), ""),
    ("price_class", sa.String(40), ""),
    ("booths", sa.Integer(), "1"),
    ("part_of_day", sa.String(40), "whole"),
)


def upgrade() -> None:
    """Those who applied before want what they got then: one booth of any kind, the whole day."""
    with op.batch_alter_table("exhibitor") as table:
        for name, kind, now in COLUMNS:
            table.add_column(sa.Column(name, kind, nullable=False, server_default=now))
    with op.batch_alter_table("exhibitor") as table:
        for name, _kind, _now in COLUMNS:
            table.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("exhibitor") as table:
        for name, _kind, _now in reversed(COLUMNS):
            table.drop_column(name)
