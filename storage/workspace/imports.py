"""Imports: what was uploaded, what became of it, and taking it back.

Rows are stored and taken back a few at a time, each few in a transaction with the `progress` that counts them, so that
others write in between and a program that dies goes on where it was.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Row, select, update

from metrics.errors import DomainError
from storage.bulk import insert_new
from storage.engine import ConflictError, Connection
from storage.tables import import_
from storage.upload_steps import ASKED, STORED, Step, before
from storage.workspace import undoing
from storage.workspace.access import DataState, hold, note


@dataclass(frozen=True, slots=True)
class Import:
    id: int
    workspace_id: int
    requested_by: int  # a user id
    chat_id: int  # where the file was sent; keeps its value when a group moves
    message_id: int
    status_message_id: int | None
    file_ids: tuple[str, ...]
    file_names: tuple[str, ...]
    sha256: str | None
    format: str | None
    state: Step
    dialogue: dict[str, Any] | None  # what was asked and answered; the bot's own words for it
    understood: dict[str, Any] | None  # what was stored
    created_at: int
    finished_at: int | None
    progress: dict[str, Any] | None = None  # rows are being stored, or still to be taken back


@dataclass(frozen=True, slots=True)
class Undone:
    posts: int  # that went
    restored: int  # that other sources know too and show again as those stated them
    audience: int  # readings of subscribers that went
    channels: tuple[int, ...] = ()  # ids of channels the import had added and that went with it

    def __add__(self, other: "Undone") -> "Undone":
        return Undone(
            self.posts + other.posts,
            self.restored + other.restored,
            self.audience + other.audience,
            self.channels + other.channels,
        )


_NAMES = [field.name for field in fields(Import)]
_COLUMNS = [import_.c[name] for name in _NAMES]


async def begin(
    conn: Connection,
    workspace_id: int,
    *,
    requested_by: int,
    chat_id: int,
    message_id: int,
    file_ids: Sequence[str],
    file_names: Sequence[str],
    now: int,
    dialogue: Mapping[str, Any] | None = None,
) -> Import:
    """Returns the import of a message, begun or found: an update that runs again goes on with its own."""
    row = {
        "workspace_id": workspace_id,
        "requested_by": requested_by,
        "chat_id": chat_id,
        "message_id": message_id,
        "file_ids": _json(list(file_ids)),
        "file_names": _json(list(file_names)),
        "state": Step.READING,
        "dialogue": None if dialogue is None else _json(dialogue),
        "created_at": now,
    }
    await conn.execute(insert_new(conn, import_), row)
    begun = await of_message(conn, workspace_id, chat_id, message_id)
    if begun is None:
        raise ConflictError("the message began an import of another workspace")
    if begun.state == Step.READING and begun.file_ids != tuple(file_ids):  # more of its files have come since
        names = ("file_ids", "file_names", "dialogue")
        await _set(conn, workspace_id, begun.id, **{name: row[name] for name in names})
        found = await of_message(conn, workspace_id, chat_id, message_id)
        return found or begun
    return begun


async def of_message(conn: Connection, workspace_id: int, chat_id: int, message_id: int) -> Import | None:
    query = select(*_COLUMNS).where(
        import_.c.workspace_id == workspace_id,
        import_.c.chat_id == chat_id,
        import_.c.message_id == message_id,
    )
    row = (await conn.execute(query)).one_or_none()
    return None if row is None else _import(row)


async def get(conn: Connection, workspace_id: int, import_id: int) -> Import | None:
    query = select(*_COLUMNS).where(import_.c.id == import_id, import_.c.workspace_id == workspace_id)
    row = (await conn.execute(query)).one_or_none()
    return None if row is None else _import(row)


async def newest_of(
    conn: Connection, workspace_id: int, person: int, states: Collection[str] = ASKED
) -> Import | None:
    """Returns the newest import of a person's files in one of the states, those that wait for an answer by default."""
    query = select(*_COLUMNS).where(
        import_.c.workspace_id == workspace_id, import_.c.requested_by == person, import_.c.state.in_(states)
    )
    row = (await conn.execute(query.order_by(import_.c.id.desc()).limit(1))).one_or_none()
    return None if row is None else _import(row)


async def ids(conn: Connection, workspace_id: int) -> list[int]:
    """Returns the ids of all imports, whatever became of them."""
    return list(
        (await conn.execute(select(import_.c.id).where(import_.c.workspace_id == workspace_id))).scalars()
    )


async def find_same(conn: Connection, workspace_id: int, sha256: str) -> Import | None:
    """Returns the import that brought this very content and stands; None without one."""
    query = select(*_COLUMNS).where(
        import_.c.workspace_id == workspace_id, import_.c.sha256 == sha256, import_.c.state.in_(STORED)
    )
    row = (await conn.execute(query)).one_or_none()
    return None if row is None else _import(row)


async def set_status_message(conn: Connection, workspace_id: int, import_id: int, message_id: int) -> None:
    await _set(conn, workspace_id, import_id, status_message_id=message_id)


async def note_dialogue(
    conn: Connection, workspace_id: int, import_id: int, dialogue: Mapping[str, Any]
) -> None:
    """Writes down how the dialogue stands, without a step."""
    await _set(conn, workspace_id, import_id, dialogue=_json(dialogue))


async def move(
    conn: Connection,
    workspace_id: int,
    import_id: int,
    to: Step,
    *,
    dialogue: Mapping[str, Any] | None = None,
    came_from: Collection[Step] | None = None,
) -> bool:
    """Takes a step that the table allows; False, and nothing changes, where the import stands elsewhere."""
    sources = before(to) if came_from is None else tuple(step for step in before(to) if step in came_from)
    values: dict[str, object] = {"state": to}
    if dialogue is not None:
        values["dialogue"] = _json(dialogue)
    mine = update(import_).where(import_.c.id == import_id, import_.c.workspace_id == workspace_id)
    moved = await conn.execute(mine.where(import_.c.state.in_(sources)).values(**values))
    return moved.rowcount > 0


async def finish(
    conn: Connection,
    workspace_id: int,
    import_id: int,
    *,
    sha256: str,
    format: str,  # noqa: A002 - as above
    understood: Mapping[str, Any],
    now: int,
) -> None:
    """Notes that the rows are stored; the commit raises `ConflictError` if the same content just was."""
    await _set(
        conn,
        workspace_id,
        import_id,
        state=Step.DONE,
        sha256=sha256,
        format=format,
        understood=_json(understood),
        finished_at=now,
        progress=None,
    )


async def fail(conn: Connection, workspace_id: int, import_id: int, *, now: int) -> None:
    """Notes that nothing came of an import; what is stored stays so, the rest is to be taken back."""
    mine = update(import_).where(import_.c.id == import_id, import_.c.workspace_id == workspace_id)
    not_stored = mine.where(import_.c.state.in_(before(Step.FAILED)))
    await conn.execute(not_stored.values(state=Step.FAILED, finished_at=now))


async def advance(conn: Connection, workspace_id: int, import_id: int, progress: Mapping[str, Any]) -> None:
    """Notes how far storing has come, in the transaction that stores it.

    Raises `DomainError("uploads.gone")` if the import went or was ended meanwhile.
    """
    mine = update(import_).where(import_.c.id == import_id, import_.c.workspace_id == workspace_id)
    open_ones = mine.where(import_.c.state.in_({Step.READING, Step.FAILED, *ASKED}))
    if (await conn.execute(open_ones.values(progress=_json(progress)))).rowcount == 0:
        raise DomainError("uploads.gone")


async def reopen(conn: Connection, workspace_id: int, import_id: int, dialogue: Mapping[str, Any]) -> bool:
    """Has a stored import read again, once what it stored is taken back; False if it does not stand."""
    if not await move(conn, workspace_id, import_id, Step.READING, dialogue=dialogue, came_from=STORED):
        return False
    await _set(conn, workspace_id, import_id, understood=None, finished_at=None, progress="{}")
    return True


async def begin_undo(conn: Connection, workspace_id: int, import_id: int, now: int) -> bool:
    """Leaves a stored import to be taken back; False if it does not stand (any more).

    True as well for one whose taking back was cut short.
    """
    mine = update(import_).where(import_.c.id == import_id, import_.c.workspace_id == workspace_id)
    stands = mine.where(import_.c.state.in_(before(Step.UNDONE)))
    if (await conn.execute(stands.values(state=Step.UNDONE, finished_at=now, progress="{}"))).rowcount:
        return True
    found = await get(conn, workspace_id, import_id)
    return found is not None and found.state == Step.UNDONE and found.progress is not None


async def take_back_some(
    conn: Connection, workspace_id: int, import_id: int, now: int, *, rows_at_most: int
) -> Undone | None:
    """Takes some of its rows back; None when none is left, and `settle` is to be called."""
    found = await get(conn, workspace_id, import_id)
    if found is None or found.progress is None:
        return None
    some = await undoing.posts_to_take_back(conn, import_id, rows_at_most)
    subscribers = {} if some else await undoing.audience_to_take_back(conn, import_id, rows_at_most)
    if not some and not subscribers:
        return None
    channel_ids = sorted({*some.values(), *subscribers.values()})
    held = {channel_id: await hold(conn, workspace_id, channel_id, now) for channel_id in channel_ids}
    gone, restored = await undoing.take_back_posts(conn, import_id, list(some))
    for channel_id, count in Counter(gone).items():
        was = held[channel_id]
        await note(conn, channel_id, DataState(was.posts - count, was.observed_at))
    taken = await undoing.take_back_audience(conn, list(subscribers))
    touched = sorted({*found.progress.get("touched", ()), *channel_ids})
    await _set(conn, workspace_id, import_id, progress=_json({"touched": touched}))
    return Undone(len(gone), restored, taken)


async def newest_left(
    conn: Connection, workspace_id: int, import_id: int
) -> dict[int, tuple[int, int | None]]:
    """Returns what `settle` needs of the channels that rows were taken from; costs by their history."""
    found = await get(conn, workspace_id, import_id)
    touched = ((found and found.progress) or {}).get("touched", ())
    seen = {channel_id: await undoing.newest_left(conn, channel_id) for channel_id in touched}
    return {channel_id: newest for channel_id, newest in seen.items() if newest is not None}


async def settle(
    conn: Connection, workspace_id: int, import_id: int, newest: Mapping[int, tuple[int, int | None]]
) -> tuple[int, ...] | None:
    """Ends the taking back; returns ids of gone channels, or None if one changed since `newest_left`."""
    found = await get(conn, workspace_id, import_id)
    if found is None or found.progress is None:
        return ()
    for channel_id, (version, observed_at) in newest.items():
        if not await undoing.note_newest(conn, channel_id, version, observed_at):
            return None
    await _set(conn, workspace_id, import_id, progress=None)
    return tuple(await undoing.take_back_channels(conn, import_id))


async def _set(conn: Connection, workspace_id: int, import_id: int, **values: object) -> None:
    mine = update(import_).where(import_.c.id == import_id, import_.c.workspace_id == workspace_id)
    await conn.execute(mine.values(**values))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _import(row: Row[*tuple[Any, ...]]) -> Import:
    values = dict(zip(_NAMES, row, strict=True))
    for name in ("file_ids", "file_names"):
        values[name] = tuple(json.loads(values[name]))
    values["state"] = Step(values["state"])
    for name in ("understood", "progress", "dialogue"):
        values[name] = None if values[name] is None else json.loads(values[name])
    return Import(**values)
