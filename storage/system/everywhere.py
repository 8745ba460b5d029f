"""What spans workspaces: the inbox, the tick, live updates. Handlers and reports may not import this."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from storage.bulk import insert_new
from storage.engine import Connection
from storage.system.rights import collects
from storage.tables import channel, inbox, tick

BACKUP = 8  # in place of a ticker: when the last backup was made
INSTANCES = 1_000  # from here on one process each
CONFLICT = 9  # in place of a ticker: when another program was last seen fetching this bot's updates


@dataclass(frozen=True, slots=True)
class KeptUpdate:
    update_id: int
    chat_id: int | None
    body: str  # JSON as Telegram sent it
    attempts: int = 0  # runs that began in earlier lives and did not end


@dataclass(frozen=True, slots=True)
class RegisteredChannel:
    """A channel's row in one of the workspaces that registered it."""

    workspace_id: int
    channel_id: int
    title: str
    handle: str | None
    is_admins: bool  # of a workspace with a person who is an admin of the channel, as the bot is

    def may_hear(self, *, is_public: bool) -> bool:
        """Tells whether what the channel shows its own subscribers may be written into this row."""
        return is_public or self.is_admins


async def keep_updates(conn: Connection, rows: Sequence[tuple[int, int | None, str]], now: int) -> list[int]:
    """Keeps (update_id, chat_id, body), no run counted; returns the ids that were new, in their order."""
    if not rows:
        return []
    stamped = [
        {
            "update_id": update_id,
            "chat_id": chat_id,
            "body": body,
            "received_at": now,
            "state": "new",
            "attempts": 0,
        }
        for update_id, chat_id, body in rows
    ]
    kept = await conn.execute(insert_new(conn, inbox).returning(inbox.c.update_id), stamped)
    return sorted(kept.scalars())


async def unfinished(conn: Connection) -> list[KeptUpdate]:
    """Returns updates kept and not handled to their end, in the order Telegram sent them."""
    columns = (inbox.c.update_id, inbox.c.chat_id, inbox.c.body, inbox.c.attempts)
    query = select(*columns).where(inbox.c.state == "new")
    return [KeptUpdate(*row) for row in await conn.execute(query.order_by(inbox.c.update_id))]


async def begin_again(conn: Connection, update_id: int) -> None:
    """Counts one more run of an update that was left unfinished."""
    again = update(inbox).where(inbox.c.update_id == update_id)
    await conn.execute(again.values(attempts=inbox.c.attempts + 1))


async def finish_update(conn: Connection, update_id: int) -> None:
    """Empties the update; its id stays so that Telegram may send it again in vain."""
    handled = update(inbox).where(inbox.c.update_id == update_id)
    await conn.execute(handled.values(state="done", body=None, chat_id=None))


async def record_tick(conn: Connection, at: int, ticker: int = 1) -> None:
    """Notes that the process is alive. `ticker` tells apart processes that each have to be."""
    ticked = update(tick).where(tick.c.id == ticker).values(at=at)
    if (await conn.execute(ticked)).rowcount == 0:
        await conn.execute(insert_new(conn, tick), {"id": ticker, "at": at})  # another may be as fast


async def last_tick(conn: Connection, ticker: int = 1) -> int | None:
    return (await conn.execute(select(tick.c.at).where(tick.c.id == ticker))).scalar_one_or_none()


async def workspaces_of_channel_chat(conn: Connection, chat_id: int) -> list[RegisteredChannel]:
    """Returns everywhere the Telegram channel with this chat id is registered."""
    columns = (
        channel.c.workspace_id,
        channel.c.id,
        channel.c.title,
        channel.c.handle,
        collects(),
    )
    query = select(*columns).where(channel.c.chat_id == chat_id).order_by(channel.c.id)
    return [RegisteredChannel(*row) for row in await conn.execute(query)]
