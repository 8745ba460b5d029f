"""From storage to a request: of every channel the posts that the period and its comparisons need."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.answers.gather import growth_readings
from bot.answers.request import resolve, window
from bot.core.parsing.periods import PeriodChoice
from bot.features.compare.request import ComparedChannel, CompareRequest
from storage.engine import Connection
from storage.workspace import audience, posts
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace


async def gather(
    conn: Connection,
    workspace: Workspace,
    channels: Sequence[Channel],
    period: PeriodChoice,
    by: str,
    as_of: int,
    *,
    total: int,
) -> CompareRequest:
    """Gathers a request. `total`: channels that the chat has, of which these were chosen."""
    start, end = window(resolve(period, as_of, ZoneInfo(workspace.zone)))
    compared = [
        ComparedChannel(
            channel.title,
            channel.platform,
            await posts.window(conn, workspace.id, channel.id, start, end),
            await audience.window(conn, workspace.id, channel.id, start, end),
            await growth_readings(conn, workspace, channel, start, end, as_of),
        )
        for channel in channels
    ]
    return CompareRequest(
        language=workspace.language,
        zone=workspace.zone,
        as_of=as_of,
        period=period,
        channels=[one for one in compared if one.posts],
        silent=[one.title for one in compared if not one.posts],
        by=by,
        total=total,
    )
