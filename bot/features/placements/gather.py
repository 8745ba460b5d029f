"""A workspace's placements with what is known of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from metrics.durations import HOUR_S
from metrics.placement import KEPT_H, Outcome, People, Reading, is_gone_as_agreed, outcome
from storage.engine import Connection
from storage.workspace import channels, placements
from storage.workspace.channels import Channel
from storage.workspace.placements import Placement
from storage.workspace.placements_people import people as people_of
from storage.workspace.workspaces import Workspace

OWN_LEAST = 3  # other placements that make a price dear or cheap


@dataclass(frozen=True, slots=True)
class PlacementCard:
    placement: Placement
    readings: Sequence[Reading]
    people: People | None
    outcome: Outcome
    advertised: Channel | None
    own_cpm: tuple[float, float, int] | None = (
        None  # of the other placements in its currency: low, high, how many
    )

    def lacks_views(self, now: int) -> bool:
        """Tells whether the latest age that has come is without views which a person could still tell."""
        terms, published = self.placement.terms, self.placement.published_at
        if published is None:
            return False
        come = [one for one in terms.ages_h if published + one * HOUR_S <= now]
        due = max([*come, *(one.age_h for one in self.readings)], default=None)
        reading = next((one for one in self.readings if one.age_h == due), None)
        if due is None or reading is None:
            return due is not None
        return reading.views is None and not is_gone_as_agreed(terms, published, reading)


async def gather(conn: Connection, workspace: Workspace, now: int) -> list[PlacementCard]:
    """Returns placements, one currency after the other, in each the cheapest kept subscriber first.

    Those without a price of one stand at the end.
    """
    placed = await placements.all_of(conn, workspace.id)
    return sorted(await _shown(conn, workspace, placed, now), key=_order)


def _order(shown: PlacementCard) -> tuple[str, tuple[bool, float]]:
    """Returns a sort key: prices in two currencies have no order."""
    return currency_of(shown), shown.outcome.kept_price.rank


def currency_of(shown: PlacementCard) -> str:
    """Returns the currency; roubles are meant where none was typed."""
    return shown.placement.currency or placements.ROUBLES


async def gather_one(
    conn: Connection, workspace: Workspace, placement_id: int, now: int
) -> PlacementCard | None:
    placement = await placements.get(conn, workspace.id, placement_id)
    if placement is None:
        return None
    [shown] = await _shown(conn, workspace, [placement], now)
    paid = await placements.cpm_range(conn, workspace.id, placement.currency, but=placement.id)
    return replace(shown, own_cpm=paid)


async def _shown(
    conn: Connection, workspace: Workspace, placed: Sequence[Placement], now: int
) -> list[PlacementCard]:
    readings = await placements.readings(conn, workspace.id)
    came = await people_of(conn, workspace.id, placed, now)
    visible = {channel.id: channel for channel in await channels.visible(conn, workspace.id)}
    return [
        _one(one, readings.get(one.id, []), came.get(one.id), visible.get(one.channel_id or 0), now)
        for one in placed
    ]


def _one(
    placement: Placement,
    readings: Sequence[Reading],
    came: People | None,
    advertised: Channel | None,
    now: int,
) -> PlacementCard:
    """Builds a card; after seven days people's number stands.

    Later it would tell of the channel, not of the ad.
    """
    final = next((one.people for one in readings if one.age_h == KEPT_H and one.people), None)
    people = final or came
    found = outcome(
        placement.terms,
        readings,
        people,
        passed_h=(now - (placement.published_at or now)) / HOUR_S,
        revenue=placement.revenue,
        margin_percent=placement.margin_percent,
    )
    return PlacementCard(placement, readings, people, found, advertised)
