"""What breaks: a summary that comes twice, not at all, or at another hour than the person chose."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.notifications.recurrence import next_due, planned
from storage.workspace.schedules import WORKDAYS, Schedule
from tests.storage.places import a_schedule

ZONES = [
    "Europe/Moscow",
    "Europe/Berlin",
    "America/New_York",
    "America/Nuuk",  # its clocks skip the hour before midnight
    "Africa/Cairo",  # the hour after midnight
    "Australia/Lord_Howe",  # half an hour
    "Asia/Kathmandu",  # a quarter of an hour off
    "Asia/Beirut",
    "Africa/Casablanca",
    "Antarctica/Troll",  # two hours
    "America/Santiago",
    "Pacific/Chatham",
    "UTC",
]


def at(hour: int, minute: int = 0, **fields) -> Schedule:
    return a_schedule(next_due_at=0, at_minute=hour * 60 + minute, **fields)


def unix(local: str, zone: str, fold: int = 0) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp())


def local(moment: int, zone: str) -> str:
    return datetime.fromtimestamp(moment, ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def series(schedule: Schedule, zone: str, after: str, count: int) -> list[str]:
    """The next moments as the clocks there show them."""
    moment, found = unix(after, zone), []
    for _ in range(count):
        moment = next_due(schedule, zone, moment)
        found.append(local(moment, zone))
    return found


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2026-03-02 08:59:59", "2026-03-02 09:00"),
        ("2026-03-02 09:00:00", "2026-03-03 09:00"),
        ("2026-03-02 23:59:59", "2026-03-03 09:00"),
        ("2026-02-28 09:00:00", "2026-03-01 09:00"),
        ("2028-02-28 09:00:00", "2028-02-29 09:00"),
        ("2026-12-31 09:00:00", "2027-01-01 09:00"),
    ],
)
def test_daily(after, expected):
    assert series(at(9), "Europe/Moscow", after, 1) == [expected]


def test_workdays_leave_the_weekend_out():
    friday = "2026-03-06 09:00"
    assert series(at(9, weekdays=WORKDAYS), "Europe/Moscow", friday, 2) == [
        "2026-03-09 09:00",
        "2026-03-10 09:00",
    ]


def test_one_weekday_of_a_daily_schedule():
    assert series(at(9, weekdays=1 << 6), "UTC", "2026-03-02 10:00", 2) == [
        "2026-03-08 09:00",
        "2026-03-15 09:00",
    ]


def test_weekly_comes_on_its_day():
    weekly = at(9, frequency="weekly", weekday=0)
    assert series(weekly, "Europe/Moscow", "2026-03-02 09:00", 2) == ["2026-03-09 09:00", "2026-03-16 09:00"]
    assert series(weekly, "Europe/Moscow", "2026-03-02 08:00", 1) == ["2026-03-02 09:00"]


def test_monthly_comes_on_the_first():
    monthly = at(7, frequency="monthly")
    assert series(monthly, "Europe/Moscow", "2026-01-31 12:00", 3) == [
        "2026-02-01 07:00",
        "2026-03-01 07:00",
        "2026-04-01 07:00",
    ]
    assert series(monthly, "Europe/Moscow", "2026-12-01 07:00", 1) == ["2027-01-01 07:00"]


@pytest.mark.parametrize(
    ("zone", "hour", "minute", "after", "expected"),
    [
        # Skipped: the next valid minute, and the day after at its own time again.
        ("Europe/Berlin", 2, 30, "2026-03-28 12:00", ["2026-03-29 03:00", "2026-03-30 02:30"]),
        ("Africa/Cairo", 0, 30, "2026-04-23 12:00", ["2026-04-24 01:00", "2026-04-25 00:30"]),
        ("Australia/Lord_Howe", 2, 15, "2026-10-03 12:00", ["2026-10-04 02:30", "2026-10-05 02:15"]),
        ("America/Nuuk", 23, 0, "2026-03-28 12:00", ["2026-03-29 00:00", "2026-03-29 23:00"]),
        ("Asia/Kathmandu", 0, 5, "1985-12-31 12:00", ["1986-01-01 00:15", "1986-01-02 00:05"]),
        # Samoa had no 30 December: nothing is due on it.
        ("Pacific/Apia", 9, 0, "2011-12-29 08:00", ["2011-12-29 09:00", "2011-12-31 09:00"]),
        # An hour that nobody skips keeps its face, whatever the offset does.
        ("Europe/Berlin", 9, 0, "2026-03-28 12:00", ["2026-03-29 09:00", "2026-03-30 09:00"]),
        ("Asia/Kathmandu", 9, 0, "2026-03-28 12:00", ["2026-03-29 09:00", "2026-03-30 09:00"]),
    ],
)
def test_a_time_that_the_clocks_skip_runs_at_the_next_valid_minute(zone, hour, minute, after, expected):
    assert series(at(hour, minute), zone, after, 2) == expected


@pytest.mark.parametrize(
    ("zone", "hour", "minute", "day"),
    [
        ("Europe/Berlin", 2, 30, "2026-10-25"),
        ("Africa/Cairo", 23, 30, "2026-10-29"),
        ("Australia/Lord_Howe", 1, 45, "2026-04-05"),
    ],
)
def test_a_time_that_the_clocks_repeat_runs_the_first_time_only(zone, hour, minute, day):
    face = f"{day} {hour:02}:{minute:02}"
    first, second = unix(face, zone), unix(face, zone, fold=1)
    assert first < second
    assert next_due(at(hour, minute), zone, first - 60) == first
    following = next_due(at(hour, minute), zone, first)
    assert following > second
    assert local(following, zone) == f"{date.fromisoformat(day) + timedelta(days=1)} {hour:02}:{minute:02}"
    assert next_due(at(hour, minute), zone, second) == following


def test_a_change_of_zone_keeps_the_face_of_the_clock():
    now = unix("2026-03-02 09:30", "Europe/Moscow")
    schedule = at(9)
    assert local(next_due(schedule, "Europe/Moscow", now), "Europe/Moscow") == "2026-03-03 09:00"
    assert local(next_due(schedule, "America/New_York", now), "America/New_York") == "2026-03-02 09:00"
    assert local(next_due(schedule, "Asia/Vladivostok", now), "Asia/Vladivostok") == "2026-03-03 09:00"


def test_downtime_over_several_days_leads_to_one_moment():
    """The late one is claimed now; the next comes after now, not after the one that was missed."""
    assert series(at(9), "Europe/Moscow", "2026-03-07 15:00", 1) == ["2026-03-08 09:00"]


def test_a_rule_without_a_day_is_refused():
    with pytest.raises(ValueError, match="no day"):
        next_due(at(9, weekdays=0), "UTC", 0)


def test_what_is_off_is_never_due():
    assert planned(a_schedule(), "UTC", 0).next_due_at is None
    assert planned(at(9), "UTC", 0).next_due_at == 9 * 3600


@given(
    zone=st.sampled_from(ZONES),
    minute=st.integers(0, 22 * 60 + 59),
    weekdays=st.integers(1, 127),
    after=st.datetimes(datetime(2024, 1, 1), datetime(2031, 12, 31)).map(
        lambda moment: int(moment.replace(tzinfo=UTC).timestamp())
    ),
)
def test_strictly_after_and_once_a_local_date(zone, minute, weekdays, after):
    """The last hour of a day is left out: where clocks skip it, its run is the next day's first minute."""
    schedule = at(0, minute, weekdays=weekdays)
    moments = [after]
    for _ in range(8):
        moments.append(next_due(schedule, zone, moments[-1]))
    assert all(later > earlier for earlier, later in pairwise(moments))
    days = [datetime.fromtimestamp(moment, ZoneInfo(zone)).date() for moment in moments[1:]]
    assert len(set(days)) == len(days)
    assert all(weekdays >> day.weekday() & 1 for day in days)
