"""reminders of meetings, and when a fair sends them"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("fair") as table:
        table.add_column(sa.Column("remind_day_hours", sa.Integer(), nullable=False, server_default="24"))
        table.add_column(sa.Column("remind_hour_minutes", sa.Integer(), nullable=False, server_default="60"))
    with op.batch_alter_table("fair") as table:
        table.alter_column("remind_day_hours", server_default=None)
        table.alter_column("remind_hour_minutes", server_default=None)
    op.create_table(
        "reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fair_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_for", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('day', 'hour')", name=op.f("ck_reminder_kind")),
        sa.CheckConstraint("answer IN ('', 'coming', 'cannot')", name=op.f("ck_reminder_answer")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name="fk_reminder_fair_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_reminder_meeting_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_reminder_letter_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint("meeting_id", "kind", "starts_at", name="uq_reminder_meeting_id_kind_starts_at"),
        sa.UniqueConstraint("token_hash", name="uq_reminder_token_hash"),
    )
    for column in ("fair_id", "meeting_id", "letter_id"):
        op.create_index(f"ix_reminder_{column}", "reminder", [column])


def downgrade() -> None:
    op.drop_table("reminder")
    with op.batch_alter_table("fair") as table:
        table.drop_column("remind_hour_minutes")
        table.drop_column("remind_day_hours")
