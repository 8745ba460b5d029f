"""A workspace's placements with what is known of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.placement import KEPT_H, Outcome, People, Reading, outcome
from storage import channels, placements
from storage.engine import Connection
from storage.placements import Placement
from storage.placements_people import people
from storage.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Shown:
    placement: Placement
    readings: Sequence[Reading]
    people: People | None
    outcome: Outcome
    advertised: str | None  # the title of the channel


async def gather(conn: Connection, workspace: Workspace, now: int) -> list[Shown]:
    """The cheapest kept subscriber first, those without a price of one at the end."""
    placed = await placements.all_of(conn, workspace.id)
    return sorted(await _shown(conn, workspace, placed, now), key=lambda one: one.outcome.kept_price.rank)


async def gather_one(conn: Connection, workspace: Workspace, placement_id: int, now: int) -> Shown | None:
    placement = await placements.get(conn, workspace.id, placement_id)
    return None if placement is None else (await _shown(conn, workspace, [placement], now))[0]


async def _shown(
    conn: Connection, workspace: Workspace, placed: Sequence[Placement], now: int
) -> list[Shown]:
    readings = await placements.readings(conn, workspace.id)
    came = await people(conn, workspace.id, placed, now)
    titles = {channel.id: channel.title for channel in await channels.visible(conn, workspace.id)}
    return [
        _one(one, readings.get(one.id, []), came.get(one.id), titles.get(one.channel_id or 0))
        for one in placed
    ]


def _one(placement: Placement, readings: Sequence[Reading], came: People | None, title: str | None) -> Shown:
    """After seven days their number stands: later it would tell of the channel, not of the ad."""
    final = next((one.people for one in readings if one.age_h == KEPT_H and one.people), None)
    now = final or came
    return Shown(
        placement,
        readings,
        now,
        outcome(
            placement.terms,
            readings,
            now,
            revenue=placement.revenue,
            margin_percent=placement.margin_percent,
        ),
        title,
    )
