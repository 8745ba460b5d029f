"""A channel with its whole history goes from one workspace to another. Who may ask for it, whoever calls has asked.

What hangs on the channel's row goes with it and is not touched: posts, readings, subscribers, joins, reposts, gaps, and
how it is read. What belongs to a workspace and names the channel goes as `GOES` and the functions below say. What
the other workspace has of its own already (it may have been shown the channel) stays there, and the one that would
stand twice stays behind, out of sight: it is there again when the channel comes back. So nothing is deleted but
grants and proofs, which are rights, and whoever lost one is granted or proves it anew.
"""

import json

from sqlalchemy import ColumnElement, Table, and_, delete, exists, or_, select, update

from metrics.errors import DomainError
from storage.engine import Connection
from storage.identity import choose
from storage.system import rights
from storage.tables import (
    audience,
    channel,
    channel_access,
    delivery,
    drop_fit,
    episode,
    exact_channel,
    goal,
    import_,
    network_channel,
    note,
    placement,
    placement_reading,
    post,
    proof,
    reading,
    standing,
    track,
)
from storage.tables.outgoing import IS_NEW
from storage.upload_steps import STORED
from storage.workspace import channels, undoing
from storage.workspace.access import hold
from storage.workspace.channels import MOST, Channel

# Rows that name a workspace and its channel -> which columns of them a workspace has once a channel.
GOES: dict[Table, tuple[str, ...]] = {
    track: ("metric",),  # else a drop that is known would be told as new
    episode: ("metric",),  # of those that are open; closed ones are history
    drop_fit: ("metric",),  # reckoned from the channel's own noise, the same anywhere
    goal: ("metric",),
    note: (),
}
# What names a workspace and stays in it, each with the reason.
STAYS = {
    "schedule": "when a chat is told, and of which channels, is its own choice; one that is not there is passed over",
    "mute": "a chat's wish for silence: the other chat has not asked for it",
    "question": "its answer finds the channel gone",
    "picture": "a cache, and files of a chat are never another's",
    "looking": "a message that waits in its chat",
    "quota": "of a person",
    "column_choice": "of files with that header, whatever channel they are of",
    "workspace_key": "a chat's secret; a channel that was read with it waits for the other chat's own",
}


async def transfer(
    conn: Connection,
    workspace_id: int,
    channel_id: int,
    *,
    to_workspace_id: int,
    person: int,
    is_channel_admin: bool,
    now: int,
) -> Channel:
    """Hands an own channel over to another workspace; returns it as that one sees it.

    `is_channel_admin`: Telegram has just said that the `person` is one, and what only admins see goes on coming.
    Raises DomainError("channel.gone") unless the workspace owns it, ("channel.moved_nowhere") within one workspace,
    ("channel.there_already"), ("limit.channels") and ("channel.busy") while a file of it is stored or taken back.
    Nothing is changed then.
    """
    known = await channels.get(conn, workspace_id, channel_id)
    if known is None or known.level != "own":
        raise DomainError("channel.gone")
    if to_workspace_id == workspace_id:
        raise DomainError("channel.moved_nowhere")
    await _require_place(conn, known, to_workspace_id)
    brought_by = await _imports_of(conn, channel_id)
    await hold(conn, workspace_id, channel_id, now)  # writers wait, and find it gone
    await _take_rights(conn, channel_id, person, now, is_channel_admin=is_channel_admin)
    await _take_imports(conn, workspace_id, channel_id, to_workspace_id, brought_by)
    await _take_deliveries(conn, workspace_id, channel_id, to_workspace_id)
    for table, once in GOES.items():
        here = table.c.channel_id == channel_id
        await _take(conn, table, here, once, workspace_id, to_workspace_id)
    told = standing.c.subject.endswith(f"/{channel_id}")  # silence that was told is not told again
    await _take(conn, standing, told, ("subject",), workspace_id, to_workspace_id)
    await conn.execute(
        update(channel_access)
        .where(channel_access.c.channel_id == channel_id)
        .values(workspace_id=to_workspace_id)
    )
    await conn.execute(update(channel).where(channel.c.id == channel_id).values(workspace_id=to_workspace_id))
    for progress in (exact_channel, network_channel):  # that message stands in the old chat
        await conn.execute(update(progress).where(progress.c.channel_id == channel_id).values(told_in=None))
    moved = await channels.get(conn, to_workspace_id, channel_id)
    assert moved is not None
    return moved


async def _require_place(conn: Connection, moving: Channel, to_workspace_id: int) -> None:
    """Raises DomainError("channel.there_already") where the other workspace has the same channel as its own."""
    there = await channels.visible(conn, to_workspace_id, watched=True)
    own = [one for one in there if one.level == "own"]
    same = choose(moving.identity, own)
    same = same or next((one for one in own if one.identity.shares_handle(moving.identity)), None)
    if same is not None:
        raise DomainError("channel.there_already", title=same.title)
    if len(own) >= MOST:
        raise DomainError("limit.channels", most=MOST)


async def _imports_of(conn: Connection, channel_id: int) -> list[int]:
    """Returns the imports with rows in the channel. Raises DomainError("channel.busy") while one is at work."""
    found = await undoing.imports_in(conn, channel_id)
    at_work = select(import_.c.id).where(import_.c.id.in_(found), import_.c.progress.is_not(None))
    if (await conn.execute(at_work.limit(1))).one_or_none() is not None:
        raise DomainError("channel.busy")
    return found


async def _take_rights(
    conn: Connection, channel_id: int, person: int, now: int, *, is_channel_admin: bool
) -> None:
    """Takes the right of who moves it along, and ends everyone else's.

    Others may not be in the new chat, so that what only a channel's admins see would come to it by their right. Grants
    hang on the owner being in the group, and the owner is another now.
    """
    await conn.execute(delete(proof).where(proof.c.channel_id == channel_id, proof.c.person != person))
    if is_channel_admin:
        await rights.prove(conn, channel_id, person, now)
    granted = (channel_access.c.channel_id == channel_id, channel_access.c.level == "read")
    await conn.execute(delete(channel_access).where(*granted))


async def _take_imports(
    conn: Connection, workspace_id: int, channel_id: int, to_workspace_id: int, brought_by: list[int]
) -> None:
    """Takes along the files that brought this channel alone.

    A file that brought others, too, or that the new chat has read itself, stays: its rows here belong to no file
    from now on, for undoing it, or deleting all of the old chat, must not reach into another's channel.
    """
    gone = set()
    for import_id in brought_by:
        if await _is_of_it_alone(conn, import_id, channel_id) and not await _has_file(
            conn, to_workspace_id, import_id
        ):
            mine = update(import_).where(import_.c.id == import_id, import_.c.workspace_id == workspace_id)
            await conn.execute(mine.values(workspace_id=to_workspace_id))
            gone.add(import_id)
    left = [import_id for import_id in brought_by if import_id not in gone]
    posts = select(post.c.id).where(post.c.channel_id == channel_id)
    freed: tuple[tuple[Table, ColumnElement[bool]], ...] = (
        (reading, reading.c.post_id.in_(posts)),
        (audience, audience.c.channel_id == channel_id),
    )
    for table, here in freed:
        await conn.execute(update(table).where(here, table.c.import_id.in_(left)).values(import_id=None))
    added_by = channel.c.added_by_import.not_in(gone)
    await conn.execute(
        update(channel).where(channel.c.id == channel_id, added_by).values(added_by_import=None)
    )


async def _is_of_it_alone(conn: Connection, import_id: int, channel_id: int) -> bool:
    of_posts = (
        select(post.c.id)
        .join_from(reading, post)
        .where(reading.c.import_id == import_id, post.c.channel_id != channel_id)
    )
    of_audience = select(audience.c.id).where(
        audience.c.import_id == import_id, audience.c.channel_id != channel_id
    )
    others = select(or_(of_posts.exists(), of_audience.exists()))
    return not (await conn.execute(others)).scalar_one()


async def _has_file(conn: Connection, workspace_id: int, import_id: int) -> bool:
    there = import_.alias()
    same = select(
        exists().where(
            import_.c.id == import_id,
            there.c.workspace_id == workspace_id,
            there.c.sha256 == import_.c.sha256,
            there.c.state.in_(STORED),
        )
    )
    return bool((await conn.execute(same)).scalar_one())


async def _take_deliveries(
    conn: Connection, workspace_id: int, channel_id: int, to_workspace_id: int
) -> None:
    """Takes along the posts bought for the channel with their readings, and what waits to be said of either.

    They lose the topic, which is the old chat's. Alerts and summaries that wait are about a chat's channels together and
    stay: they leave out what is gone, so a drop that one would have told counts as not told, and the next summary
    of the new chat tells it.
    """
    bought = placement.c.channel_id == channel_id
    taken = await _take(conn, placement, bought, ("link",), workspace_id, to_workspace_id)
    placed = update(placement).where(placement.c.id.in_(taken)).values(thread_id=None)
    await conn.execute(placed)
    of_placed = placement_reading.c.placement_id.in_(taken)
    await conn.execute(update(placement_reading).where(of_placed).values(workspace_id=to_workspace_id))
    waiting = select(delivery.c.id, delivery.c.payload).where(delivery.c.workspace_id == workspace_id, IS_NEW)
    about, untold = [], set()
    for row in (await conn.execute(waiting)).all():
        payload = json.loads(row.payload)
        if payload.get("channel") == channel_id or payload.get("placement") in taken:
            about.append(row.id)
        untold |= {told["episode"] for told in payload.get("told", ())}
    once = ("kind", "subject", "due_at")
    await _take(conn, delivery, delivery.c.id.in_(about), once, workspace_id, to_workspace_id)
    await conn.execute(update(delivery).where(delivery.c.id.in_(about)).values(thread_id=None))
    theirs = and_(episode.c.channel_id == channel_id, episode.c.workspace_id == workspace_id)
    await conn.execute(update(episode).where(theirs, episode.c.id.in_(untold)).values(is_pushed=False))


async def _take(
    conn: Connection,
    table: Table,
    rows: ColumnElement[bool],
    once: tuple[str, ...],
    workspace_id: int,
    to_workspace_id: int,
) -> list[int]:
    """Gives rows to the other workspace but those it has of its own, by the columns of which there is one; returns ids."""
    mine = update(table).where(table.c.workspace_id == workspace_id, rows)
    if once:
        there = table.alias()
        names = (*once, "channel_id") if table in GOES else once
        twice = [there.c[name] == table.c[name] for name in names]
        if table is episode:
            twice += [there.c.closed.is_(None), table.c.closed.is_(None)]
        mine = mine.where(~exists().where(there.c.workspace_id == to_workspace_id, *twice))
    moved = mine.values(workspace_id=to_workspace_id)
    if "id" not in table.c:
        await conn.execute(moved)
        return []
    return sorted((await conn.execute(moved.returning(table.c.id))).scalars())
