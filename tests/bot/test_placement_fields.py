"""What breaks: a field of the form that reads another one's value, or a moment that is not the one that was meant."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.wording import units
from bot.core.locales import translator
from bot.core.parsing.moments import read_moment
from bot.features.placements.fields import FIELDS, take
from bot.features.placements.form import buttons, form, prompt_of
from bot.features.placements.line import Draft
from metrics.errors import DomainError
from storage.workspace.workspaces import Workspace

NOW = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("завтра в 18:00", "11-28 18:00"),
        ("Завтра, 18:00", "11-28 18:00"),
        ("завтра", "11-28 12:00"),
        ("сегодня в 18", "11-27 18:00"),
        ("18:30", "11-27 18:30"),
        ("28.11 18:30", "11-28 18:30"),
        ("28.11", "11-28 12:00"),
        ("1 декабря в 9", "12-01 09:00"),
        ("послезавтра к 10:00", "11-29 10:00"),
        ("tomorrow at 6 pm", "11-28 18:00"),
        ("Nov 28 18:30", "11-28 18:30"),
        ("December 1 at 12 am", "12-01 00:00"),
        ("2026-12-03 07:05", "12-03 07:05"),
        ("в субботу в 12:00", "11-28 12:00"),
        ("на эту субботу 12:00", "11-28 12:00"),
        ("в пятницу в 18:00", "11-27 18:00"),
        ("в пятницу в 9:00", "12-04 09:00"),
        ("в пятницу", "12-04 12:00"),
        ("on Monday at 6pm", "11-30 18:00"),
        ("в субботу 5000", None),
        ("скоро", None),
        ("15000", None),
        ("31.02", None),
        ("", None),
        ("25:00", None),
    ],
)
def test_a_moment_to_come_is_read_as_people_type_it(text, moment):
    found = read_moment(text, NOW)
    assert (found and f"{found:%m-%d %H:%M}") == moment


@given(st.text(max_size=30))
def test_no_text_breaks_a_moment(text):
    found = read_moment(text, NOW)
    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("price", "15 000 ₽", {"price": 15_000, "currency": "₽"}),
        ("price", "$150", {"price": 150, "currency": "$"}),
        ("format", "1/24", {"hours_on_top": 1, "hours_in_feed": 24, "has_format": True}),
        ("format", "2 / без удаления", {"hours_on_top": 2, "hours_in_feed": None, "has_format": True}),
        ("format", "1 час в топе и 48 в ленте", {"hours_on_top": 1, "hours_in_feed": 48, "has_format": True}),
        ("format", "1 hour on top, 24 in the feed", {"hours_on_top": 1, "hours_in_feed": 24}),
        ("format", "нет", {"has_format": False}),
        ("views", "20к просмотров", {"promised_views": 20_000}),
        ("views", "не обещал", {"promised_views": None}),
        ("planned", "завтра", {"planned_at": int(NOW.replace(day=28, hour=12).timestamp())}),
        ("planned", "no", {"planned_at": None}),
        ("advertised", "https://shop.ru/?a=1", {"own_link": "https://shop.ru/?a=1", "advertised": None}),
        ("post", "t.me/Seller/12", {"handle": "seller", "post_number": 12, "is_named": True}),
    ],
)
def test_a_field_takes_its_value_and_leaves_the_others_alone(field, text, told):
    before = Draft(handle="old", is_named=True, price=1.0, promised_views=7, planned_at=5)
    after = take(before, field, text, NOW)
    assert {name: getattr(after, name) for name in told} == told
    own = (
        {"link", "post_number", "handle"}
        if field == "post"
        else set(told) | {"hours_on_top", "hours_in_feed"}
    )
    for name in {"handle", "price", "promised_views", "planned_at", "link"} - own:
        assert getattr(after, name) == getattr(before, name), name


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("price", "-5", "placement.negative"),
        ("format", "сутки", "placement.no_format"),
        ("views", "0", "placement.negative"),
        ("planned", "как-нибудь", "placement.no_moment"),
        ("planned", "сегодня в 9:00", "placement.planned_past"),
        ("post", "сто рублей", "placement.no_link"),
        ("advertised", "shop", "placement.no_address"),
    ],
)
def test_what_is_no_value_of_the_field_is_said(field, text, code):
    with pytest.raises(DomainError) as caught:
        take(Draft(), field, text, NOW)
    assert caught.value.code == code


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("field", [*FIELDS, None])
def test_the_form_shows_every_field_with_and_without_its_value(language, field):
    t, now = translator(language), int(NOW.timestamp())
    full = Draft(
        "s" * 32, f"https://t.me/{'s' * 32}/999999999999", 999_999_999_999, True, 999_999_999.0, "₽", 999, 9_999, True,
        10**12, True, None, now + 86_400, 1, f"https://{'s' * 280}", field,
    )  # fmt: skip
    place = Workspace(1, 1, "private", None, language, "America/Argentina/ComodRivadavia", 0)
    for draft in (Draft(asks=field), full):
        prompt = prompt_of(field or "price", draft, t)
        text = form(draft, None, prompt, place, t, now)
        assert units(text) <= 500
        assert "None" not in text
        assert len([line for line in text.split("\n") if ": " in line]) >= len(FIELDS)
        labels = [one.text for row in buttons(draft, 0, t).inline_keyboard for one in row]
        assert sum(label.startswith("▸") for label in labels) == (
            field is not None and (field != "planned" or not draft.link)
        )
        assert len(labels) == len(FIELDS) - bool(draft.link)
