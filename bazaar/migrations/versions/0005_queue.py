"""the walk-up queue at a booth"""

import sqlalchemy as sa
from alembic import op

from bazaar.db import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STANDING = sa.text("status IN ('waiting', 'called', 'here')")


def upgrade() -> None:
    op.create_table(
        "queue_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fair_id", sa.Uuid(), nullable=False),
        sa.Column("exhibitor_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("joined_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("until", UtcDateTime(timezone=True), nullable=False),
        sa.Column("told_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("called_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("called_by", sa.Uuid(), nullable=True),
        sa.Column("here_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('waiting', 'called', 'here', 'met', 'left', 'no_show', 'closed')",
            name=op.f("ck_queue_place_status"),
        ),
        sa.ForeignKeyConstraint(
            ["called_by"], ["person.id"], name=op.f("fk_queue_place_called_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_queue_place_exhibitor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_queue_place_fair_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_queue_place_registration_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_place")),
        sa.UniqueConstraint("exhibitor_id", "number", name=op.f("uq_queue_place_exhibitor_id_number")),
    )
    with op.batch_alter_table("queue_place") as table:
        for column in ("called_by", "exhibitor_id", "fair_id", "registration_id"):
            table.create_index(op.f(f"ix_queue_place_{column}"), [column], unique=False)
        table.create_index(
            "uq_queue_place_pair_standing", ["registration_id", "exhibitor_id"], unique=True,
            sqlite_where=STANDING, postgresql_where=STANDING,
        )
    with op.batch_alter_table("exhibitor") as table:
        table.add_column(sa.Column("walk_up", sa.Boolean(), nullable=False, server_default=sa.true()))
        table.add_column(sa.Column("back_at", UtcDateTime(timezone=True), nullable=True))
    with op.batch_alter_table("exhibitor") as table:
        table.alter_column("walk_up", server_default=None)
    with op.batch_alter_table("fair") as table:
        table.add_column(sa.Column("call_minutes", sa.Integer(), nullable=False, server_default="5"))
        table.add_column(sa.Column("max_queues", sa.Integer(), nullable=False, server_default="3"))
    with op.batch_alter_table("fair") as table:
        table.alter_column("call_minutes", server_default=None)
        table.alter_column("max_queues", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("fair") as table:
        table.drop_column("max_queues")
        table.drop_column("call_minutes")
    with op.batch_alter_table("exhibitor") as table:
        table.drop_column("back_at")
        table.drop_column("walk_up")
    op.drop_table("queue_place")
