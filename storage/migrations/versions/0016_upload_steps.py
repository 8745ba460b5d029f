"""The steps of an upload by their names, and what was asked and answered on the way."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0012"

BEFORE = ("reading", "waiting", "done", "undone", "failed")
AFTER = (
    "reading", "columns", "rows", "chat", "files", "whose", "subscribers", "done", "undone", "failed",
)  # fmt: skip


def upgrade() -> None:
    op.drop_index("uq_import_done", "import")
    _without_check(sa.Column("dialogue", sa.Text()))
    op.execute("UPDATE import SET dialogue = understood, understood = NULL WHERE state = 'waiting'")
    op.execute("UPDATE import SET state = 'columns' WHERE state = 'waiting' AND dialogue LIKE '%\"asking\"%'")
    op.execute("UPDATE import SET state = 'whose' WHERE state = 'waiting'")
    _with_check(AFTER)
    _index_of_done("state IN ('done', 'subscribers')")


def downgrade() -> None:
    op.drop_index("uq_import_done", "import")
    _without_check()
    op.execute("UPDATE import SET state = 'done' WHERE state = 'subscribers'")
    kept = ", ".join(f"'{state}'" for state in BEFORE)
    op.execute(
        f"UPDATE import SET understood = dialogue, state = 'waiting' WHERE state NOT IN ({kept})"  # noqa: S608 - constants
    )
    _with_check(BEFORE)
    with op.batch_alter_table("import", table_kwargs={"sqlite_autoincrement": True}, table_args=_args(BEFORE)) as table:
        table.drop_column("dialogue")
    _index_of_done("state = 'done'")


def _without_check(*added: sa.Column[str]) -> None:
    """SQLite builds the table anew and leaves its check behind, because that isn't reflected."""
    if not _is_sqlite():
        op.drop_constraint("ck_import_state", "import", type_="check")
        for column in added:
            op.add_column("import", column)
        return
    autoincrement = {"sqlite_autoincrement": True}
    with op.batch_alter_table("import", recreate="always", table_kwargs=autoincrement) as table:
        for column in added:
            table.add_column(column)


def _with_check(states: tuple[str, ...]) -> None:
    if not _is_sqlite():
        op.create_check_constraint("ck_import_state", "import", _one_of(states))
        return
    autoincrement, args = {"sqlite_autoincrement": True}, _args(states)
    with op.batch_alter_table("import", recreate="always", table_kwargs=autoincrement, table_args=args):
        pass


def _args(states: tuple[str, ...]) -> tuple[sa.CheckConstraint, ...]:
    return (sa.CheckConstraint(_one_of(states), name="ck_import_state"),) if _is_sqlite() else ()


def _one_of(states: tuple[str, ...]) -> str:
    return f"state IN ({', '.join(repr(state) for state in states)})"


def _index_of_done(condition: str) -> None:
    where = sa.text(condition)
    columns = ["workspace_id", "sha256"]
    op.create_index("uq_import_done", "import", columns, unique=True, sqlite_where=where, postgresql_where=where)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
