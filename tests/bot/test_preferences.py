"""What breaks: a button that sets what nobody asked for, a message in the quiet hours, an hour lost where clocks change."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from bot.notifications.preferences import changed, chosen, is_paused, new_schedule, not_before
from metrics.errors import DomainError
from storage.workspace.schedules import EVERY_DAY, WORKDAYS

NOW = int(datetime(2026, 11, 25, 9, 0, tzinfo=UTC).timestamp())
DIGEST = new_schedule("digest", 5, NOW)
THREE = [SimpleNamespace(id=number) for number in (1, 2, 3)]


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def test_a_new_schedule_is_off_and_takes_the_hour_of_the_other():
    assert not DIGEST.is_on
    assert new_schedule("alerts", 5, NOW, replace(DIGEST, at_minute=480)).at_minute == 480


@pytest.mark.parametrize(
    ("field", "value", "name", "expected"),
    [
        ("on", "1", "is_on", True),
        ("on", "0", "is_on", False),
        ("hour", "7", "at_minute", 420),
        ("hour", "23", "at_minute", 1380),
        ("freq", "weekly", "frequency", "weekly"),
        ("day", "0", "weekdays", EVERY_DAY - 1),
        ("days", "work", "weekdays", WORKDAYS),
        ("sense", "calm", "sensitivity", "calm"),
        ("gate", "30", "gate_percent", 30),
        ("quiet", "22-8", "quiet_to_minute", 480),
        ("quiet", "off", "quiet_from_minute", None),
        ("pause", "7", "muted_until", NOW + 7 * 86_400),
        ("pause", "0", "muted_until", None),
    ],
)
def test_each_button_sets_one_thing(field, value, name, expected):
    after = changed(DIGEST, field, value, now=NOW)
    assert getattr(after, name) == expected


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hour", "6"),
        ("hour", "24"),
        ("hour", "x"),
        ("freq", "hourly"),
        ("day", "7"),
        ("sense", "wild"),
        ("gate", "5"),
        ("gate", "51"),
        ("quiet", "1-2"),
        ("quiet", "1"),
        ("pause", "365"),
        ("weather", "1"),
    ],
)
def test_what_no_button_says_changes_nothing(field, value):
    with pytest.raises(DomainError, match=r"button\.stale"):
        changed(DIGEST, field, value, now=NOW)


def test_the_last_day_of_the_week_stays():
    only = replace(DIGEST, weekdays=1)
    assert changed(only, "day", "0", now=NOW).weekdays == 1


def test_channels_are_switched_one_by_one_and_all_of_them_means_those_to_come_too():
    first = changed(DIGEST, "channel", "2", now=NOW, visible=THREE)
    assert first.channels == (1, 3)
    assert [one.id for one in chosen(first, THREE)] == [1, 3]
    assert changed(first, "channel", "2", now=NOW, visible=THREE).channels is None
    assert changed(first, "channel", "99", now=NOW, visible=THREE).channels == (1, 3)
    last = replace(DIGEST, channels=(3,))
    assert changed(last, "channel", "3", now=NOW, visible=THREE).channels is None


@pytest.mark.parametrize(
    ("quiet", "moment", "expected"),
    [
        (("22-8"), "2026-11-25T23:30+03:00", "2026-11-26T08:00+03:00"),
        (("22-8"), "2026-11-26T07:59+03:00", "2026-11-26T08:00+03:00"),
        (("22-8"), "2026-11-26T08:00+03:00", "2026-11-26T08:00+03:00"),
        (("22-8"), "2026-11-25T21:59+03:00", "2026-11-25T21:59+03:00"),
        (("off"), "2026-11-25T23:30+03:00", "2026-11-25T23:30+03:00"),
    ],
)
def test_quiet_hours_hold_what_falls_into_them(quiet, moment, expected):
    schedule = changed(DIGEST, "quiet", quiet, now=NOW)
    assert not_before(schedule, "Europe/Moscow", at(moment)) == at(expected)


def test_quiet_hours_end_by_the_wall_clock_where_clocks_change():
    schedule = changed(DIGEST, "quiet", "22-8", now=NOW)
    assert not_before(schedule, "Europe/Berlin", at("2026-10-24T23:00+02:00")) == at("2026-10-25T08:00+01:00")


def test_a_pause_ends():
    paused = changed(DIGEST, "pause", "1", now=NOW)
    assert is_paused(paused, NOW + 86_399)
    assert not is_paused(paused, NOW + 86_400)


def test_where_no_chosen_channel_is_left_all_are_meant():
    assert [one.id for one in chosen(replace(DIGEST, channels=(9,)), THREE)] == [1, 2, 3]
