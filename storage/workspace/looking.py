"""Messages that say «Смотрю…»: which one belongs to which question, until its answer is there."""

from sqlalchemy import delete, insert, select

from storage.engine import Connection
from storage.tables import looking


async def begin(conn: Connection, workspace_id: int, asked: str, message_id: int) -> None:
    """Notes that the question is waited for in this message from now on."""
    await end(conn, workspace_id, asked)
    row = {"workspace_id": workspace_id, "asked": asked, "message_id": message_id}
    await conn.execute(insert(looking).values(row))


async def message_of(conn: Connection, workspace_id: int, asked: str) -> int | None:
    """Returns the message in which an earlier run of the question promised an answer; None without one."""
    mine = select(looking.c.message_id).where(
        looking.c.workspace_id == workspace_id, looking.c.asked == asked
    )
    return (await conn.execute(mine)).scalar_one_or_none()


async def end(conn: Connection, workspace_id: int, asked: str) -> bool:
    """Notes that the answer is there; False if nobody was waiting."""
    mine = delete(looking).where(looking.c.workspace_id == workspace_id, looking.c.asked == asked)
    return (await conn.execute(mine)).rowcount > 0
