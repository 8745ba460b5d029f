"""From storage to a request, reading the window that the period needs and nothing else."""

from zoneinfo import ZoneInfo

from bot.periods import PeriodChoice
from bot.reports.engagement.request import FALLBACK_POSTS, EngagementRequest, last_known, resolve, window
from metrics.errors import DomainError
from metrics.periods import day_starts, local_date
from storage import audience, posts
from storage.channels import Channel
from storage.engine import Connection
from storage.workspaces import Workspace


async def gather(
    conn: Connection,
    workspace: Workspace,
    channel: Channel,
    asked: PeriodChoice,
    as_of: int,
    *,
    draw: bool = True,
) -> EngagementRequest:
    """Raises DomainError("er.no_data") for a channel without a single post."""
    span = await posts.span(conn, workspace.id, channel.id)
    if span is None:
        raise DomainError("er.no_data", title=channel.title)
    zone = ZoneInfo(workspace.zone)
    shifted = last_known(asked, span.last, as_of, workspace.zone)
    period = shifted or asked
    whole = resolve(period, as_of, zone)
    start, end = window(whole)
    rows = await posts.window(conn, workspace.id, channel.id, start, max(end, _tomorrow(as_of, zone)))
    if not any(whole.start_unix <= row.published_at < whole.end_unix for row in rows):
        earlier = await posts.latest(
            conn, workspace.id, channel.id, before=whole.end_unix, limit=FALLBACK_POSTS
        )
        known = {row.external_id for row in rows}
        rows = [*rows, *(row for row in earlier if row.external_id not in known)]
    readings = await audience.window(
        conn, workspace.id, channel.id, min([start, *(row.published_at for row in rows)]), end
    )
    return EngagementRequest(
        title=channel.title,
        platform=channel.platform,
        language=workspace.language,
        zone=workspace.zone,
        as_of=as_of,
        period=period,
        posts=rows,
        audience=readings,
        asked=asked if shifted else None,
        draw=draw,
    )


def _tomorrow(as_of: int, zone: ZoneInfo) -> int:
    today = local_date(as_of, zone)
    return day_starts(today, today, zone)[-1]
