"""Schedules name who makes their briefings and in which language; those that stood name neither."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_COLUMNS = ("engine", "language")


def upgrade() -> None:
    for name in _COLUMNS:
        op.add_column(
            "schedules",
            sa.Column(name, sa.String(length=16), nullable=False, server_default=""),
        )


def downgrade() -> None:
    for name in _COLUMNS:
        op.drop_column("schedules", name)
