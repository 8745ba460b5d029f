"""The outbox of every workspace, for the one process that sends. Handlers and reports may not import this."""

from dataclasses import dataclass

from sqlalchemy import exists, func, select, tuple_, update

from storage.engine import Connection
from storage.tables import delivery
from storage.tables.outgoing import IS_NEW, SENDING, is_open
from storage.workspace.deliveries import COLUMNS, Delivery, from_row


@dataclass(frozen=True, slots=True)
class Backlog:
    waiting: int  # whose time has come
    oldest: int | None  # the moment the longest of them could have left


async def take(conn: Connection, now: int, limit: int) -> list[Delivery]:
    """Begins to send what may leave now, longest waiting first: the first one of each workspace.

    Within a workspace nothing overtakes: what waits to be tried again holds back what came after it.
    """
    earlier = delivery.alias()
    is_first = ~exists().where(
        earlier.c.workspace_id == delivery.c.workspace_id,
        is_open(earlier),
        tuple_(earlier.c.not_before, earlier.c.id) < tuple_(delivery.c.not_before, delivery.c.id),
    )
    ready = select(delivery.c.id).where(IS_NEW, delivery.c.next_try_at <= now, is_first)
    chosen = ready.order_by(delivery.c.next_try_at, delivery.c.id).limit(limit)
    begun = update(delivery).where(delivery.c.id.in_(chosen)).values(state="sending").returning(*COLUMNS)
    taken = [from_row(row) for row in await conn.execute(begun)]
    return sorted(taken, key=lambda one: (one.not_before, one.id))


async def reclaim(conn: Connection) -> int:
    """Frees what a sender that is gone had begun, to be sent again; returns how many.

    It may have left or not.
    """
    begun = update(delivery).where(
        is_open(delivery), delivery.c.state == SENDING
    )  # the former names an index
    return (await conn.execute(begun.values(state="new"))).rowcount


async def note_message(conn: Connection, delivery_id: int, message_id: int) -> None:
    """Notes that the message has left, and something behind it is still to be sent."""
    await conn.execute(update(delivery).where(delivery.c.id == delivery_id).values(message_id=message_id))


async def finish(conn: Connection, delivery_id: int, message_id: int, now: int) -> None:
    sent = update(delivery).where(delivery.c.id == delivery_id)
    await conn.execute(sent.values(state="sent", message_id=message_id, sent_at=now, error=None))


async def put_back(
    conn: Connection, delivery_id: int, *, next_try_at: int, failed: bool, error: str | None
) -> None:
    """Puts a delivery back to be tried again at `next_try_at`; `failed` counts an attempt."""
    waiting = update(delivery).where(delivery.c.id == delivery_id, delivery.c.state == SENDING)
    attempts = delivery.c.attempts + int(failed)
    await conn.execute(waiting.values(state="new", next_try_at=next_try_at, attempts=attempts, error=error))


async def fail(conn: Connection, delivery_id: int, error: str) -> None:
    await conn.execute(
        update(delivery).where(delivery.c.id == delivery_id).values(state="failed", error=error)
    )


async def drop(conn: Connection, delivery_id: int) -> None:
    """Drops a delivery that has nothing left to say."""
    await conn.execute(update(delivery).where(delivery.c.id == delivery_id).values(state="folded"))


async def backlog(conn: Connection, now: int) -> Backlog:
    query = select(func.count(), func.min(delivery.c.next_try_at)).where(
        IS_NEW, delivery.c.next_try_at <= now
    )
    waiting, oldest = (await conn.execute(query)).one()
    return Backlog(waiting, oldest)
