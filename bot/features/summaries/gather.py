"""From storage to a request: every channel of the summary, its posts of the needed days; before them its open drops."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.answers.aims import aim_of
from bot.answers.gather import growth_readings, people_are_known
from bot.features.summaries.request import (
    CHART_DAYS,
    RIVAL_DAYS,
    DigestChannel,
    DigestRequest,
    OpenDrop,
    Rival,
    window,
)
from metrics import periods
from metrics.durations import DAY_S
from metrics.reposts import Repost
from storage.engine import Connection
from storage.workspace import (
    audience,
    deletions,
    episodes,
    goals,
    members,
    notes,
    posts,
    reposts,
    sources,
)
from storage.workspace.channels import Channel, visible
from storage.workspace.workspaces import Workspace

FRESH_S = 3 * DAY_S  # a channel that nobody reads any more is no neighbour
MOST_RIVALS = 8


async def gather_drops(conn: Connection, workspace_id: int, over_since: date) -> dict[int, list[OpenDrop]]:
    """Returns drops by channel id, oldest first: those open, then those back since that local date."""
    drops: dict[int, list[OpenDrop]] = {}
    over = await episodes.closed_since(conn, workspace_id, over_since)
    for kept in [*await episodes.opened(conn, workspace_id), *over]:
        found = kept.episode
        told = replace(
            OpenDrop.of(found),
            is_over=found.closed is not None,
            is_holiday=bool(kept.facts.get("is_holiday")),
        )
        drops.setdefault(kept.channel_id, []).append(told)
    return drops


async def gather(
    conn: Connection,
    workspace: Workspace,
    channels: Sequence[Channel],
    drops: Mapping[int, list[OpenDrop]],
    *,
    frequency: str,
    first: date,
    last: date,
    as_of: int,
    missed_since: date | None = None,
    draw: bool = True,
    rivals: Sequence[Channel] = (),
) -> DigestRequest:
    start, end = window(first, last, frequency, ZoneInfo(workspace.zone))
    read = await sources.read_by_themselves(conn, workspace.id)
    aims = await goals.all_of(conn, workspace.id)
    return DigestRequest(
        language=workspace.language,
        zone=workspace.zone,
        as_of=as_of,
        frequency=frequency,
        first=first,
        last=last,
        channels=[
            DigestChannel(
                title=channel.title,
                platform=channel.platform,
                handle=channel.handle,
                posts=await posts.window(conn, workspace.id, channel.id, start, end),
                audience=await audience.window(conn, workspace.id, channel.id, start, end),
                drops=drops.get(channel.id, []),
                observed_at=channel.observed_at,
                is_collected=channel.bot_is_admin,
                needs_files=channel.id not in read,
                deleted=await _deleted(conn, workspace, channel, first, last),
                reposts=await _reposts(conn, workspace, channel, first, last),
                people=await _people(conn, workspace, channel, first, last, as_of),
                goals=[aim_of(one) for one in aims if one.channel_id == channel.id],
                notes=await _notes(conn, workspace, channel, frequency, first, last),
                readings=await growth_readings(conn, workspace, channel, start, end, as_of),
            )
            for channel in channels
        ],
        missed_since=missed_since,
        draw=draw,
        rivals=[await _rival(conn, workspace, one, first, last, as_of) for one in rivals],
    )


async def gather_rivals(conn: Connection, workspace_id: int, as_of: int) -> list[Channel]:
    """Returns channels of others that were looked at lately, the newest reading first."""
    listed = await visible(conn, workspace_id, watched=True)
    fresh = [one for one in listed if one.is_watched and (one.observed_at or 0) > as_of - FRESH_S]
    return sorted(fresh, key=lambda one: -(one.observed_at or 0))[:MOST_RIVALS]


async def _rival(
    conn: Connection, workspace: Workspace, channel: Channel, first: date, last: date, as_of: int
) -> Rival:
    told = periods.dates(min(first, last - timedelta(days=RIVAL_DAYS - 1)), last, ZoneInfo(workspace.zone))
    start, end = told.start_unix, told.end_unix
    return Rival(
        title=channel.title,
        platform=channel.platform,
        handle=channel.handle,
        posts=await posts.window(conn, workspace.id, channel.id, start, end),
        readings=await growth_readings(conn, workspace, channel, start, end, as_of),
        deleted=await _deleted(conn, workspace, channel, first, last),
    )


async def _people(
    conn: Connection, workspace: Workspace, channel: Channel, first: date, last: date, as_of: int
) -> tuple[int, int] | None:
    """Returns who joined and left on these local days, or None where not every one was seen."""
    told = periods.dates(first, last, ZoneInfo(workspace.zone))
    if not channel.bot_is_admin or not await people_are_known(conn, workspace, channel, told, as_of):
        return None
    return await members.counts(conn, workspace.id, channel.id, told.start_unix, told.end_unix)


async def _notes(
    conn: Connection, workspace: Workspace, channel: Channel, frequency: str, first: date, last: date
) -> list[tuple[date, str]]:
    """Returns the notes of the days of the chart."""
    shown = min(first, last - timedelta(days=CHART_DAYS[frequency] - 1))
    found = await notes.window(conn, workspace.id, channel.id, shown, last)
    return [(one.noted_on, one.text) for one in found]


async def _deleted(
    conn: Connection, workspace: Workspace, channel: Channel, first: date, last: date
) -> list[str | None]:
    """Returns the titles of posts found deleted on these local days."""
    told = periods.dates(first, last, ZoneInfo(workspace.zone))
    found = await deletions.window(conn, workspace.id, channel.id, told.start_unix, told.end_unix, found=True)
    return [one.title for one in found]


async def _reposts(
    conn: Connection, workspace: Workspace, channel: Channel, first: date, last: date
) -> list[Repost]:
    """Returns the reposts published elsewhere on these local days."""
    told = periods.dates(first, last, ZoneInfo(workspace.zone))
    return await reposts.window(conn, workspace.id, channel.id, told.start_unix, told.end_unix)
