"""The first tables."""

from alembic import op

from bazaar import tables
from bazaar.db import Base

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ALL = tables.ALL


def upgrade() -> None:
    Base.metadata.create_all(op.get_bind())


def downgrade() -> None:
    Base.metadata.drop_all(op.get_bind())
