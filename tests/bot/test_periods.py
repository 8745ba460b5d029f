"""What people type for a period, and what buttons carry: a misread word would show another period's numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.parsing.arguments import written
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


SATURDAY = date(2026, 11, 28)
SAID = {
    "7d": "последняя неделя; за недельку; past week; a week; крайние 7 дней; previous 7 days",
    "2d": "пару дней; за 48 часов; couple of days; двое суток",
    "14d": "последние две недели; пару недель; a couple of weeks; fortnight; 2н",
    "45d": "за полтора месяца",
    "90d": "три месяца; 3м; three months; за квартал",
    "182d": "за пол года; 2 квартала; half a year",
    "365d": "1г; за последний год; 1y",
    "1d": "вчера; за последние 24 часа; the last 24 hours",
    "20261127-20261127": "вчерашний день; в прошлую пятницу; в пт; on friday; last friday; день назад",
    "20261126-20261126": "позавчера; the day before yesterday; 2 дня назад; в четверг; 26 числа; the 26th; за 26-е число",
    "20261121-20261122": "за выходные; на прошлых выходных; over the weekend; суббота и воскресенье",
    "20261128-20261128": "сегодня; за сегодняшний день; this weekend",
    "20261116-20261122": "прошлая неделя; прошедшая неделя; неделю назад; с прошлой неделей; за неделю с 16 по 22 ноября",
    "20261109-20261115": "позапрошлая неделя; 2 недели назад; the week before last",
    "20260901-20260930": "позапрошлый месяц; сентябрь этого года; 09.2026; sept",
    "20251001-20251031": "октябрь прошлого года; в октябре 2025-го; october of last year; за 10/2025",
    "20261001-20261031": "прошлый октябрь; месяц назад; весь октябрь; from october; с прошлым месяцем; с 1 по 31",
    "20260601-20260831": "лето; прошлым летом; всё лето; last summer; летом 2026",
    "20250901-20251130": "прошлой осенью; осень прошлого года; осень 2025",
    "20251201-20260228": "зимой; зима 2025",
    "20260701-20260930": "q3; 3 квартал; третий квартал; Q3 2026; the third quarter; прошлый квартал",
    "20260101-20260630": "первое полугодие; h1; 1 полугодие 2026",
    "20261101-20261115": "первая половина ноября; с 1 по 15; с 1 по 15 число; first half of november; с 1-го по 15-е ноября; между 1 и 15 ноября",
    "20261001-20261010": "начало прошлого месяца; в начале октября; first 10 days of october; первая декада октября",
    "20261025-20261031": "последняя неделя октября; last week of october; последние 7 дней октября",
    "20261101-20261107": "первая неделя ноября; 1-7.11; first week of november",
    "20261123-20261127": "с понедельника по пятницу; пн-пт; monday to friday; с пн по вчера",
    "20260901-20261031": "сентябрь-октябрь; с сентября по октябрь; сентябрь и октябрь; september to october",
    "20251001-20260115": "с 1 октября прошлого года по 15 января этого года; 1.10.2025-15.1.2026",
    "20261020-20261105": "с 20 по 5; с 20 октября по 5 ноября",
    "20240101-20251231": "2024-2025; за 2024-2025 годы; с 2024 по 2025 год",
    "20261001-20261128": "с 1 октября; с октября; since october; с 01.10; с начала октября; с 1 октября по сегодня; с 1.10 по сей день",
    "20261101-20261128": "с начала месяца; в этом месяце; с 1 числа; mtd; since the beginning of the month",
    "20261123-20261128": "с понедельника; с начала недели; since monday; на этой неделе; с 5 дней назад",
    "20260101-20261128": "с начала года; ytd; этот год; since the start of the year; year to date",
    "20250101-20261128": "с прошлого года; с 2025 года; since 2025",
    "20261127-20261128": "со вчера; со вчерашнего дня; вчера и сегодня; since yesterday",
    "3660d": "с самого начала; за весь срок; lifetime; since the beginning",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"), [(text, code) for code, said in SAID.items() for text in said.split("; ")]
)
def test_days_are_understood_by_the_names_people_have_for_them(text, code):
    assert parse_period(text, SATURDAY).code == code


@pytest.mark.parametrize(
    "text",
    [
        "завтра", "на следующей неделе", "за ближайший месяц", "10-20", "в 10", "с 1 по 40", "с 0 по 5", "с 30 февраля", "31.02-05.03", "с кухней", "с кофе",
        "с октябрём", "с прошлой", "пт", "ср", "weekend", "days", "недели", "черная пятница", "весенняя", "час", "3-4 дня",
    ],
)  # fmt: skip
def test_what_is_to_come_or_may_be_anything_is_no_period(text):
    with pytest.raises(DomainError, match=r"period\.unknown"):
        parse_period(text, SATURDAY)


NAMES = (
    "понедельник", "прошлый вторник", "октябрь", "прошлый май", "лето", "прошлой зимой", "q2", "второе полугодие", "за выходные",
    "прошлые выходные", "29 февраля", "31 числа", "начало марта", "неделю назад", "2 недели назад", "позапрошлый месяц", "31.12",
)  # fmt: skip


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.sampled_from(NAMES))
def test_days_of_a_name_have_begun_and_since_them_is_up_to_today(today, name):
    days = parse_period(name, today)
    assert days.first is not None
    assert days.first <= today
    if not name.startswith("за "):
        since = parse_period(f"с {name}", today)
        assert (since.first, since.last) == (days.first, today)
    if name.startswith("прошл"):
        assert days.last is not None
        assert days.last < today


@given(
    st.dates(date(2027, 1, 1), date(2034, 1, 1)),
    st.sampled_from([text for said in SAID.values() for text in said.split("; ")]),
)
def test_what_is_written_of_a_period_is_read_as_the_same(today, text):
    choice = parse_period(text, today)
    assert parse_period(written(choice), today) == choice


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
