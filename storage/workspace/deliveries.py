"""What is to be sent to a workspace without being asked for. `storage.system.outbox` takes it from here to Telegram."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Row, select, update

from storage.bulk import insert_new
from storage.engine import Connection
from storage.tables import delivery
from storage.tables.outgoing import IS_NEW

SOURCE_LOST = "source_lost"  # the kind that tells of a channel whose figures end


@dataclass(frozen=True, slots=True)
class Delivery:
    id: int
    workspace_id: int
    kind: str  # names what puts it into words
    subject: str  # with the kind and `due_at`, what is never sent twice
    due_at: int
    payload: dict[str, Any]
    thread_id: int | None
    not_before: int
    attempts: int  # that failed
    created_at: int
    message_id: int | None  # of its message, where only the document behind it is still to be sent


COLUMNS = [delivery.c[field.name] for field in fields(Delivery)]


async def enqueue(
    conn: Connection,
    workspace_id: int,
    *,
    kind: str,
    subject: str,
    due_at: int,
    payload: Mapping[str, Any],
    thread_id: int | None = None,
    not_before: int,
    now: int,
) -> int | None:
    """The id of the new delivery; None where this workspace has had the same one."""
    row = {
        "workspace_id": workspace_id,
        "kind": kind,
        "subject": subject,
        "due_at": due_at,
        "payload": json.dumps(payload, ensure_ascii=False),
        "thread_id": thread_id,
        "not_before": not_before,
        "state": "new",
        "attempts": 0,
        "next_try_at": not_before,
        "created_at": now,
    }
    added = await conn.execute(insert_new(conn, delivery).returning(delivery.c.id), row)
    delivery_id: int | None = added.scalar_one_or_none()
    return delivery_id


async def waiting(conn: Connection, workspace_id: int, kind: str, subject: str) -> Delivery | None:
    """What of this kind about this subject has not begun to leave; the earliest of several."""
    mine = (delivery.c.workspace_id == workspace_id, delivery.c.kind == kind, delivery.c.subject == subject)
    query = select(*COLUMNS).where(IS_NEW, *mine).order_by(delivery.c.due_at, delivery.c.id)
    row = (await conn.execute(query.limit(1))).one_or_none()
    return None if row is None else from_row(row)


async def fold(conn: Connection, workspace_id: int, kind: str, *, before: int) -> list[Delivery]:
    """Take back what was due before `before` and has not begun to leave; oldest first.

    A summary calls it in the transaction that enqueues its own, and tells since when it speaks.
    """
    waiting = (delivery.c.workspace_id == workspace_id, delivery.c.kind == kind, delivery.c.due_at < before)
    query = select(*COLUMNS).where(IS_NEW, *waiting).order_by(delivery.c.due_at, delivery.c.id)
    older = [from_row(row) for row in await conn.execute(query)]
    if older:
        folded = update(delivery).where(delivery.c.id.in_([one.id for one in older]), IS_NEW)
        await conn.execute(folded.values(state="folded"))
    return older


async def give_up(conn: Connection, workspace_id: int, error: str) -> None:
    """Everything that waits for a workspace which can't be reached."""
    waiting = update(delivery).where(delivery.c.workspace_id == workspace_id, IS_NEW)
    await conn.execute(waiting.values(state="failed", error=error))


async def forget_thread(conn: Connection, workspace_id: int, thread_id: int) -> None:
    """A topic was removed: what waits for it goes to the chat itself."""
    there = update(delivery).where(
        delivery.c.workspace_id == workspace_id, delivery.c.thread_id == thread_id, IS_NEW
    )
    await conn.execute(there.values(thread_id=None))


def from_row(row: Row[*tuple[Any, ...]]) -> Delivery:
    return Delivery(**{**row._asdict(), "payload": json.loads(row.payload)})
