"""What breaks: a line about a bought post that is understood wrong, or asked about again."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.placements.line import Draft, read_line, read_post, read_revenue
from metrics.errors import DomainError


@pytest.mark.parametrize(
    ("text", "handle", "number", "price", "hours", "promised"),
    [
        ("t.me/name/123 15000 1/24 20000", "name", 123, 15_000, (1, 24), 20_000),
        ("https://t.me/s/Name/123 15 000 ₽ 1/24 20 000 просмотров", "name", 123, 15_000, (1, 24), 20_000),
        ("t.me/name/123?single цена 15к формат 2/48 обещали 20к", "name", 123, 15_000, (2, 48), 20_000),
        ("@name/12 15000 20000 3/72", "name", 12, 15_000, (3, 72), 20_000),
        ("@name 15 тыс. 1/∞ 3000", "name", None, 15_000, (1, None), 3_000),
        ("t.me/c/1234567890/55 5 000; 2 000 1/24", None, 55, 5_000, (1, 24), 2_000),
        ("t.me/+AbC-d 1000 1/навсегда 3к", None, None, 1_000, (1, None), 3_000),
    ],
)
def test_one_line_says_it_all(text, handle, number, price, hours, promised):
    found = read_line(text)
    assert (found.handle, found.post_number, found.price) == (handle, number, price)
    assert (found.hours_on_top, found.hours_in_feed) == hours
    assert found.promised_views == promised
    assert found.lacks is None


NOW = datetime(2026, 9, 27, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("3500 15 октября", "10-15 12:00"),
        ("3500 15-го октября 1/24", "10-15 12:00"),
        ("3500 15.10 18:00", "10-15 18:00"),
        ("15.10 в 18 3500", "10-15 18:00"),
        ("3500 выход 15.10.2026 в 9:30 мск 1/24 20к", "10-15 09:30"),
        ("3500 завтра в 18:00", "09-28 18:00"),
        ("завтра 3500", "09-28 12:00"),
        ("3500 в 18:00 завтра", "09-28 18:00"),
        ("3500 послезавтра к 12", "09-29 12:00"),
        ("3500 сегодня в 23", "09-27 23:00"),
        ("3500 18:30", "09-27 18:30"),
        ("3500 tomorrow 6pm", "09-28 18:00"),
        ("3500 tomorrow at 6 p.m.", "09-28 18:00"),
        ("3500 Oct 15", "10-15 12:00"),
        ("3500 October 15th at 6 pm", "10-15 18:00"),
        ("3500 15 Oct 18:00", "10-15 18:00"),
        ("3500 2026-10-15", "10-15 12:00"),
        ("3500", None),
        ("3500 1/24 20000", None),
    ],
)
def test_when_it_comes_out_is_read_beside_the_price_and_is_no_part_of_it(said, moment):
    found = read_line(f"@name {said}", None, NOW)
    at = found.planned_at and datetime.fromtimestamp(found.planned_at, UTC)
    assert (at and f"{at:%m-%d %H:%M}") == moment
    assert found.price == 3500
    assert found.promised_views in (None, 20_000)


@pytest.mark.parametrize("price", ["$10.05", "12.05₽", "12.05 руб", "10.05k", "15.10.500"])
def test_money_with_a_point_is_no_day(price):
    with contextlib.suppress(DomainError):
        assert read_line(f"@name {price} 1/24 20000", None, NOW).planned_at is None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("сегодня в 9:00", "placement.planned_past"),
        ("1 августа", "placement.planned_past"),
        ("15.08.2026", "placement.planned_past"),
        ("31.02", "placement.no_moment"),
    ],
)
def test_a_day_that_passed_or_is_none_is_said(said, code):
    with pytest.raises(DomainError) as refused:
        read_line(f"@name 3500 {said}", None, NOW)
    assert refused.value.code == code


def test_of_a_post_that_is_out_a_day_is_neither_price_nor_plan():
    found = read_line("t.me/name/12 3500 15.09 1/24 20000", None, NOW)
    assert (found.price, found.promised_views, found.planned_at) == (3500, 20_000, None)


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("@name 3500 1/24 20000 https://shop.ru/?utm_source=tg", "https://shop.ru/?utm_source=tg"),
        ("@name 3500 https://shop.ru/x, 1/24 20000", "https://shop.ru/x"),
        ("t.me/name/12 3500 1/24 20000 -> t.me/+AbC", "https://t.me/+AbC"),
        ("t.me/+AbC 3500 1/24 20000", None),
    ],
)
def test_an_own_address_is_where_the_post_leads(said, own):
    found = read_line(said, None, NOW)
    assert (found.own_link, found.price, found.promised_views) == (own, 3500, 20_000)
    assert found.hours_on_top == 1


def test_what_is_missing_is_asked_for_in_turn():
    draft = read_line("t.me/name/123")
    assert draft.lacks == "price"
    draft = read_line("15 000", draft)
    assert (draft.price, draft.lacks) == (15_000, "terms")
    assert read_line("1/24 20000", draft).lacks is None
    assert read_line("20 000", draft).promised_views == 20_000
    for nothing in ("нет", "не обещал", "-", "no"):
        assert read_line(nothing, draft).lacks is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("15000 1/24", "placement.no_link"),
        ("https://evil.example/name/1 5", "placement.no_link"),
        ("t.me/name/1 много", "amounts.not_a_number"),
        ("t.me/name/1 -5", "placement.negative"),
        ("t.me/name/1 5 1/24 0", "placement.negative"),
        ("t.me/name/1 1; 2; 3", "amounts.count"),
    ],
)
def test_what_can_not_be_meant_is_refused(text, code):
    with pytest.raises(DomainError) as refused:
        read_line(text)
    assert refused.value.code == code


@given(st.text(max_size=300), st.sampled_from(["", "t.me/name/1 ", "@name 1/24 "]))
def test_whatever_is_typed_is_understood_or_refused_in_a_sentence(text, beginning):
    with contextlib.suppress(DomainError):
        found = read_line(beginning + text, None, NOW)
        assert found.is_named
        assert found.price is None or found.price >= 0
        assert found.promised_views is None or found.promised_views > 0


def test_a_post_has_an_address_of_its_own():
    assert read_post("вот https://t.me/Name/7?comment=5") == ("name", 7, "https://t.me/name/7")
    assert read_post("t.me/c/1234567890/8") == (None, 8, "https://t.me/c/1234567890/8")
    for text in ("@name", "завтра", ""):
        with pytest.raises(DomainError, match=r"placement\.no_post"):
            read_post(text)


def test_a_draft_outlives_the_question_it_waits_in():
    draft = read_line("t.me/name/123 15000")
    assert Draft(**{name: getattr(draft, name) for name in Draft.__slots__}) == draft


def test_the_currency_of_a_price_is_kept():
    assert read_line("t.me/name/123 $120 1/24 20000").currency == "$"
    assert read_line("t.me/name/123 15 000 ₽").currency == "₽"
    assert read_line("t.me/name/123 15 000").currency is None


def test_a_margin_is_taken_as_told_and_asked_about_where_it_may_be_a_share():
    assert read_revenue("45000; 60", None) == (45_000, 60)
    assert read_revenue("45000 ₽", "₽") == (45_000, None)
    assert read_revenue("45000; 0,6 %", None) == (45_000, pytest.approx(0.6))
    with pytest.raises(DomainError, match=r"placement\.margin_unclear"):
        read_revenue("45000; 0,6", None)
    with pytest.raises(DomainError, match=r"money\.currencies"):
        read_revenue("45000 $", "₽")
