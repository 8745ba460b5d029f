"""Channels: who owns them, who may read them, how they are found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from sqlalchemy import delete, insert, select, update

from metrics.errors import DomainError
from storage.bulk import insert_new
from storage.controls import as_name
from storage.engine import Connection
from storage.identity import Identity, choose
from storage.tables import channel, channel_access, workspace
from storage.workspace import undoing

MOST = 300  # of a workspace: each list and summary reads them all, and no team reports on more


@dataclass(frozen=True, slots=True)
class Channel:
    id: int
    workspace_id: int  # of the owner
    platform: str
    handle: str | None  # lower case, without '@'
    chat_id: int | None
    external_id: str | None  # None on Telegram: chat_id says it
    title: str
    added_by: int | None  # a user id
    bot_is_admin: bool
    is_watched: bool  # looked at before an ad is bought there: in no list, summary or alert until it is added
    created_at: int
    changed_at: int  # of its posts or audience
    data_version: int  # grows with every write of its posts or audience
    posts: int
    observed_at: int | None  # of its newest reading
    archived_at: int | None  # put away: in no list, summary or alert until it is taken out or added again
    level: str  # 'own' or 'read', for the workspace that asks

    @property
    def is_listed(self) -> bool:
        """Whether lists, summaries and alerts are about it."""
        return not self.is_watched and self.archived_at is None

    @property
    def identity(self) -> Identity:
        return Identity(self.platform, self.chat_id, self.external_id, self.handle)


@dataclass(frozen=True, slots=True)
class Reader:
    """A workspace that was granted a channel."""

    channel_id: int
    workspace_id: int
    title: str


_COLUMNS = [(channel_access if field.name == "level" else channel).c[field.name] for field in fields(Channel)]
_VISIBLE = select(*_COLUMNS).join_from(channel, channel_access)


async def add(
    conn: Connection,
    workspace_id: int,
    *,
    platform: str,
    title: str,
    handle: str | None = None,
    chat_id: int | None = None,
    external_id: str | None = None,
    added_by: int | None = None,
    import_id: int | None = None,
    bot_is_admin: bool = False,
    is_watched: bool = False,
    among: Sequence[Channel] | None = None,
    now: int,
) -> Channel:
    """Returns the workspace's own channel of this identity: found and completed, or made.

    `is_watched` makes one that is left out of lists; adding a watched channel without it puts it into them.
    `import_id`: the import that brings it; undoing that takes the channel back if nothing else came to it.
    `among`: what `visible` has just given with `watched`, for who adds many.
    Raises DomainError("limit.channels").
    """
    identity = Identity.of(platform, chat_id, external_id, handle)
    known_here = await visible(conn, workspace_id, watched=True) if among is None else among
    own = [known for known in known_here if known.level == "own"]
    found = choose(identity, own)
    identity = await _with_free_handle(conn, identity, found, own)
    if found is None:
        if len(own) >= MOST:
            raise DomainError("limit.channels", most=MOST)
        row = {
            "title": as_name(title),
            "added_by": added_by,
            "added_by_import": import_id,
            "bot_is_admin": bot_is_admin,
            "is_watched": is_watched,
        }
        channel_id = await _insert(conn, workspace_id, identity, row, now)
    else:
        channel_id = found.id
        completed = {
            **found.identity.completed(identity).columns(),
            "added_by": added_by if found.added_by is None else found.added_by,
            "bot_is_admin": found.bot_is_admin or bot_is_admin,
            "is_watched": found.is_watched and is_watched,
            "archived_at": found.archived_at if is_watched else None,
        }
        await conn.execute(update(channel).where(channel.c.id == channel_id).values(completed))
    added = await get(conn, workspace_id, channel_id)
    assert added is not None
    return added


async def visible(conn: Connection, workspace_id: int, *, watched: bool = False) -> list[Channel]:
    """Returns own channels, then those the workspace was granted; each by title.

    `watched`: those in no list as well: only watched, or archived.
    """
    query = _VISIBLE.where(channel_access.c.workspace_id == workspace_id)
    if not watched:
        query = query.where(~channel.c.is_watched, channel.c.archived_at.is_(None))
    rows = await conn.execute(query.order_by(channel_access.c.level, channel.c.title, channel.c.id))
    return [Channel(*row) for row in rows]


async def get(conn: Connection, workspace_id: int, channel_id: int) -> Channel | None:
    query = _VISIBLE.where(channel_access.c.workspace_id == workspace_id, channel.c.id == channel_id)
    row = (await conn.execute(query)).one_or_none()
    return None if row is None else Channel(*row)


async def find(
    conn: Connection,
    workspace_id: int,
    *,
    handle: str | None = None,
    chat_id: int | None = None,
    external_id: str | None = None,
    title: str | None = None,
    platform: str | None = None,
) -> Channel | None:
    """Returns the visible channel with that id, else that handle, else that title in any letter case.

    Own ones go before granted ones. None: there is no such channel.
    """
    among = [
        known
        for known in await visible(conn, workspace_id, watched=True)
        if platform in (None, known.platform)
    ]
    for known_platform in dict.fromkeys(known.platform for known in among):
        identity = Identity.of(known_platform, chat_id, external_id, handle)
        if found := choose(identity, among):
            return found
    return of_title(among, title) if title else None


def of_title(among: Sequence[Channel], title: str) -> Channel | None:
    """Returns the first of them with that title in any letter case; None without one."""
    wanted = as_name(title).casefold()
    return next((known for known in among if wanted and as_name(known.title).casefold() == wanted), None)


async def remove(conn: Connection, workspace_id: int, channel_id: int) -> bool:
    """Deletes an own channel with its figures, for all who read it; False if it is not the workspace's."""
    if not await _owns(conn, workspace_id, channel_id):
        return False
    imports = await undoing.imports_in(conn, channel_id)
    await conn.execute(delete(channel).where(channel.c.id == channel_id))
    await undoing.mark_emptied(conn, imports)
    return True


async def grant(conn: Connection, workspace_id: int, channel_id: int, *, reader_workspace_id: int) -> bool:
    """Lets another workspace read the owner's channel; False if it is not the owner's to grant."""
    if not await _owns(conn, workspace_id, channel_id):
        return False
    row = {"workspace_id": reader_workspace_id, "channel_id": channel_id, "level": "read"}
    await conn.execute(insert_new(conn, channel_access), row)
    again = update(channel_access).where(
        channel_access.c.workspace_id == reader_workspace_id,
        channel_access.c.channel_id == channel_id,
        channel_access.c.level == "read",
    )
    await conn.execute(again.values(ends_at=None, check_at=0))  # an end that was announced is looked at anew
    return True


async def revoke(conn: Connection, workspace_id: int, channel_id: int) -> bool:
    """Drops a channel that the reader was granted; False if it was not."""
    return await _close(conn, workspace_id, channel_id)


async def withdraw(conn: Connection, workspace_id: int, channel_id: int, *, reader_workspace_id: int) -> bool:
    """Takes the owner's grant back; False if it is not the owner's, or was not granted."""
    return await _owns(conn, workspace_id, channel_id) and await _close(conn, reader_workspace_id, channel_id)


async def readers(conn: Connection, workspace_id: int) -> list[Reader]:
    """Returns who reads the workspace's own channels, by channel and title."""
    granted = (
        select(channel.c.id, workspace.c.id, workspace.c.title, workspace.c.chat_id)
        .join_from(channel, channel_access, channel_access.c.channel_id == channel.c.id)
        .join(workspace, channel_access.c.workspace_id == workspace.c.id)
        .where(channel.c.workspace_id == workspace_id, channel_access.c.level == "read")
        .order_by(channel.c.id, workspace.c.title, workspace.c.id)
    )
    return [
        Reader(channel_id, reader_id, title or str(chat_id))
        for channel_id, reader_id, title, chat_id in await conn.execute(granted)
    ]


async def grant_ends_at(conn: Connection, workspace_id: int, channel_id: int) -> int | None:
    """Returns when a channel that the workspace was granted leaves it, as announced; None: it stays."""
    mine = select(channel_access.c.ends_at).where(
        channel_access.c.workspace_id == workspace_id, channel_access.c.channel_id == channel_id
    )
    ends_at: int | None = (await conn.execute(mine)).scalar_one_or_none()
    return ends_at


async def rename(conn: Connection, workspace_id: int, channel_id: int, title: str) -> None:
    mine = update(channel).where(channel.c.id == channel_id, channel.c.workspace_id == workspace_id)
    await conn.execute(mine.values(title=as_name(title)))


async def archive(conn: Connection, workspace_id: int, channel_id: int, at: int | None) -> None:
    """Puts an own channel away, or with None takes it out again.

    A summary that was about it alone is about all then.
    """
    mine = update(channel).where(channel.c.id == channel_id, channel.c.workspace_id == workspace_id)
    await conn.execute(mine.values(archived_at=at))


async def archived(conn: Connection, workspace_id: int) -> list[Channel]:
    """Returns the archived channels by title."""
    query = _VISIBLE.where(channel_access.c.workspace_id == workspace_id, channel.c.archived_at.is_not(None))
    return [Channel(*row) for row in await conn.execute(query.order_by(channel.c.title, channel.c.id))]


async def set_admin(conn: Connection, workspace_id: int, channel_id: int, bot_is_admin: bool) -> None:
    mine = update(channel).where(channel.c.id == channel_id, channel.c.workspace_id == workspace_id)
    await conn.execute(mine.values(bot_is_admin=bot_is_admin))


async def _insert(
    conn: Connection, workspace_id: int, identity: Identity, row: Mapping[str, object], now: int
) -> int:
    stamped = {**row, "workspace_id": workspace_id, "created_at": now, "changed_at": now}
    made = (
        insert(channel)
        .values(platform=identity.platform, **identity.columns(), **stamped)
        .returning(channel.c.id)
    )
    channel_id: int = (await conn.execute(made)).scalar_one()
    access = {"workspace_id": workspace_id, "channel_id": channel_id, "level": "own"}
    await conn.execute(insert(channel_access).values(access))
    return channel_id


async def _with_free_handle(
    conn: Connection, identity: Identity, found: Channel | None, own: list[Channel]
) -> Identity:
    """Returns the identity with its handle, or without: one handle is of one channel.

    It is taken from a channel known to be another, and left to one that may be the same.
    """
    holder = next((known for known in own if identity.shares_handle(known.identity)), None)
    if holder is None or holder == found:
        return identity
    if not identity.differs(holder.identity):
        return replace(identity, handle=None)
    await conn.execute(update(channel).where(channel.c.id == holder.id).values(handle=None))
    return identity


async def _owns(conn: Connection, workspace_id: int, channel_id: int) -> bool:
    mine = select(channel.c.id).where(channel.c.id == channel_id, channel.c.workspace_id == workspace_id)
    return (await conn.execute(mine)).one_or_none() is not None


async def _close(conn: Connection, reader_workspace_id: int, channel_id: int) -> bool:
    granted = delete(channel_access).where(
        channel_access.c.workspace_id == reader_workspace_id,
        channel_access.c.channel_id == channel_id,
        channel_access.c.level == "read",
    )
    return (await conn.execute(granted)).rowcount > 0
