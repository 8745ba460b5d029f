"""What people call a channel: a misread name would show another channel's numbers."""

import pytest

from bot.core.parsing.names import called, choose
from metrics.errors import DomainError
from tests.bot.understanding.phrasings import COFFEE, KITCHEN, KNOWN, ROUTE, Known

CHANNELS = [one for one in KNOWN if not one.is_watched]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Кухня без спешки", KITCHEN),
        ("КУХНЯ", KITCHEN),
        ("кухню", KITCHEN),
        ("кухн без", KITCHEN),
        ("спешки", KITCHEN),
        ("куxня", KITCHEN),
        ("маршрута", ROUTE),
        ("маршурт", ROUTE),
        ("«Маршрут»", ROUTE),
        ("@coffee_code", COFFEE),
        ("https://t.me/coffee_code", COFFEE),
        ("cofee code", COFFEE),
        ("kuhnya", KITCHEN),
        ("Kukhnia bez", KITCHEN),
        ("marshrut", ROUTE),
        ("кофе", COFFEE),
        ("re[yz", KITCHEN),
        ("Vfhihen", ROUTE),
    ],
)
def test_a_name_is_understood_by_parts_in_any_case_without_emoji_with_a_slip_and_in_the_other_alphabet(
    words, title
):
    assert [one.title for one in choose(CHANNELS, words)] == [title]


@pytest.mark.parametrize(
    "words",
    [
        "chaynik",
        "kod",
        "cofe_code@",
        "xfqybr",
        "чайник",
        "@coffee_cod",
        "t.me/coffee_cod",
        "кафе",
        "нет",
        "кухня маршрут",
    ],
)
def test_another_name_is_nobodys(words):
    with pytest.raises(DomainError, match=r"channel\.unknown"):
        choose(CHANNELS, words)


def test_where_a_slip_would_be_another_channel_none_is_allowed():
    with pytest.raises(DomainError, match=r"channel\.unknown"):
        choose(CHANNELS, "маршурт", with_slips=False)


@pytest.mark.parametrize("words", ["маркетингу", "маркетингом", "маркетинг дейли", "marketing"])
def test_a_latin_title_is_known_by_its_russian_spelling_in_any_case(words):
    known = [*CHANNELS, Known("Marketing Daily")]
    assert [one.title for one in called(known, words)] == ["Marketing Daily"]
