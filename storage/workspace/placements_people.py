"""Who came by the links of a workspace's placements."""

from collections.abc import Iterable

from metrics.placement import People
from storage.engine import Connection
from storage.workspace import channels, members
from storage.workspace.placements import Placement


async def people(
    conn: Connection, workspace_id: int, placed: Iterable[Placement], now: int
) -> dict[int, People]:
    """Returns who came, by placement; those without a link of their own are not in it."""
    by_channel: dict[int, list[Placement]] = {}
    for one in placed:
        if one.channel_id is not None and one.invite_link is not None:
            by_channel.setdefault(one.channel_id, []).append(one)
    found = {}
    for channel_id, here in by_channel.items():
        if (
            await channels.get(conn, workspace_id, channel_id) is None
        ):  # nobody knows here, which is not nobody
            continue
        start = min(one.created_at for one in here)
        joined = {by.link: by for by in await members.by_link(conn, workspace_id, channel_id, start, now + 1)}
        for one in here:
            by = joined.get(one.invite_link)
            found[one.id] = (
                People(by.joined, by.left, by.left_within_day, by.left_within_week)
                if by
                else People(0, 0, 0, 0)
            )
    return found
