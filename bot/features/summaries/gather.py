"""From storage to a request: every channel of the summary, its posts of the needed days; before them its open drops."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.answers.gather import growth_readings
from bot.features.summaries.request import DigestChannel, DigestRequest, OpenDrop, window
from metrics import periods
from storage.engine import Connection
from storage.workspace import audience, deletions, episodes, posts, sources
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace


async def gather_drops(conn: Connection, workspace_id: int, over_since: date) -> dict[int, list[OpenDrop]]:
    """By channel id, the oldest first: those open, then those that came back from that local date on."""
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
) -> DigestRequest:
    start, end = window(first, last, frequency, ZoneInfo(workspace.zone))
    read = await sources.read_by_themselves(conn, workspace.id)
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
                readings=await growth_readings(conn, workspace, channel, start, end, as_of),
            )
            for channel in channels
        ],
        missed_since=missed_since,
        draw=draw,
    )


async def _deleted(
    conn: Connection, workspace: Workspace, channel: Channel, first: date, last: date
) -> list[str | None]:
    """Found out on these local days, the titles they had."""
    told = periods.dates(first, last, ZoneInfo(workspace.zone))
    found = await deletions.window(conn, workspace.id, channel.id, told.start_unix, told.end_unix, found=True)
    return [one.title for one in found]
