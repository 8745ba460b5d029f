"""What people said of tables: which column is which, and whether days or months come first. Known by the header."""

import json

from sqlalchemy import delete, insert, select

from storage.engine import Connection
from storage.files.upload.notes import HeaderMeanings
from storage.tables import column_choice

KEPT = 200  # headers of one workspace; every file is read with all of them at hand


async def remember(
    conn: Connection, workspace_id: int, fingerprint: str, told: HeaderMeanings, now: int
) -> None:
    await forget(conn, workspace_id, fingerprint)
    said = {"columns": told.columns, "date_order": told.date_order, "rows": told.rows}
    choice = json.dumps(said, ensure_ascii=False)
    row = {"workspace_id": workspace_id, "fingerprint": fingerprint, "choice": choice, "chosen_at": now}
    await conn.execute(insert(column_choice).values(row))


async def recall(conn: Connection, workspace_id: int) -> dict[str, HeaderMeanings]:
    """Returns what was said, by the fingerprint of the header; the newest ones."""
    query = select(column_choice.c.fingerprint, column_choice.c.choice).where(
        column_choice.c.workspace_id == workspace_id
    )
    rows = await conn.execute(query.order_by(column_choice.c.chosen_at.desc()).limit(KEPT))
    return {row.fingerprint: _told(row.choice) for row in rows}


async def forget(conn: Connection, workspace_id: int, fingerprint: str) -> bool:
    """Forgets what was said of a header; False if nothing was."""
    mine = delete(column_choice).where(
        column_choice.c.workspace_id == workspace_id, column_choice.c.fingerprint == fingerprint
    )
    return (await conn.execute(mine)).rowcount > 0


def _told(choice: str) -> HeaderMeanings:
    said = json.loads(choice)
    columns = {int(position): meaning for position, meaning in said["columns"].items()}
    return HeaderMeanings(columns, said["date_order"], said.get("rows"))
