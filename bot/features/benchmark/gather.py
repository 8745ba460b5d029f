"""From storage to a request: the channel, and those of its size among the chat's own and followed ones."""

from zoneinfo import ZoneInfo

from bot.answers.gather import growth_readings
from bot.answers.request import resolve, window
from bot.core.parsing.periods import PeriodChoice
from bot.features.benchmark.request import BenchmarkRequest, Peer
from metrics.errors import DomainError
from metrics.posts import AudienceReading
from metrics.subscriber_counts import is_similar
from storage.engine import Connection
from storage.workspace import audience, channels, posts
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace

MOST_PEERS = 20  # the nearest in size; the rows of more would take longer to read than an answer may


async def gather(
    conn: Connection, workspace: Workspace, channel: Channel, period: PeriodChoice, as_of: int
) -> BenchmarkRequest:
    """Gathers a request. Raises DomainError("er.no_data") where the channel has no post."""
    if not channel.posts:
        raise DomainError("er.no_data", title=channel.title)
    size = await _size(conn, workspace, channel)
    listed = await channels.visible(conn, workspace.id, watched=True)
    found: list[tuple[float, Channel, AudienceReading]] = []
    for one in listed:
        if one.id == channel.id or one.platform != channel.platform or not one.posts or size is None:
            continue
        other = await _size(conn, workspace, one)
        if other is not None and is_similar(size.subscribers, other.subscribers):
            times = size.subscribers / other.subscribers
            found.append((max(times, 1 / times), one, other))
    nearest = sorted(found, key=lambda row: row[0])[:MOST_PEERS]
    return BenchmarkRequest(
        language=workspace.language,
        zone=workspace.zone,
        as_of=as_of,
        period=period,
        platform=channel.platform,
        own=await _peer(conn, workspace, channel, size, period, as_of),
        peers=[await _peer(conn, workspace, one, other, period, as_of) for _, one, other in nearest],
    )


async def _size(conn: Connection, workspace: Workspace, channel: Channel) -> AudienceReading | None:
    newest = await audience.newest(conn, workspace.id, channel.id)
    return newest if newest and newest.subscribers > 0 else None


async def _peer(
    conn: Connection,
    workspace: Workspace,
    channel: Channel,
    newest: AudienceReading | None,
    period: PeriodChoice,
    as_of: int,
) -> Peer:
    start, end = window(resolve(period, as_of, ZoneInfo(workspace.zone)))
    return Peer(
        channel.title,
        newest,
        await posts.window(conn, workspace.id, channel.id, start, end),
        await audience.window(conn, workspace.id, channel.id, start, end),
        await growth_readings(conn, workspace, channel, start, end, as_of),
    )
