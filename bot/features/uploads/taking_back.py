"""Taking back what an import stored, a portion of its rows a transaction: others write in between.

Cut short anywhere it goes on when it is called again, because the import's row says that rows are left.
"""

from bot.features.uploads.portions import Portions
from storage.engine import Database
from storage.workspace import imports
from storage.workspace.imports import Undone


async def undo(database: Database, workspace_id: int, import_id: int, now: int) -> Undone | None:
    """Leaves everything as if the import had never been, its channels included. None: it was undone."""
    async with database.begin() as conn:
        stands = await imports.begin_undo(conn, workspace_id, import_id, now)
    return await take_back(database, workspace_id, import_id, now) if stands else None


async def fail(database: Database, workspace_id: int, import_id: int, now: int) -> None:
    """Fails an import that is not finished: nothing comes of it, and nothing of it is left."""
    async with database.begin() as conn:
        await imports.fail(conn, workspace_id, import_id, now=now)
    await take_back(database, workspace_id, import_id, now)


async def take_back(database: Database, workspace_id: int, import_id: int, now: int) -> Undone:
    """Takes back whatever rows an import left that is not, or not any more, to be finished."""
    undone, portions = Undone(0, 0, 0), Portions()
    while True:
        async with database.begin() as conn:
            with portions.timed():
                some = await imports.take_back_some(
                    conn, workspace_id, import_id, now, rows_at_most=portions.rows
                )
        if some is None:
            break
        undone += some
    gone: tuple[int, ...] | None = None
    while gone is None:
        async with database.read() as conn:
            newest = await imports.newest_left(conn, workspace_id, import_id)
        async with database.begin() as conn:
            gone = await imports.settle(conn, workspace_id, import_id, newest)
    return undone + Undone(0, 0, 0, gone)
