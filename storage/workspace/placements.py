"""Posts that a workspace bought in other people's channels: what was agreed, and the readings of each at its ages."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update

from metrics.durations import HOUR_S
from metrics.errors import DomainError
from metrics.placement import USUAL_H, People, Reading, Terms
from storage.engine import Connection
from storage.tables import channel, placement, placement_reading
from storage.workspace.access import readable

THOUSAND = 1000
ROUBLES = "₽"  # a price without a currency
NEAR_S = 6 * HOUR_S  # a reading later than that is of another age


@dataclass(frozen=True, slots=True)
class Placement:
    id: int
    workspace_id: int
    handle: str | None  # of the seller's channel; None for a private one
    link: str | None  # of the post; None until it is out
    post_number: int | None
    price: float
    hours_on_top: int | None
    hours_in_feed: int | None
    promised_views: int | None
    channel_id: int | None  # what is advertised
    invite_link: str | None  # the placement's own
    no_link_because: str | None
    published_at: int | None
    is_time_known: bool  # False: `published_at` is when somebody told of the post
    revenue: float | None
    margin_percent: float | None
    thread_id: int | None
    added_by: int
    created_at: int
    currency: str | None = None  # as it was typed; None: the chat's own
    planned_at: int | None = None  # when it is to come out, as it was agreed

    @property
    def terms(self) -> Terms:
        return Terms(self.price, self.hours_on_top, self.hours_in_feed, self.promised_views)


_COLUMNS = [placement.c[field.name] for field in fields(Placement)]


async def add(conn: Connection, workspace_id: int, row: Mapping[str, object]) -> Placement:
    """Adds a placement. `row`: columns of `Placement` that are known.

    Raises DomainError("placement.known") for a post that is there already, ("channel.gone") for a channel to
    advertise that the workspace can't read.
    """
    advertised, link = row.get("channel_id"), row.get("link")
    if advertised is not None:
        seen = select(channel.c.id).where(channel.c.id == advertised, readable(workspace_id, channel.c.id))
        if (await conn.execute(seen)).one_or_none() is None:
            raise DomainError("channel.gone")
    await refuse_known(conn, workspace_id, link)
    known = {"is_time_known": False, **row, "workspace_id": workspace_id}
    made = insert(placement).values(known).returning(*_COLUMNS)
    return Placement(*(await conn.execute(made)).one())


async def get(conn: Connection, workspace_id: int, placement_id: int) -> Placement | None:
    row = (await conn.execute(select(*_COLUMNS).where(_of(workspace_id, placement_id)))).one_or_none()
    return None if row is None else Placement(*row)


async def all_of(conn: Connection, workspace_id: int) -> list[Placement]:
    """Returns the placements, the newest first."""
    query = select(*_COLUMNS).where(placement.c.workspace_id == workspace_id)
    rows = await conn.execute(query.order_by(placement.c.created_at.desc(), placement.c.id.desc()))
    return [Placement(*row) for row in rows]


async def refuse_known(conn: Connection, workspace_id: int, link: object) -> None:
    """Raises DomainError("placement.known") where a post with this address is there already."""
    same = select(placement.c.id).where(placement.c.workspace_id == workspace_id, placement.c.link == link)
    if link is not None and (await conn.execute(same)).one_or_none() is not None:
        raise DomainError("placement.known")


async def change(conn: Connection, workspace_id: int, placement_id: int, row: Mapping[str, object]) -> bool:
    """Changes a placement; False where it is not there.

    Raises DomainError("placement.known") for a `link` that another one has.
    """
    if (link := row.get("link")) is not None:
        await refuse_known(conn, workspace_id, link)
    changed = update(placement).where(_of(workspace_id, placement_id)).values(dict(row))
    return (await conn.execute(changed)).rowcount > 0


async def remove(conn: Connection, workspace_id: int, placement_id: int) -> bool:
    return (await conn.execute(delete(placement).where(_of(workspace_id, placement_id)))).rowcount > 0


async def keep_reading(conn: Connection, workspace_id: int, placement_id: int, reading: Reading) -> None:
    """Keeps a reading in place of an earlier one of that age. Raises DomainError("placement.gone")."""
    if await get(conn, workspace_id, placement_id) is None:
        raise DomainError("placement.gone")
    of_age = placement_reading.c.age_h == reading.age_h
    same = (placement_reading.c.workspace_id == workspace_id, _is(placement_id), of_age)
    await conn.execute(delete(placement_reading).where(*same))
    row = reading._asdict()
    people = row.pop("people")
    row |= people._asdict() if people else {}
    owner = {"workspace_id": workspace_id, "placement_id": placement_id}
    await conn.execute(insert(placement_reading).values(owner | row))


async def forget_people(conn: Connection, workspace_id: int, placement_id: int) -> None:
    """Leaves the views of each age, and not who had come by a link that does not count any more."""
    names = ("joined", "left", "left_within_day", "left_within_week")
    mine = update(placement_reading).where(
        placement_reading.c.workspace_id == workspace_id, _is(placement_id)
    )
    await conn.execute(mine.values(dict.fromkeys(names)))


async def readings(conn: Connection, workspace_id: int) -> dict[int, list[Reading]]:
    """Returns the readings of every placement, by its id; the youngest age first."""
    query = select(placement_reading).where(placement_reading.c.workspace_id == workspace_id)
    found: dict[int, list[Reading]] = {}
    for row in await conn.execute(query.order_by(placement_reading.c.age_h)):
        found.setdefault(row.placement_id, []).append(_reading(row))
    return found


async def cpm_range(
    conn: Connection, workspace_id: int, currency: str | None = None, *, but: int | None = None
) -> tuple[float, float, int] | None:
    """Returns the lowest and the highest CPM at 24 hours, and over how many placements; None: none yet.

    Of those paid in this currency, where roubles are what is meant by none. `but`: a placement that is left
    out.
    """
    cpm = THOUSAND * placement.c.price / placement_reading.c.views
    query = (
        select(func.min(cpm), func.max(cpm), func.count())
        .select_from(placement)
        .join(placement_reading, placement_reading.c.placement_id == placement.c.id)
        .where(
            placement.c.workspace_id == workspace_id,
            placement.c.price > 0,
            func.coalesce(placement.c.currency, ROUBLES) == (currency or ROUBLES),
            placement.c.id != (but or 0),
            placement_reading.c.age_h == USUAL_H,
            placement_reading.c.views > 0,
            placement_reading.c.observed_at <= placement.c.published_at + USUAL_H * HOUR_S + NEAR_S,
        )
    )
    low, high, count = (await conn.execute(query)).one()
    return (float(low), float(high), count) if count else None


def _of(workspace_id: int, placement_id: int) -> ColumnElement[bool]:
    return (placement.c.workspace_id == workspace_id) & (placement.c.id == placement_id)


def _is(placement_id: int) -> ColumnElement[bool]:
    return placement_reading.c.placement_id == placement_id


def _reading(row: Row[Any]) -> Reading:
    people = None
    if row.joined is not None:
        people = People(row.joined, row.left, row.left_within_day, row.left_within_week)
    return Reading(row.age_h, row.observed_at, row.views, row.step, row.is_typed, row.reason, people)
