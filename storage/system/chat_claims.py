"""One process at a time works on a chat: a row says which. Over PostgreSQL alone.

Whoever stores an update of a chat, takes a chat or lets go of it holds the chat's lock until the commit, so that no update
is left between somebody who has just let go and somebody who trusts that the chat is worked on.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import BigInteger, Text, cast, column, delete, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from storage.bulk import insert_new
from storage.engine import Connection
from storage.system.everywhere import KeptUpdate
from storage.tables import chat_claim, inbox

LOCKS = 7_202_603  # the first half of the key of a chat's advisory lock


async def lock(conn: Connection, chats: Collection[int]) -> None:
    """Locks chats until the transaction ends; in one order everywhere, so that two never wait for each other."""
    chat = func.unnest(cast(literal(list(chats), ARRAY(BigInteger)), ARRAY(BigInteger))).column_valued("chat")
    hashed = func.hashtext(cast(chat, Text)).label("key")
    keys = select(hashed).distinct().order_by(column("key")).subquery()
    await conn.execute(select(func.pg_advisory_xact_lock(LOCKS, keys.c.key)))


async def claim(conn: Connection, holder: str, chats: Collection[int]) -> None:
    """Claims those that nobody works on; they are to be locked."""
    rows = [{"chat_id": chat, "holder": holder} for chat in sorted(chats)]
    await conn.execute(insert_new(conn, chat_claim), rows)


async def let_go(conn: Connection, holder: str, chat: int) -> None:
    mine = (chat_claim.c.chat_id == chat) & (chat_claim.c.holder == holder)
    await conn.execute(delete(chat_claim).where(mine))


async def waiting(
    conn: Connection, holder: str, chats: Collection[int], besides: Collection[int]
) -> list[KeptUpdate]:
    """Returns unfinished updates of those of the chats that `holder` works on, but `besides`; in Telegram's order."""
    columns = (inbox.c.update_id, inbox.c.chat_id, inbox.c.body, inbox.c.attempts)
    query = (
        select(*columns)
        .join(chat_claim, chat_claim.c.chat_id == inbox.c.chat_id)
        .where(chat_claim.c.holder == holder, inbox.c.chat_id.in_(chats), inbox.c.state == "new")
        .where(inbox.c.update_id.not_in(besides))
        .order_by(inbox.c.update_id)
    )
    return [KeptUpdate(*row) for row in await conn.execute(query)]


async def waiting_ids(conn: Connection, holder: str) -> Sequence[tuple[int, int]]:
    """Returns (update, chat) of all that is unfinished in the chats that `holder` works on."""
    query = (
        select(inbox.c.update_id, inbox.c.chat_id)
        .join(chat_claim, chat_claim.c.chat_id == inbox.c.chat_id)
        .where(chat_claim.c.holder == holder, inbox.c.state == "new")
    )
    return [(row.update_id, row.chat_id) for row in await conn.execute(query)]


async def orphans(conn: Connection, limit: int) -> list[int]:
    """Returns chats with unfinished updates that nobody works on, the longest waiting first."""
    claimed = select(chat_claim.c.chat_id).where(chat_claim.c.chat_id == inbox.c.chat_id).exists()
    query = (
        select(inbox.c.chat_id)
        .where(inbox.c.state == "new", ~claimed)
        .group_by(inbox.c.chat_id)
        .order_by(func.min(inbox.c.update_id))
        .limit(limit)
    )
    return [chat for chat in (await conn.execute(query)).scalars() if chat is not None]
