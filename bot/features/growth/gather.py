"""From storage to a request: counts of subscribers, joins and leaves as far as they are told."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.answers.request import resolve
from bot.core.parsing.periods import EVERYTHING, PeriodChoice
from bot.features.growth.request import GrowthRequest
from metrics.durations import DAY_S
from metrics.errors import DomainError
from metrics.followers import KEPT_DAYS, Movement
from metrics.periods import Period, local_date
from storage.engine import Connection
from storage.workspace import audience, gaps, members, notes, placements, reposts
from storage.workspace.channels import Channel
from storage.workspace.gaps import Gap
from storage.workspace.workspaces import Workspace


async def gather(
    conn: Connection, workspace: Workspace, channel: Channel, asked: PeriodChoice, as_of: int
) -> GrowthRequest:
    """Gathers a request.

    Raises DomainError("growth.no_counts") where no number of subscribers is known.
    """
    newest = await audience.newest(conn, workspace.id, channel.id)
    if newest is None:
        raise DomainError("growth.no_counts", title=channel.title)
    asked = await _since_first_count(conn, workspace, channel, asked, as_of)
    period = resolve(asked, as_of, ZoneInfo(workspace.zone))
    start, end = period.start_unix - period.days * DAY_S, period.end_unix
    noted = await notes.window(conn, workspace.id, channel.id, period.first, period.last)
    missed = await gaps.window(conn, workspace.id, channel.id, period.start_unix, end, as_of)
    return GrowthRequest(
        title=channel.title,
        platform=channel.platform,
        handle=channel.handle,
        language=workspace.language,
        zone=workspace.zone,
        as_of=as_of,
        period=asked,
        readings=await audience.window(conn, workspace.id, channel.id, start, end),
        newest=newest,
        movement=None
        if _covers(missed, period)
        else await _movement(conn, workspace, channel, period, has_gaps=bool(missed)),
        gaps=[(gap.started_at, gap.ended_at or as_of) for gap in missed],
        sellers=await _sellers(conn, workspace, channel),
        reposts=await reposts.window(conn, workspace.id, channel.id, period.start_unix, end),
        notes=[(one.noted_on, one.text) for one in noted],
    )


async def _since_first_count(
    conn: Connection, workspace: Workspace, channel: Channel, asked: PeriodChoice, as_of: int
) -> PeriodChoice:
    """Returns a period: «за всё время» begins with the first count; every other is left as it is."""
    if asked != EVERYTHING:
        return asked
    zone = ZoneInfo(workspace.zone)
    [first, *_] = await audience.window(conn, workspace.id, channel.id, 0, as_of + 1)
    last = resolve(PeriodChoice(days=1), as_of, zone).last
    return replace(asked, days=None, first=min(local_date(first.observed_at, zone), last), last=last)


async def _movement(
    conn: Connection, workspace: Workspace, channel: Channel, period: Period, *, has_gaps: bool
) -> Movement | None:
    since = await members.known_since(conn, workspace.id, channel.id)
    if since is None or since >= period.end_unix:
        return None
    earlier = period.start_unix - max(KEPT_DAYS) * DAY_S
    return Movement(
        since,
        await members.joins(conn, workspace.id, channel.id, earlier, period.end_unix),
        await members.leaves(conn, workspace.id, channel.id, period.start_unix, period.end_unix),
        has_gaps=has_gaps,
    )


def _covers(missed: list[Gap], period: Period) -> bool:
    return any(
        one.started_at <= period.start_unix and (one.ended_at is None or one.ended_at >= period.end_unix)
        for one in missed
    )


async def _sellers(conn: Connection, workspace: Workspace, channel: Channel) -> dict[str, str]:
    placed = await placements.all_of(conn, workspace.id)
    return {
        one.invite_link: f"@{one.handle}"
        for one in placed
        if one.channel_id == channel.id and one.invite_link and one.handle
    }
