"""What a person may change about summaries and alerts: pure changes of a schedule, and what quiet hours mean."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.core.locales.territories import territory_of
from bot.core.parsing.routine import Routine
from metrics.drops.holidays import NO_COUNTRY, TABLE
from metrics.drops.parameters import Rule
from metrics.drops.parameters import rule as make_rule
from metrics.durations import DAY_S
from metrics.errors import DomainError
from storage.workspace.channels import Channel
from storage.workspace.schedules import EVERY_DAY, FREQUENCIES, WORKDAYS, Schedule

V = TypeVar("V")
HOURS = range(7, 24)  # posts of the day before are 6 hours old at 7 (docs/evidence.md#6)
GATES = (10, 15, 20, 25, 30, 40, 50)
QUIET = ((22, 8), (21, 9), (23, 7))  # from, to; hours
PAUSES_DAYS = (1, 7)
COUNTRIES = (*TABLE, NO_COUNTRY)
SENSITIVITIES = ("calm", "normal", "sensitive", "literal")  # from the quietest on


def new_schedule(kind: str, person: int, now: int, beside: Schedule | None = None) -> Schedule:
    """Returns a schedule, off until it is switched on; `beside`: the other kind's, whose hour it takes."""
    at_minute = beside.at_minute if beside else 9 * 60
    return Schedule(kind=kind, is_on=False, at_minute=at_minute, set_by=person, changed_at=now)


def changed(
    schedule: Schedule, field: str, value: str, *, now: int, visible: Sequence[Channel] = ()
) -> Schedule:
    """Returns the changed schedule. Raises DomainError("button.stale") for what no button of today says."""
    change = _CHANGES.get(field)
    if field == "channel":
        return replace(schedule, channels=_toggled(schedule, value, visible), changed_at=now)
    if change is None:
        raise DomainError("button.stale")
    try:
        return replace(change(schedule, value, now), changed_at=now)
    except ValueError:
        raise DomainError("button.stale") from None


def arranged(schedule: Schedule, said: Routine, now: int) -> Schedule:
    """Returns the schedule as a person wrote it. Raises DomainError("settings.too_early")."""
    if not said.is_on:
        return replace(schedule, is_on=False, changed_at=now)
    at_minute = schedule.at_minute if said.at_minute is None else said.at_minute
    if at_minute < HOURS[0] * 60:
        raise DomainError("settings.too_early")
    known = replace(
        schedule, is_on=True, off_because=None, muted_until=None, at_minute=at_minute, changed_at=now
    )
    if said.frequency is None or schedule.kind != "digest":
        return known
    known = replace(known, frequency=said.frequency)
    if said.weekdays is None:
        return known
    if said.frequency == "weekly":
        return replace(known, weekday=(said.weekdays & -said.weekdays).bit_length() - 1)
    return replace(known, weekdays=said.weekdays)


def rule_of(schedule: Schedule) -> Rule:
    return make_rule(schedule.sensitivity, schedule.gate_percent)


def country_of(schedule: Schedule | None, zone: ZoneInfo) -> str:
    """Returns whose holidays are thought of: those a person chose, else the zone's."""
    chosen_one = None if schedule is None else schedule.country
    return chosen_one or territory_of(zone.key)


def chosen(schedule: Schedule | None, visible: Sequence[Channel]) -> list[Channel]:
    """Returns the channels that the schedule is about; every one where none of those chosen is left."""
    wanted = None if schedule is None else schedule.channels
    return [channel for channel in visible if wanted is None or channel.id in wanted] or list(visible)


def is_paused(schedule: Schedule, now: int) -> bool:
    return schedule.muted_until is not None and schedule.muted_until > now


def not_before(schedule: Schedule, zone: str, now: int) -> int:
    """Returns `now`, or the end of the quiet hours it falls in, in unix seconds."""
    start, end = schedule.quiet_from_minute, schedule.quiet_to_minute
    if start is None or end is None or start == end:
        return now
    here = ZoneInfo(zone)
    local = datetime.fromtimestamp(now, here)
    minute = local.hour * 60 + local.minute
    inside = start <= minute < end if start < end else minute >= start or minute < end
    if not inside:
        return now
    day = local.date() if minute < end else local.date() + timedelta(days=1)
    return int(datetime(day.year, day.month, day.day, end // 60, end % 60, tzinfo=here).timestamp())


def _switch(schedule: Schedule, value: str, _now: int) -> Schedule:
    return replace(schedule, is_on=value == "1", off_because=None, muted_until=None)


def _hour(schedule: Schedule, value: str, _now: int) -> Schedule:
    return replace(schedule, at_minute=_among(int(value), HOURS) * 60)


def _frequency(schedule: Schedule, value: str, _now: int) -> Schedule:
    return replace(schedule, frequency=_among(value, FREQUENCIES))


def _weekday(schedule: Schedule, value: str, _now: int) -> Schedule:
    """Switches a day of the daily summary, whose last one stays; the weekly one has a single day."""
    day = _among(int(value), range(7))
    if schedule.frequency == "weekly":
        return replace(schedule, weekday=day)
    return replace(schedule, weekdays=(schedule.weekdays ^ 1 << day) or schedule.weekdays)


def _weekdays(schedule: Schedule, value: str, _now: int) -> Schedule:
    return replace(schedule, weekdays=WORKDAYS if value == "work" else EVERY_DAY)


def _sensitivity(schedule: Schedule, value: str, _now: int) -> Schedule:
    return replace(schedule, sensitivity=_among(value, SENSITIVITIES))


def _gate(schedule: Schedule, value: str, _now: int) -> Schedule:
    return replace(schedule, gate_percent=_among(int(value), GATES))


def _country(schedule: Schedule, value: str, _now: int) -> Schedule:
    return replace(schedule, country=None if value == "zone" else _among(value, COUNTRIES))


def _quiet(schedule: Schedule, value: str, _now: int) -> Schedule:
    if value == "off":
        return replace(schedule, quiet_from_minute=None, quiet_to_minute=None)
    start, end = _among(tuple(int(part) for part in value.split("-")), QUIET)
    return replace(schedule, quiet_from_minute=start * 60, quiet_to_minute=end * 60)


def _pause(schedule: Schedule, value: str, now: int) -> Schedule:
    days = int(value)
    return replace(schedule, muted_until=now + _among(days, PAUSES_DAYS) * DAY_S if days else None)


def _toggled(schedule: Schedule, value: str, visible: Sequence[Channel]) -> tuple[int, ...] | None:
    """Returns the chosen channels; None where all are, so that a channel added later is one.

    The last one stays.
    """
    everything = {channel.id for channel in visible}
    if value == "all":
        return None
    wanted = everything if schedule.channels is None else everything & set(schedule.channels)
    wanted = wanted ^ ({int(value)} & everything) if value.isdigit() else wanted
    if wanted == everything or not wanted:
        return None
    return tuple(sorted(wanted))


def _among(value: V, allowed: Sequence[object]) -> V:
    if value not in allowed:
        raise ValueError(value)
    return value


_CHANGES: dict[str, Callable[[Schedule, str, int], Schedule]] = {
    "on": _switch,
    "hour": _hour,
    "freq": _frequency,
    "day": _weekday,
    "days": _weekdays,
    "sense": _sensitivity,
    "gate": _gate,
    "quiet": _quiet,
    "country": _country,
    "pause": _pause,
}
