"""Telegram's file ids of pictures already drawn and sent: the same picture is not drawn twice.

A key must name everything the picture depends on, with the `data_version` of its channels.
"""

from sqlalchemy import delete, insert, select

from storage.engine import Connection
from storage.tables import picture


async def remember(conn: Connection, workspace_id: int, key: str, file_id: str, now: int) -> None:
    await forget(conn, workspace_id, key)
    row = {"workspace_id": workspace_id, "key": key, "file_id": file_id, "created_at": now}
    await conn.execute(insert(picture).values(row))


async def recall(conn: Connection, workspace_id: int, key: str) -> str | None:
    query = select(picture.c.file_id).where(picture.c.workspace_id == workspace_id, picture.c.key == key)
    return (await conn.execute(query)).scalar_one_or_none()


async def forget(conn: Connection, workspace_id: int, key: str) -> None:
    """Forgets a picture whose id Telegram does not take any more."""
    await conn.execute(delete(picture).where(picture.c.workspace_id == workspace_id, picture.c.key == key))
