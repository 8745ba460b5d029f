"""From storage to a request, reading the window that the period needs and nothing else."""

from zoneinfo import ZoneInfo

from bot.answers.aims import aim_of
from bot.answers.request import FALLBACK_POSTS, EngagementRequest, last_known, resolve, window
from bot.core.locales import translator
from bot.core.parsing.periods import EVERYTHING, PeriodChoice
from metrics import periods
from metrics.errors import DomainError
from metrics.periods import Period, day_starts, local_date
from metrics.posts import Post
from metrics.verdict import OpenEpisode, leading
from storage.engine import Connection
from storage.workspace import audience, episodes, gaps, goals, members, notes, posts
from storage.workspace.channels import Channel
from storage.workspace.posts import Span
from storage.workspace.workspaces import Workspace

AGES_S = (1800, 40 * 86_400)  # readings that tell of growth: half an hour to past the age of 30 days


async def gather(
    conn: Connection,
    workspace: Workspace,
    channel: Channel,
    asked: PeriodChoice,
    as_of: int,
    *,
    draw: bool = True,
    offers_page: bool = False,
) -> EngagementRequest:
    """Gathers a request. Raises DomainError("er.no_data"), ("er.before_data") before the first post."""
    span = await posts.span(conn, workspace.id, channel.id)
    if span is None:
        raise DomainError("er.no_data", title=channel.title)
    zone = ZoneInfo(workspace.zone)
    asked = since(span.first, asked, as_of, workspace.zone)
    shifted = last_known(asked, min(span.last, as_of), as_of, workspace.zone)
    period = shifted or asked
    whole = resolve(period, as_of, zone)
    today, tomorrow = day_starts(local_date(as_of, zone), local_date(as_of, zone), zone)
    if whole.end_unix <= span.first and whole.end_unix != today:  # a channel of today is answered with today
        raise _before_the_data(channel, span, workspace)
    start, end = window(whole)
    rows = await posts.window(conn, workspace.id, channel.id, start, end)
    rows += await posts.window(conn, workspace.id, channel.id, max(end, today), tomorrow)
    if not any(whole.start_unix <= row.published_at < whole.end_unix for row in rows):
        earlier = await posts.latest(
            conn, workspace.id, channel.id, before=whole.end_unix, limit=FALLBACK_POSTS
        )
        known = {row.external_id for row in rows}
        rows = [*rows, *(row for row in earlier if row.external_id not in known)]
    subscribers = await audience.window(
        conn, workspace.id, channel.id, min([start, *(row.published_at for row in rows)]), end
    )
    early = await growth_readings(conn, workspace, channel, start, max(end, tomorrow), as_of)
    missed = await gaps.window(conn, workspace.id, channel.id, whole.start_unix, whole.end_unix, as_of)
    return EngagementRequest(
        title=channel.title,
        platform=channel.platform,
        language=workspace.language,
        zone=workspace.zone,
        as_of=as_of,
        period=period,
        posts=rows,
        audience=subscribers,
        readings=early,
        asked=asked if shifted else None,
        draw=draw,
        handle=channel.handle,
        is_collected=channel.bot_is_admin,
        has_page=offers_page,
        episode=await open_episode(conn, workspace, channel),
        goals=[aim_of(one) for one in await goals.of_channel(conn, workspace.id, channel.id)],
        notes=[
            (one.noted_on, one.text)
            for one in await notes.window(conn, workspace.id, channel.id, whole.first, whole.last)
        ],
        gaps=[(gap.started_at, gap.ended_at or as_of) for gap in missed],
    )


async def people_are_known(
    conn: Connection, workspace: Workspace, channel: Channel, period: Period, as_of: int
) -> bool:
    """Tells whether the bot saw every join and leave of these days."""
    of = (conn, workspace.id, channel.id)
    told_since = await members.known_since(*of)
    if told_since is None or told_since > period.start_unix:
        return False
    return not await gaps.window(*of, period.start_unix, period.end_unix, as_of)


def since(first_post: int, asked: PeriodChoice, as_of: int, zone: str) -> PeriodChoice:
    """Returns the period; «за всё время» begins with the first post, others stay. Takes Unix seconds."""
    if asked != EVERYTHING:
        return asked
    first, last = (local_date(at, ZoneInfo(zone)) for at in (min(first_post, as_of), as_of))
    return PeriodChoice(first=first, last=last)


async def open_episode(conn: Connection, workspace: Workspace, channel: Channel) -> OpenEpisode | None:
    """Returns the drop that alerts and summaries tell of too; None where none is open."""
    kept = [one.episode for one in await episodes.opened(conn, workspace.id) if one.channel_id == channel.id]
    return leading(map(OpenEpisode.of, kept))


async def growth_readings(
    conn: Connection, workspace: Workspace, channel: Channel, start: int, end: int, as_of: int
) -> list[Post]:
    """Returns every reading that brings these posts to one age, and those of the channel's own curve."""
    first, last = min(start, as_of - periods.CURVE_DAYS * 86_400), max(end, as_of)
    return await posts.early_readings(conn, workspace.id, channel.id, first, last, AGES_S)


def _before_the_data(channel: Channel, span: Span, workspace: Workspace) -> DomainError:
    t, zone = translator(workspace.language), ZoneInfo(workspace.zone)
    first, last = (t.date(local_date(at, zone), year=True) for at in (span.first, span.last))
    return DomainError("er.before_data", title=channel.title, first=first, last=last)
