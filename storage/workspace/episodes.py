"""Drops as rows: what is remembered of each metric of a channel, and its episodes. Each is moved on once a local date."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, literal, select, update

from metrics.drops.episodes import Episode, Step, Track
from metrics.drops.spans import Span
from storage.bulk import insert_new
from storage.engine import Connection
from storage.tables import episode, track
from storage.workspace.access import readable

_BACK = ("recovered", "not_confirmed")  # not `accepted`: the level stayed where it was
_KEY = ("workspace_id", "channel_id", "metric", "evaluated_on")
_DATES = ("opened", "window_first", "window_last", "started", "closed")
_AS_THEY_ARE = (
    "metric",
    "basis",
    "state",
    "drop_percent",
    "z",
    "n",
    "deepest_percent",
    "clean",
    "is_confirmed",
    "is_offered",
    "closed_by",
)


@dataclass(frozen=True, slots=True)
class StoredEpisode:
    """An episode as it is stored. `facts`: the decision that opened it; `is_pushed`: a message told of it."""

    id: int
    channel_id: int
    episode: Episode
    is_pushed: bool
    facts: dict[str, Any]
    worse_facts: dict[str, Any] | None = None  # the decision that made it critical


@dataclass(frozen=True, slots=True)
class TrackState:
    track: Track
    kept: StoredEpisode | None = None  # the open episode


async def tracks(conn: Connection, workspace_id: int) -> dict[tuple[int, str], TrackState]:
    """Returns the tracks by channel and metric."""
    mine = select(track).where(track.c.workspace_id == workspace_id)
    open_now = {(kept.channel_id, kept.episode.metric): kept for kept in await opened(conn, workspace_id)}
    rows = (await conn.execute(mine)).all()
    return {
        (row.channel_id, row.metric): _tracked(row, open_now.get((row.channel_id, row.metric)))
        for row in rows
    }


async def evaluated(conn: Connection, workspace_id: int, on: date) -> frozenset[tuple[int, str]]:
    """Returns the channels and metrics whose evaluation of that local date was taken."""
    taken = select(track.c.channel_id, track.c.metric).where(
        track.c.workspace_id == workspace_id, track.c.evaluated_on >= on.isoformat()
    )
    return frozenset((row.channel_id, row.metric) for row in await conn.execute(taken))


async def claim(
    conn: Connection, workspace_id: int, channel_id: int, metric: str, on: date
) -> TrackState | None:
    """Takes the evaluation of a local date, for one caller only; None: it was taken, or may not be read."""
    day, mine = on.isoformat(), _of(workspace_id, channel_id, metric)
    row = select(literal(workspace_id), literal(channel_id), literal(metric), literal(day))
    first = insert_new(conn, track).from_select(_KEY, row.where(readable(workspace_id, channel_id)))
    if (await conn.execute(first)).rowcount == 0:
        later = update(track).where(mine, track.c.evaluated_on < day, readable(workspace_id, channel_id))
        if (await conn.execute(later.values(evaluated_on=day))).rowcount == 0:
            return None
    return await tracked(conn, workspace_id, channel_id, metric)


async def tracked(conn: Connection, workspace_id: int, channel_id: int, metric: str) -> TrackState | None:
    """Returns what is remembered of a metric; None before the first evaluation."""
    row = (await conn.execute(select(track).where(_of(workspace_id, channel_id, metric)))).one_or_none()
    if row is None:
        return None
    about = (episode.c.channel_id == channel_id, episode.c.metric == metric, episode.c.closed.is_(None))
    return _tracked(row, next(iter(await _read(conn, workspace_id, *about)), None))


async def move(
    conn: Connection,
    workspace_id: int,
    channel_id: int,
    metric: str,
    before: TrackState,
    step: Step,
    *,
    is_pushed: bool,
    facts: Mapping[str, Any],
) -> int | None:
    """Writes down what a step changed; returns the id of its episode.

    None: there is none, or somebody closed it meanwhile.
    """
    dates = {name: _text(getattr(step.track, name)) for name in ("quiet_until", "since", "newest")}
    remembered = {**dates, "is_slow": step.track.is_slow}
    moved = update(track).where(_of(workspace_id, channel_id, metric)).values(remembered)
    if (await conn.execute(moved)).rowcount == 0:
        return None
    now = step.closed or step.track.episode
    if now is None:
        return None
    if before.kept is not None:
        worse = json.dumps(facts) if "worsened" in step.events else None
        return await _change(conn, workspace_id, before.kept, now, is_pushed=is_pushed, worse=worse)
    owner = {"workspace_id": workspace_id, "channel_id": channel_id}
    told = {"is_pushed": is_pushed, "facts": json.dumps(facts)}
    made = insert(episode).values(owner | _columns(now) | told).returning(episode.c.id)
    new_id: int = (await conn.execute(made)).scalar_one()
    return new_id


async def get(conn: Connection, workspace_id: int, episode_id: int) -> StoredEpisode | None:
    return next(iter(await _read(conn, workspace_id, episode.c.id == episode_id)), None)


async def opened(conn: Connection, workspace_id: int) -> list[StoredEpisode]:
    """Returns the episodes open now, the oldest first."""
    return await _read(conn, workspace_id, episode.c.closed.is_(None))


async def of_channel(conn: Connection, workspace_id: int, channel_id: int) -> list[StoredEpisode]:
    """Returns all episodes of the channel, the oldest first."""
    return await _read(conn, workspace_id, episode.c.channel_id == channel_id)


async def closed_since(conn: Connection, workspace_id: int, day: date) -> list[StoredEpisode]:
    """Returns the episodes that came back by themselves from that local date on."""
    return await _read(
        conn, workspace_id, episode.c.closed >= day.isoformat(), episode.c.closed_by.in_(_BACK)
    )


async def _change(
    conn: Connection,
    workspace_id: int,
    kept: StoredEpisode,
    now: Episode,
    *,
    is_pushed: bool,
    worse: str | None,
) -> int | None:
    mine = (episode.c.id == kept.id, episode.c.workspace_id == workspace_id, episode.c.closed.is_(None))
    values = {**_columns(now), "is_pushed": kept.is_pushed or is_pushed}
    values |= {} if worse is None else {"worse_facts": worse}
    changed = await conn.execute(update(episode).where(*mine).values(values))
    return kept.id if changed.rowcount else None


async def _read(conn: Connection, workspace_id: int, *conditions: ColumnElement[bool]) -> list[StoredEpisode]:
    mine = (episode.c.workspace_id == workspace_id, readable(workspace_id, episode.c.channel_id))
    query = select(episode).where(*mine, *conditions).order_by(episode.c.opened, episode.c.id)
    return [_kept(row) for row in await conn.execute(query)]


def _of(workspace_id: int, channel_id: int, metric: str) -> ColumnElement[bool]:
    return (
        (track.c.workspace_id == workspace_id)
        & (track.c.channel_id == channel_id)
        & (track.c.metric == metric)
    )


def _tracked(row: Row[Any], kept: StoredEpisode | None) -> TrackState:
    remembered = Track(
        episode=None if kept is None else kept.episode,
        quiet_until=_date(row.quiet_until),
        since=_date(row.since),
        newest=_date(row.newest),
        is_slow=row.is_slow,
    )
    return TrackState(remembered, kept)


def _kept(row: Row[Any]) -> StoredEpisode:
    values = row._mapping  # noqa: SLF001 the documented way to a row's names
    first, last = (date.fromisoformat(values[name]).toordinal() for name in ("history_first", "history_last"))
    fields: dict[str, Any] = {name: _date(values[name]) for name in _DATES}
    fields |= {name: values[name] for name in _AS_THEY_ARE}
    stored = Episode(history=Span(first, last), **fields)
    worse = None if row.worse_facts is None else json.loads(row.worse_facts)
    return StoredEpisode(row.id, row.channel_id, stored, row.is_pushed, json.loads(row.facts), worse)


def _columns(kept: Episode) -> dict[str, Any]:
    return {
        "history_first": kept.history.first_date.isoformat(),
        "history_last": kept.history.last_date.isoformat(),
        **{name: _text(getattr(kept, name)) for name in _DATES},
        **{name: getattr(kept, name) for name in _AS_THEY_ARE},
    }


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
