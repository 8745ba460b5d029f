"""Subscribers of a channel at moments."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select

from metrics.posts import AudienceReading
from storage.bulk import insert_many
from storage.engine import Connection
from storage.tables import audience
from storage.workspace.access import hold, readable

_INSERT = ("channel_id", "observed_at", "subscribers", "step", "source", "import_id")
_READING = (audience.c.observed_at, audience.c.subscribers, audience.c.step)
# Of several readings of one moment an exact one stands, else the one that came last.
_NEWEST_FIRST = (audience.c.observed_at.desc(), audience.c.step, audience.c.id.desc())
_OLDEST_FIRST = (audience.c.observed_at, audience.c.step.desc(), audience.c.id)


async def store(
    conn: Connection,
    workspace_id: int,
    channel_id: int,
    rows: Sequence[AudienceReading],
    *,
    import_id: int | None = None,
    source: str,
    now: int,
) -> None:
    """Adds readings; `source` is 'file', 'person', 'bot', 'page' or 'exact'.

    Raises `DomainError("channel.gone")` if the workspace doesn't own the channel.
    """
    await hold(conn, workspace_id, channel_id, now)
    if rows:
        stated = [(channel_id, *row, source, import_id) for row in rows]
        await insert_many(conn, audience, dict(zip(_INSERT, zip(*stated, strict=True), strict=True)))


async def window(
    conn: Connection, workspace_id: int, channel_id: int, start: int, end: int
) -> list[AudienceReading]:
    """Returns readings from `start` up to, not including, `end`, and the nearest on each side.

    Oldest first.
    """
    moment, beside = audience.c.observed_at, audience.alias()
    seen, here = beside.c.observed_at, beside.c.channel_id == channel_id
    first = select(func.max(seen)).where(here, seen < start).scalar_subquery()
    last = select(func.min(seen)).where(here, seen >= end).scalar_subquery()
    within = (moment >= func.coalesce(first, start), moment <= func.coalesce(last, end))
    found = _readings(workspace_id, channel_id).where(*within).order_by(*_OLDEST_FIRST)
    return list({row.observed_at: AudienceReading(*row) for row in await conn.execute(found)}.values())


async def newest(conn: Connection, workspace_id: int, channel_id: int) -> AudienceReading | None:
    query = _readings(workspace_id, channel_id).order_by(*_NEWEST_FIRST).limit(1)
    row = (await conn.execute(query)).one_or_none()
    return None if row is None else AudienceReading(*row)


def _readings(workspace_id: int, channel_id: int) -> Select[int, int, int]:
    return select(*_READING).where(audience.c.channel_id == channel_id, readable(workspace_id, channel_id))
