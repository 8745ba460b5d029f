"""Workspaces: the chats in which the bot is used. Everything kept belongs to one."""

from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Row, case, delete, exists, or_, select, update

from storage.bulk import insert_new
from storage.engine import ConflictError, Connection
from storage.tables import (
    channel,
    channel_access,
    goal,
    import_,
    inbox,
    note,
    placement,
    schedule,
    workspace,
)


@dataclass(frozen=True, slots=True)
class Workspace:
    id: int
    chat_id: int
    kind: str  # 'private' or 'group'
    title: str | None
    language: str
    zone: str  # an IANA name
    created_at: int


_COLUMNS = [workspace.c[field.name] for field in fields(Workspace)]
# Who sets something up in a group is its admin, mostly.
_TRACES = (
    (channel, "added_by"),
    (import_, "requested_by"),
    (schedule, "set_by"),
    (placement, "added_by"),
    (goal, "added_by"),
    (note, "added_by"),
)


async def ensure(
    conn: Connection, *, chat_id: int, kind: str, title: str | None, language: str, zone: str, now: int
) -> Workspace:
    """Returns the workspace of a chat, made at first contact. Later calls only keep its title up to date."""
    known = await find(conn, chat_id)
    if known is None:
        row = {"kind": kind, "title": title, "language": language, "zone": zone, "created_at": now}
        await conn.execute(insert_new(conn, workspace), {"chat_id": chat_id, **row})
        known = await find(conn, chat_id)
        assert known is not None
    if title is not None and title != known.title:
        await conn.execute(update(workspace).where(workspace.c.id == known.id).values(title=title))
        known = replace(known, title=title)
    return known


async def find(conn: Connection, chat_id: int) -> Workspace | None:
    return _workspace(
        (await conn.execute(select(*_COLUMNS).where(workspace.c.chat_id == chat_id))).one_or_none()
    )


async def get(conn: Connection, workspace_id: int) -> Workspace | None:
    return _workspace(
        (await conn.execute(select(*_COLUMNS).where(workspace.c.id == workspace_id))).one_or_none()
    )


async def groups_for(conn: Connection, person: int, limit: int) -> list[Workspace]:
    """Returns groups in which the person may be an admin, as far as can be told from here: Telegram has to be asked.

    First those in which they have set something up or see their own channels, then the newest.
    """
    mine = select(channel.c.id).join(workspace, channel.c.workspace_id == workspace.c.id)
    shown = (
        exists()
        .where(
            channel_access.c.workspace_id == workspace.c.id,
            channel_access.c.channel_id.in_(mine.where(workspace.c.chat_id == person).correlate(None)),
        )
        .correlate(workspace)
    )
    traces = [
        exists().where(table.c.workspace_id == workspace.c.id, table.c[who] == person).correlate(workspace)
        for table, who in _TRACES
    ]
    is_known = case((or_(shown, *traces), 1), else_=0)
    query = select(*_COLUMNS).where(workspace.c.kind == "group")
    newest_last = (is_known.desc(), workspace.c.created_at.desc(), workspace.c.id.desc())
    rows = await conn.execute(query.order_by(*newest_last).limit(limit))
    return [Workspace(*row) for row in rows]


async def set_language(conn: Connection, workspace_id: int, language: str) -> None:
    await conn.execute(update(workspace).where(workspace.c.id == workspace_id).values(language=language))


async def set_zone(conn: Connection, workspace_id: int, zone: str) -> None:
    await conn.execute(update(workspace).where(workspace.c.id == workspace_id).values(zone=zone))


async def move(conn: Connection, workspace_id: int, new_chat_id: int) -> None:
    """Moves the workspace of a group that became a supergroup.

    A workspace that already stands at the new id gives way if it has no channels. Raises `ConflictError` if
    it has some.
    """
    other = await find(conn, new_chat_id)
    if other is not None and other.id != workspace_id:
        owns = select(exists().where(channel.c.workspace_id == other.id))
        if (await conn.execute(owns)).scalar_one():
            raise ConflictError("both the group and its supergroup have channels")
        await conn.execute(delete(workspace).where(workspace.c.id == other.id))
    await conn.execute(update(workspace).where(workspace.c.id == workspace_id).values(chat_id=new_chat_id))


async def delete_everything(conn: Connection, workspace_id: int) -> None:
    """Leaves no row of the workspace.

    Of its updates the bare ids stay for 48 h, so that none is handled twice.
    """
    known = await get(conn, workspace_id)
    if known is None:
        return
    emptied = update(inbox).where(inbox.c.chat_id == known.chat_id)
    await conn.execute(emptied.values(chat_id=None, body=None, state="done"))
    await conn.execute(delete(workspace).where(workspace.c.id == workspace_id))


def _workspace(row: Row[*tuple[Any, ...]] | None) -> Workspace | None:
    return None if row is None else Workspace(*row)
