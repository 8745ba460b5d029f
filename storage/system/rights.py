"""Who proved to be an admin of a channel, in whatever workspace: its row takes what only admins may see while one is.

Grants hang on it, too: a group reads a channel while the person who showed it is there and has not lost the channel.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, exists, insert, or_, select, update

from storage.bulk import insert_new
from storage.engine import Connection
from storage.system import losses
from storage.system.claims import claim_first
from storage.tables import channel, channel_access, collection, gap, proof, workspace
from storage.workspace import exact_channels

PROVED_FOR_S = 86_400
AGAIN_S = 3_600  # after an answer that says nothing
_LIVING = exists().where(proof.c.channel_id == channel.c.id, proof.c.lost_at.is_(None)).correlate(channel)
_EVER = exists().where(proof.c.channel_id == channel.c.id).correlate(channel)


class DueProof(NamedTuple):
    """A person whose right in a channel is to be proved again."""

    chat_id: int
    person: int


class Grant(NamedTuple):
    """A channel that a group reads; `owner` showed it there."""

    channel_id: int
    reader_workspace_id: int
    title: str
    group_chat_id: int
    owner: int
    owner_has_channel: bool
    ends_at: int | None  # announced to the group


def collects() -> ColumnElement[bool]:
    """Returns a condition: true for a channel of which its workspace may be told what only admins see."""
    return channel.c.bot_is_admin & _LIVING


async def prove(conn: Connection, channel_id: int, person: int, now: int) -> None:
    """Notes that the person is an admin of the channel now."""
    row = {"channel_id": channel_id, "person": person, "proved_at": now, "check_at": now + PROVED_FOR_S}
    await conn.execute(insert_new(conn, proof), row)
    mine = update(proof).where(proof.c.channel_id == channel_id, proof.c.person == person)
    await conn.execute(mine.values(proved_at=now, lost_at=None, check_at=now + PROVED_FOR_S))


async def lose(
    conn: Connection, chat_id: int, at: int, *, person: int | None = None, by: int | None = None
) -> None:
    """Ends everyone's right, for the bot is no admin any more, or a `person`'s.

    A gap begins for each workspace of whose people none is left, and its chat is told. `by`: who put the bot out.
    """
    rows = select(channel.c.id).where(channel.c.chat_id == chat_id)
    whose: list[ColumnElement[bool]] = [proof.c.channel_id.in_(rows), proof.c.lost_at.is_(None)]
    if person is not None:
        whose.append(proof.c.person == person)
    await conn.execute(update(proof).where(*whose).values(lost_at=at))
    ended = select(channel.c.id).where(channel.c.chat_id == chat_id, channel.c.bot_is_admin, ~_LIVING)
    lost = (await conn.execute(ended)).scalars().all()
    for channel_id in lost:
        await conn.execute(insert_new(conn, collection), {"channel_id": channel_id, "count_at": at})
        await conn.execute(insert(gap).values(channel_id=channel_id, reason="rights", started_at=at))
    await conn.execute(update(channel).where(channel.c.id.in_(lost)).values(bot_is_admin=False))
    await conn.execute(update(collection).where(collection.c.channel_id.in_(lost)).values(lost_at=at))
    await _look_at_grants(conn, lost, at)
    because = "bot" if person is None else "person"
    await losses.announce(conn, lost, because, at=at, not_before=at, by=by)


async def regain(conn: Connection, chat_id: int, at: int, *, person: int) -> None:
    """Resumes collection where the person had proved to be an admin before; others prove it themselves."""
    theirs = select(proof.c.channel_id).where(proof.c.person == person)
    mine = (
        (
            await conn.execute(
                select(channel.c.id).where(channel.c.chat_id == chat_id, channel.c.id.in_(theirs))
            )
        )
        .scalars()
        .all()
    )
    for channel_id in mine:
        await prove(conn, channel_id, person, at)
    ended = select(collection.c.channel_id).where(
        collection.c.channel_id.in_(mine), collection.c.lost_at.is_not(None)
    )
    back = (await conn.execute(ended)).scalars().all()
    await conn.execute(update(channel).where(channel.c.id.in_(back)).values(bot_is_admin=True))
    await resume(conn, back, at)
    await _look_at_grants(conn, mine, at)


async def resume(conn: Connection, channel_ids: Sequence[int], at: int) -> None:
    """Ends the loss of these channels, where there was one, and its gap with it."""
    ended = update(collection).where(
        collection.c.channel_id.in_(channel_ids), collection.c.lost_at.is_not(None)
    )
    await conn.execute(ended.values(lost_at=None, count_at=at))
    lasting = [gap.c.channel_id.in_(channel_ids), gap.c.reason == "rights", gap.c.ended_at.is_(None)]
    missed = (await conn.execute(select(gap.c.channel_id).where(*lasting).distinct())).scalars().all()
    await conn.execute(update(gap).where(*lasting).values(ended_at=at))
    await exact_channels.read_again(conn, missed)


async def claim_proof(conn: Connection, now: int) -> DueProof | None:
    """Claims the person not asked about for longest, over a day; not due again for an hour. None: nobody."""
    waiting = (
        select(channel.c.chat_id, proof.c.person)
        .join_from(proof, channel)
        .where(proof.c.lost_at.is_(None), channel.c.bot_is_admin, channel.c.chat_id.is_not(None))
    )
    row = await claim_first(
        conn, waiting, proof.c.check_at, lambda row: _of(DueProof(*row)), now=now, until=now + AGAIN_S
    )
    return None if row is None else DueProof(*row)


async def note_proved(conn: Connection, claimed: DueProof, now: int) -> None:
    """Notes that the person still is an admin, as Telegram says."""
    still = update(proof).where(*_of(claimed), proof.c.lost_at.is_(None))
    await conn.execute(still.values(proved_at=now, check_at=now + PROVED_FOR_S))


async def persons(conn: Connection, channel_id: int) -> list[int]:
    """Returns the persons whose right the channel's row stands on."""
    query = select(proof.c.person).where(proof.c.channel_id == channel_id, proof.c.lost_at.is_(None))
    return list((await conn.execute(query.order_by(proof.c.person))).scalars())


async def claim_grant(conn: Connection, now: int) -> Grant | None:
    """Claims a grant to look at again; not due again for an hour. None: nothing is due."""
    owner, reader = workspace.alias(), workspace.alias()
    has_channel = or_(channel.c.handle.is_not(None), ~_EVER, _LIVING)
    waiting = (
        select(
            channel.c.id,
            reader.c.id,
            channel.c.title,
            reader.c.chat_id,
            owner.c.chat_id,
            has_channel,
            channel_access.c.ends_at,
        )
        .join_from(channel_access, channel, channel_access.c.channel_id == channel.c.id)
        .join(owner, channel.c.workspace_id == owner.c.id)
        .join(reader, channel_access.c.workspace_id == reader.c.id)
        .where(
            channel_access.c.level == "read",
            owner.c.kind == "private",
            reader.c.kind == "group",
        )
    )
    row = await claim_first(
        conn,
        waiting,
        channel_access.c.check_at,
        lambda row: _granted(Grant(*row)),
        now=now,
        until=now + AGAIN_S,
    )
    return None if row is None else Grant(*row)


async def set_grant(conn: Connection, grant: Grant, *, ends_at: int | None, check_at: int) -> None:
    """Sets when a grant ends and is looked at again. `ends_at` None: it stays."""
    await conn.execute(
        update(channel_access).where(*_granted(grant)).values(ends_at=ends_at, check_at=check_at)
    )


async def end_grant(conn: Connection, grant: Grant) -> None:
    await conn.execute(delete(channel_access).where(*_granted(grant)))


async def look_at_grants_in(conn: Connection, group_chat_id: int, person: int, at: int) -> None:
    """Makes grants due soon where somebody came to the group or left it: what they showed there."""
    home = select(workspace.c.id).where(workspace.c.chat_id == person)
    group = select(workspace.c.id).where(workspace.c.chat_id == group_chat_id)
    shown = select(channel.c.id).where(channel.c.workspace_id.in_(home))
    there = update(channel_access).where(
        channel_access.c.workspace_id.in_(group),
        channel_access.c.channel_id.in_(shown),
        channel_access.c.level == "read",
    )
    await conn.execute(there.values(check_at=at))


async def _look_at_grants(conn: Connection, channel_ids: Sequence[int], at: int) -> None:
    theirs = update(channel_access).where(
        channel_access.c.channel_id.in_(channel_ids), channel_access.c.level == "read"
    )
    await conn.execute(theirs.values(check_at=at))


def _of(claimed: DueProof) -> tuple[ColumnElement[bool], ...]:
    rows = select(channel.c.id).where(channel.c.chat_id == claimed.chat_id)
    return proof.c.person == claimed.person, proof.c.channel_id.in_(rows)


def _granted(grant: Grant) -> tuple[ColumnElement[bool], ...]:
    return (
        channel_access.c.workspace_id == grant.reader_workspace_id,
        channel_access.c.channel_id == grant.channel_id,
        channel_access.c.level == "read",
    )
