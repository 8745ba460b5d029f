"""Local days: an hour lost or doubled, a month end, a day that does not exist."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from metrics import periods
from metrics.errors import DomainError
from metrics.periods import dates

BERLIN = ZoneInfo("Europe/Berlin")
CAIRO = ZoneInfo("Africa/Cairo")


def at(*parts, zone=BERLIN):
    return int(datetime(*parts, tzinfo=zone).timestamp())


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2025, 3, 30), BERLIN, 23),
        (date(2025, 10, 26), BERLIN, 25),
        (date(2025, 6, 1), BERLIN, 24),
        (date(2024, 4, 26), CAIRO, 23),  # the clocks skip midnight itself
    ],
)
def test_hours_of_a_day(day, zone, hours):
    one = dates(day, day, zone)
    assert one.end_unix - one.start_unix == hours * 3600


def test_a_skipped_midnight_is_the_moment_of_the_jump():
    day = dates(date(2024, 4, 26), date(2024, 4, 26), CAIRO)
    assert day.start_unix == at(2024, 4, 26, 1, zone=CAIRO)


def test_seven_days_are_the_complete_ones_before_today():
    week = periods.last_days(7, at(2025, 6, 16, 0, 1), BERLIN)
    assert (week.first, week.last, week.days) == (date(2025, 6, 9), date(2025, 6, 15), 7)


def test_the_day_is_the_zones_own():
    late = at(2025, 6, 15, 23, 30)
    assert periods.today(late, BERLIN).first == date(2025, 6, 15)
    assert periods.today(late, ZoneInfo("Asia/Tokyo")).first == date(2025, 6, 16)


def test_previous_and_history_end_where_the_period_begins():
    week = dates(date(2025, 3, 31), date(2025, 4, 6), BERLIN)
    earlier, past = periods.previous(week), periods.history(week)
    assert earlier.end_unix == past.end_unix == week.start_unix
    assert (earlier.first, earlier.days, past.days) == (date(2025, 3, 24), 7, 56)
    assert earlier.end_unix - earlier.start_unix == 7 * 86_400 - 3600


def test_a_reversed_period_is_the_persons_error():
    with pytest.raises(DomainError) as caught:
        dates(date(2025, 6, 2), date(2025, 6, 1), BERLIN)
    assert caught.value.code == "period.backwards"


def test_noon_is_local_on_the_day_the_clocks_change():
    assert periods.noons(date(2025, 3, 30), date(2025, 3, 30), BERLIN) == [at(2025, 3, 30, 12)]
    assert periods.noons(date(2025, 3, 31), date(2025, 3, 30), BERLIN) == []
