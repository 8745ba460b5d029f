"""What breaks: what is written behind /digest sets something else than was said, or is taken though nobody understood it."""

import pytest

from bot.core.parsing.routine import EVERY_DAY, WEEKEND, WORKDAYS, Routine, read_routine
from bot.notifications.preferences import arranged, new_schedule
from metrics.errors import DomainError

TEN = 600


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10:00", Routine(at_minute=TEN)),
        ("в 10", Routine(at_minute=TEN)),
        ("9.30", Routine(at_minute=570)),
        ("9am", Routine(at_minute=540)),
        ("7pm", Routine(at_minute=1140)),
        ("10:00 пн-пт", Routine(at_minute=TEN, weekdays=WORKDAYS, frequency="daily")),
        ("пн–пт 10:00", Routine(at_minute=TEN, weekdays=WORKDAYS, frequency="daily")),
        ("по будням в 10", Routine(at_minute=TEN, weekdays=WORKDAYS, frequency="daily")),
        ("mon-fri 10:00", Routine(at_minute=TEN, weekdays=WORKDAYS, frequency="daily")),
        ("weekdays at 10", Routine(at_minute=TEN, weekdays=WORKDAYS, frequency="daily")),
        ("пн, ср, пт", Routine(weekdays=0b0010101, frequency="daily")),
        ("с пн до ср", Routine(weekdays=0b0000111, frequency="daily")),
        ("сб-пн", Routine(weekdays=0b1100001, frequency="daily")),
        ("по выходным", Routine(weekdays=WEEKEND, frequency="daily")),
        ("каждый день 8:15", Routine(at_minute=495, weekdays=EVERY_DAY, frequency="daily")),
        ("раз в неделю пн 9:00", Routine(at_minute=540, weekdays=1, frequency="weekly")),
        ("weekly mon 9", Routine(at_minute=540, weekdays=1, frequency="weekly")),
        ("раз в месяц", Routine(frequency="monthly")),
        ("по будням в десять тридцать", Routine(at_minute=630, weekdays=WORKDAYS, frequency="daily")),
        ("в девять утра", Routine(at_minute=540)),
        ("в полдень", Routine(at_minute=720)),
        ("в полдесятого", Routine(at_minute=570)),
        ("полпервого", Routine(at_minute=750)),
        ("at half past nine", Routine(at_minute=570)),
        ("в 9 30", Routine(at_minute=570)),
        ("off", Routine(is_on=False)),
        ("выкл", Routine(is_on=False)),
        ("выключи", Routine(is_on=False)),
        ("on", Routine()),
    ],
)
def test_what_is_written_is_what_is_set(text, said):
    assert read_routine(text) == said


@pytest.mark.parametrize("text", ["", "ерунда", "25:00", "10:75", "10:00 кухня", "@name", "10:00!?"])
def test_what_is_not_understood_is_refused(text):
    with pytest.raises(DomainError, match=r"settings\.not_understood"):
        read_routine(text)


def test_a_schedule_takes_what_was_said_and_keeps_the_rest():
    off = new_schedule("digest", 5, 0)
    known = arranged(off, read_routine("10:00 пн-пт"), 7)
    assert (known.is_on, known.at_minute, known.weekdays, known.frequency) == (True, TEN, WORKDAYS, "daily")
    assert arranged(known, read_routine("11"), 7).weekdays == WORKDAYS
    weekly = arranged(known, read_routine("раз в неделю ср"), 7)
    assert (weekly.frequency, weekly.weekday, weekly.at_minute) == ("weekly", 2, TEN)
    assert not arranged(known, read_routine("off"), 7).is_on
    with pytest.raises(DomainError, match=r"settings\.too_early"):
        arranged(off, read_routine("5:00"), 7)


def test_alerts_come_daily_whatever_days_are_named():
    alerts = arranged(new_schedule("alerts", 5, 0), read_routine("10:00 пн-пт"), 7)
    assert (alerts.is_on, alerts.at_minute, alerts.weekdays) == (True, TEN, EVERY_DAY)
