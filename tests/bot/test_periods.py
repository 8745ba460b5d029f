"""What people type for a period, and what buttons carry: a misread word would show another period's numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.parsing.periods import PeriodChoice, from_code, parse_period, split_request
from metrics.errors import DomainError

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7d", "7d"),
        ("30 дней", "30d"),
        ("2 недели", "14d"),
        ("неделя", "7d"),
        ("month", "30d"),
        ("Квартал", "90d"),
        ("1.10-31.10", "20261001-20261031"),
        ("1.10.2025 - 31.10.2025", "20251001-20251031"),
        ("1.12-5.1", "20251201-20260105"),
        ("2026-10-01..2026-10-31", "20261001-20261031"),
        ("с 1.10 по 31.10".removeprefix("с "), "20261001-20261031"),
        ("29.2", "20240229-20240229"),
        ("октябрь", "20261001-20261031"),
        ("декабрь", "20251201-20251231"),
        ("February 2024", "20240201-20240229"),
        ("за неделю", "7d"),
        ("за последние 30 дней", "30d"),
        ("last 7 days", "7d"),
        ("3 месяца", "90d"),
        ("полгода", "182d"),
        ("сегодня", "20261123-20261123"),
        ("today", "20261123-20261123"),
        ("вчера", "1d"),
        ("на прошлой неделе", "20261116-20261122"),
        ("last week", "20261116-20261122"),
        ("прошлый месяц", "20261001-20261031"),
        ("last month", "20261001-20261031"),
        ("прошлый квартал", "20260701-20260930"),
        ("прошлый год", "20250101-20251231"),
        ("эта неделя", "20261123-20261123"),
        ("this month", "20261101-20261123"),
        ("в октябре", "20261001-20261031"),
        ("октябрь 2025 года", "20251001-20251031"),
        ("с 1 по 15 октября", "20261001-20261015"),
        ("1–15 октября 2025", "20251001-20251015"),
        ("с 25 октября по 3 ноября", "20261025-20261103"),
        ("1-го октября", "20261001-20261001"),
        ("Oct 1-15", "20261001-20261015"),
        ("from October 1 to October 15, 2025", "20251001-20251015"),
        ("3/1-3/28", "20260301-20260328"),
        ("3/28/2026", "20260328-20260328"),
        ("2025 год", "20250101-20251231"),
        ("in 2025", "20250101-20251231"),
        ("все", "3660d"),
        ("за всё время", "3660d"),
        ("all time", "3660d"),
    ],
)
def test_a_period_is_understood(text, code):
    assert parse_period(text, TODAY).code == code


@pytest.mark.parametrize(
    "text", ["", "кофе", "марсоход", "31.2", "0d", "1.13-2.13", "-7d", "7", "янв 0000", "на 7", "с кофе"]
)
def test_other_words_are_no_period(text):
    with pytest.raises(DomainError):
        parse_period(text, TODAY)


def test_an_end_before_its_start_is_told():
    with pytest.raises(DomainError, match=r"period\.backwards"):
        parse_period("2026-10-31 - 2026-10-01", TODAY)


@pytest.mark.parametrize(
    ("text", "channel", "code"),
    [
        ("Кофе и код 30 дней", "Кофе и код", "30d"),
        ("@durov 1.10 - 31.10", "@durov", "20261001-20261031"),
        ("@durov", "@durov", None),
        ("Май", "", "20260501-20260531"),
        ("за неделю кухня", "кухня", "7d"),
        ("прошлый месяц Кофе и код", "Кофе и код", "20261001-20261031"),
        ("@durov с 1 по 15 октября", "@durov", "20261001-20261015"),
        ("Неделя моды", "Неделя моды", None),
        ("Неделя", "", "7d"),
        ("неделя моды 30d", "неделя моды", "30d"),
        ("", "", None),
    ],
)
def test_a_channel_and_a_period_in_one_line(text, channel, code):
    words, period = split_request(text, TODAY, ["Неделя моды"])
    assert (words, period.code if period else None) == (channel, code)


@pytest.mark.parametrize(
    ("text", "channel", "code"),
    [
        ("кухня 30", "кухня", "30d"),
        ("Кухня за 90", "Кухня", "90d"),
        ("kitchen last 14", "kitchen", "14d"),
        ("последние 10", "", "10d"),
        ("30", "30", None),
        ("канал 24", "канал 24", None),  # of «Канал 24 Новости»
        ("кухня в 10", "кухня в 10", None),  # an hour
        ("кухню 30", "кухню", "30d"),
        ("просмотры 900", "просмотры 900", None),  # somebody tells how many there were
        ("кухня 0", "кухня 0", None),
        ("кухня 4000", "кухня 4000", None),
    ],
)
def test_a_number_behind_a_channel_is_days(text, channel, code):
    words, period = split_request(text, TODAY, ["Кухня дома", "Kitchen", "Канал 24 Новости"])
    assert (words, period.code if period else None) == (channel, code)


def test_a_channel_called_like_a_period_is_a_channel():
    assert split_request("Октябрь", TODAY, ["Октябрь"]) == ("Октябрь", None)
    assert split_request("Неделя", TODAY, ["Неделя"]) == ("Неделя", None)


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(1, 400))
def test_a_button_brings_back_its_period(first, days):
    for choice in (PeriodChoice(days=days), PeriodChoice(first=first, last=first)):
        assert from_code(choice.code) == choice
        assert len(choice.code) <= 17


@given(st.text(max_size=30))
def test_no_text_breaks_reading_a_period(text):
    try:
        assert parse_period(text, TODAY).length_days >= 1
    except DomainError as error:
        assert error.code.startswith("period.")
