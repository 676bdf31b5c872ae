"""Why a machine link was made, as a JSON list of codes. Links from before have none until the linker makes them anew."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("link", sa.Column("reasons", sa.Text(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Drop it again."""
    op.drop_column("link", "reasons")
