"""Imports: what was uploaded, what became of it, and taking it back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Row, select, update

from storage import undoing
from storage.access import hold
from storage.bulk import insert_new
from storage.engine import ConflictError, Connection
from storage.tables import audience, import_, post, reading


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
    state: str  # 'reading', 'waiting', 'done', 'undone' or 'failed'
    understood: dict[str, Any] | None
    created_at: int
    finished_at: int | None


@dataclass(frozen=True, slots=True)
class Undone:
    posts: int  # that went
    restored: int  # that other sources know too and show again as those stated them
    audience: int  # readings of subscribers that went
    channels: tuple[int, ...]  # ids of channels the import had added and that went with it


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
) -> Import:
    """The import of a message, begun or found: an update that runs again goes on with the import it began."""
    row = {
        "workspace_id": workspace_id,
        "requested_by": requested_by,
        "chat_id": chat_id,
        "message_id": message_id,
        "file_ids": _json(list(file_ids)),
        "file_names": _json(list(file_names)),
        "state": "reading",
        "created_at": now,
    }
    await conn.execute(insert_new(conn, import_), row)
    begun = await of_message(conn, workspace_id, chat_id, message_id)
    if begun is None:
        raise ConflictError("the message began an import of another workspace")
    if begun.state == "reading" and begun.file_ids != tuple(file_ids):  # more of its files have come since
        await _set(conn, workspace_id, begun.id, file_ids=row["file_ids"], file_names=row["file_names"])
        return replace(begun, file_ids=tuple(file_ids), file_names=tuple(file_names))
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


async def find_same(conn: Connection, workspace_id: int, sha256: str) -> Import | None:
    """The import that brought this very content and stands."""
    query = select(*_COLUMNS).where(
        import_.c.workspace_id == workspace_id, import_.c.sha256 == sha256, import_.c.state == "done"
    )
    row = (await conn.execute(query)).one_or_none()
    return None if row is None else _import(row)


async def set_status_message(conn: Connection, workspace_id: int, import_id: int, message_id: int) -> None:
    await _set(conn, workspace_id, import_id, status_message_id=message_id)


async def wait(
    conn: Connection,
    workspace_id: int,
    import_id: int,
    *,
    sha256: str | None = None,
    format: str | None = None,  # noqa: A002 - the column's name, and every caller's
    understood: Mapping[str, Any] | None = None,
) -> None:
    """It was read, and a person was asked something (which channel?) before it can be stored."""
    await _set(
        conn,
        workspace_id,
        import_id,
        state="waiting",
        sha256=sha256,
        format=format,
        understood=None if understood is None else _json(understood),
    )


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
    """The rows are stored. Outside the transaction `ConflictError` if another process just stored the same content."""
    await _set(
        conn,
        workspace_id,
        import_id,
        state="done",
        sha256=sha256,
        format=format,
        understood=_json(understood),
        finished_at=now,
    )


async def fail(conn: Connection, workspace_id: int, import_id: int, *, now: int) -> None:
    """Nothing came of it. What is stored already stays so, whatever went wrong in telling it."""
    mine = update(import_).where(import_.c.id == import_id, import_.c.workspace_id == workspace_id)
    unfinished = mine.where(import_.c.state.in_(("reading", "waiting")))
    await conn.execute(unfinished.values(state="failed", finished_at=now))


async def reopen(conn: Connection, workspace_id: int, import_id: int) -> None:
    """It is read again, after it was undone."""
    await _set(conn, workspace_id, import_id, state="reading", understood=None, finished_at=None)


async def channels_of(conn: Connection, workspace_id: int, import_id: int) -> list[int]:
    """Ids of the channels that hold rows of the import."""
    mine = select(import_.c.id).where(import_.c.id == import_id, import_.c.workspace_id == workspace_id)
    of_posts = select(post.c.channel_id).where(
        post.c.id.in_(select(reading.c.post_id).where(reading.c.import_id.in_(mine)))
    )
    of_audience = select(audience.c.channel_id).where(audience.c.import_id.in_(mine))
    return sorted((await conn.execute(of_posts.union(of_audience))).scalars())


async def undo(conn: Connection, workspace_id: int, import_id: int, now: int) -> Undone | None:
    """Leave everything as if the import had never been; None if it does not stand (any more)."""
    mine = update(import_).where(
        import_.c.id == import_id, import_.c.workspace_id == workspace_id, import_.c.state == "done"
    )
    if (await conn.execute(mine.values(state="undone", finished_at=now))).rowcount == 0:
        return None
    channel_ids = await channels_of(conn, workspace_id, import_id)
    for channel_id in channel_ids:
        await hold(conn, workspace_id, channel_id, now)
    posts, restored = await undoing.take_back_posts(conn, import_id)
    readings = await undoing.take_back_audience(conn, import_id)
    for channel_id in channel_ids:
        await undoing.count_again(conn, channel_id)
    return Undone(posts, restored, readings, tuple(await undoing.take_back_channels(conn, import_id)))


async def _set(conn: Connection, workspace_id: int, import_id: int, **values: object) -> None:
    mine = update(import_).where(import_.c.id == import_id, import_.c.workspace_id == workspace_id)
    await conn.execute(mine.values(**values))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _import(row: Row[*tuple[Any, ...]]) -> Import:
    values = dict(zip(_NAMES, row, strict=True))
    for name in ("file_ids", "file_names"):
        values[name] = tuple(json.loads(values[name]))
    values["understood"] = None if values["understood"] is None else json.loads(values["understood"])
    return Import(**values)
