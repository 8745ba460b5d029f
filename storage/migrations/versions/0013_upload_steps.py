"""The steps of an upload by their names, and what was asked and answered on the way."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

BEFORE = ("reading", "waiting", "done", "undone", "failed")
AFTER = (
    "reading", "columns", "rows", "chat", "files", "whose", "subscribers", "done", "undone", "failed",
)  # fmt: skip


def upgrade() -> None:
    op.drop_index("uq_import_done", "import")
    with op.batch_alter_table("import", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_constraint(op.f("ck_import_state"), type_="check")
        table.add_column(sa.Column("dialogue", sa.Text()))
    op.execute("UPDATE import SET dialogue = understood, understood = NULL WHERE state = 'waiting'")
    op.execute("UPDATE import SET state = 'columns' WHERE state = 'waiting' AND dialogue LIKE '%\"asking\"%'")
    op.execute("UPDATE import SET state = 'whose' WHERE state = 'waiting'")
    _check(AFTER)
    _index_of_done("state IN ('done', 'subscribers')")


def downgrade() -> None:
    op.drop_index("uq_import_done", "import")
    with op.batch_alter_table("import", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_constraint(op.f("ck_import_state"), type_="check")
    op.execute("UPDATE import SET state = 'done' WHERE state = 'subscribers'")
    op.execute(
        "UPDATE import SET understood = dialogue, state = 'waiting'"
        " WHERE state IN ('columns', 'rows', 'chat', 'files', 'whose')"
    )
    with op.batch_alter_table("import", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_column("dialogue")
    _check(BEFORE)
    _index_of_done("state = 'done'")


def _check(states: tuple[str, ...]) -> None:
    one_of = f"state IN ({', '.join(repr(state) for state in states)})"
    with op.batch_alter_table("import", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.create_check_constraint(op.f("ck_import_state"), one_of)


def _index_of_done(condition: str) -> None:
    where = sa.text(condition)
    columns = ["workspace_id", "sha256"]
    op.create_index(
        "uq_import_done", "import", columns, unique=True, sqlite_where=where, postgresql_where=where
    )
