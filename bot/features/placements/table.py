"""All placements as a table that opens in a spreadsheet."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.answers.sheets import Cell, Sheet
from bot.core.locales import Translator
from bot.features.placements.gather import PlacementCard
from metrics.placement import AGES_H

TITLES = (
    "channel", "link", "published", "price", "currency", "on_top", "in_feed", "promised",
    *(f"views_{hours}" for hours in AGES_H),
    "views_approximate", "cpm", "planned_cpm", "against_plan",
    "invite_link", "joined", "left", "left_day", "left_week", "kept", "cpf", "kept_price",
    "revenue", "margin", "roi", "romi",
)  # fmt: skip


def sheet(shown: Sequence[PlacementCard], t: Translator, zone: str) -> Sheet:
    titles = [t.plain(f"placements.column.{title}") for title in TITLES]
    return Sheet("placements", titles, [_row(one, zone) for one in shown])


def _row(shown: PlacementCard, zone: str) -> list[Cell]:
    placement, outcome, people = shown.placement, shown.outcome, shown.people
    views = {reading.age_h: reading.views for reading in shown.readings}
    return [
        placement.handle,
        placement.link,
        _local(placement.published_at, zone),
        _rounded(placement.price),
        placement.currency,
        placement.hours_on_top,
        placement.hours_in_feed,
        placement.promised_views,
        *(views.get(hours) for hours in AGES_H),
        any(reading.step > 0 for reading in shown.readings),
        _rounded(outcome.cpm.value),
        _rounded(outcome.planned_cpm.value),
        _rounded(outcome.against_plan.value),
        placement.invite_link,
        *(
            (people.joined, people.left, people.left_within_day, people.left_within_week)
            if people
            else [None] * 4
        ),
        _rounded(outcome.kept.value),
        _rounded(outcome.cpf.value),
        _rounded(outcome.kept_price.value),
        _rounded(placement.revenue),
        _rounded(placement.margin_percent),
        _rounded(outcome.roi.value),
        _rounded(outcome.romi.value),
    ]


def _local(at: int | None, zone: str) -> datetime | None:
    if at is None:
        return None
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _rounded(value: float | None) -> float | None:
    """Returns a value rounded to cents, without «.0»."""
    if value is None:
        return None
    cents = round(float(value), 2)
    return int(cents) if cents.is_integer() else cents
