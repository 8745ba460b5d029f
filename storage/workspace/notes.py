"""What people noted of a day: of one channel, or of all."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, func, insert, or_, select

from metrics.errors import DomainError
from storage.engine import Connection
from storage.tables import channel_access, note
from storage.workspace.access import readable

MOST = 1000  # of a workspace
TEXT_CHARS = 120  # as much as stands beside a picture


@dataclass(frozen=True, slots=True)
class Note:
    """`channel_id` None: of all channels of the chat."""

    id: int
    channel_id: int | None
    noted_on: date
    text: str


_COLUMNS = [note.c[field.name] for field in fields(Note)]


async def add(
    conn: Connection,
    workspace_id: int,
    channel_id: int | None,
    *,
    noted_on: date,
    text: str,
    person: int,
    now: int,
) -> Note:
    """Adds a note.

    Raises DomainError("channel.gone") for a channel the workspace can't read, ("note.too_many").
    """
    if channel_id is not None:
        seen = select(channel_access.c.channel_id).where(
            channel_access.c.workspace_id == workspace_id, channel_access.c.channel_id == channel_id
        )
        if (await conn.execute(seen)).one_or_none() is None:
            raise DomainError("channel.gone")
    count = select(func.count()).select_from(note).where(note.c.workspace_id == workspace_id)
    if (await conn.execute(count)).scalar_one() >= MOST:
        raise DomainError("note.too_many", most=MOST)
    row = {
        "workspace_id": workspace_id,
        "channel_id": channel_id,
        "noted_on": noted_on.isoformat(),
        "text": text,
        "added_by": person,
        "created_at": now,
    }
    return _note((await conn.execute(insert(note).values(row).returning(*_COLUMNS))).one())


async def same(
    conn: Connection, workspace_id: int, channel_id: int | None, *, noted_on: date, text: str
) -> Note | None:
    """Returns the note of that day about that channel (None: about all) in the same words, where there is one."""
    query = select(*_COLUMNS).where(
        note.c.workspace_id == workspace_id,
        note.c.channel_id.is_(None) if channel_id is None else note.c.channel_id == channel_id,
        note.c.noted_on == noted_on.isoformat(),
        note.c.text == text,
    )
    row = (await conn.execute(query.limit(1))).one_or_none()
    return None if row is None else _note(row)


async def window(conn: Connection, workspace_id: int, channel_id: int, first: date, last: date) -> list[Note]:
    """Returns the channel's own notes and those of all channels, of these local days; oldest first."""
    query = select(*_COLUMNS).where(
        note.c.workspace_id == workspace_id,
        or_(note.c.channel_id == channel_id, note.c.channel_id.is_(None)),
        note.c.noted_on >= first.isoformat(),
        note.c.noted_on <= last.isoformat(),
        readable(workspace_id, channel_id),
    )
    return [_note(row) for row in await conn.execute(query.order_by(note.c.noted_on, note.c.id))]


async def newest(conn: Connection, workspace_id: int, limit: int) -> list[Note]:
    query = select(*_COLUMNS).where(note.c.workspace_id == workspace_id)
    rows = await conn.execute(query.order_by(note.c.noted_on.desc(), note.c.id.desc()).limit(limit))
    return [_note(row) for row in rows]


async def remove(conn: Connection, workspace_id: int, note_id: int) -> Note | None:
    """Removes a note and returns it; None where it is gone already."""
    mine = delete(note).where(note.c.workspace_id == workspace_id, note.c.id == note_id)
    row = (await conn.execute(mine.returning(*_COLUMNS))).one_or_none()
    return None if row is None else _note(row)


def _note(row: Row[*tuple[Any, ...]]) -> Note:
    return Note(row.id, row.channel_id, date.fromisoformat(row.noted_on), row.text)
