"""What breaks: sums that add roubles to dollars, a price called dear beside others that were paid in another currency."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.wording import plain
from bot.core.locales import translator
from bot.features.placements.card import card
from bot.features.placements.gather import PlacementCard
from bot.features.placements.ledger import ledger
from metrics.placement import People, Reading, outcome
from storage.workspace.placements import Placement
from storage.workspace.workspaces import Workspace
from tests.kit.examples import examples

NOW = 1_760_000_000
OUT = NOW - 30 * 3600
RU = translator("ru")
HERE = Workspace(1, 1, "private", None, "ru", "Europe/Moscow", OUT)
SIGNS = (None, "₽", "$", "€")


def paid(
    number: int, price: float, currency: str | None, *, views: int = 10_000, joined: int = 10
) -> PlacementCard:
    placement = Placement(
        id=number, workspace_id=1, handle=f"seller_{number}", link=None, post_number=None, price=price,
        hours_on_top=1, hours_in_feed=24, promised_views=None, channel_id=None, invite_link=None,
        no_link_because=None, published_at=OUT, is_time_known=True, revenue=None, margin_percent=None,
        thread_id=None, added_by=1, created_at=OUT, currency=currency,
    )  # fmt: skip
    readings = [Reading(24, OUT + 24 * 3600, views, 0, False, None, None)]
    people = People(joined, 0, 0, 0)
    found = outcome(placement.terms, readings, people, passed_h=30, revenue=None, margin_percent=None)
    return PlacementCard(placement, readings, people, found, None)


def spent(text: str) -> list[str]:
    return re.findall(r"потрачено (.+)", plain(text).replace("\xa0", " "))


@settings(max_examples=examples(50))
@given(st.lists(st.tuples(st.integers(1, 90_000), st.sampled_from(SIGNS)), min_size=2, max_size=12))
def test_each_sum_of_the_ledger_is_of_one_currency_and_all_that_was_paid_is_in_one(prices):
    shown = [paid(number, price, sign) for number, (price, sign) in enumerate(prices, 1)]
    told = spent(ledger(shown, HERE, RU))
    sums: dict[str, int] = {}
    for price, sign in prices:
        sums[sign or "₽"] = sums.get(sign or "₽", 0) + price
    assert sorted(int(re.sub(r"\D", "", line)) for line in told) == sorted(sums.values())
    for sign in ("$", "€"):
        assert sum(sign in line for line in told) == (sign in sums)


def test_a_ledger_of_two_currencies_by_hand():
    """15 000 ₽ and 5 000 without a sign are roubles for 20 000 views, a thousand at 1 000; 100 $ for 10 000 are 10 $."""
    shown = [paid(1, 15_000, "₽"), paid(2, 5_000, None), paid(3, 100, "$")]
    text = plain(ledger(shown, HERE, RU)).replace("\xa0", " ")
    assert spent(text) == ["20 000 ₽", "100 $"]
    assert "Просмотры 20 000, CPM 1 000 ₽" in text
    assert "Просмотры 10 000, CPM 10 $" in text


@pytest.mark.parametrize(
    ("price", "says"),
    [(4_999, "Дёшево: "), (5_000, "Обычная цена: "), (9_000, "Обычная цена: "), (9_001, "Дорого: ")],
)
def test_a_card_holds_its_price_against_the_chats_own_placements(price, says):
    """Three others came at 500 to 900 ₽ a thousand; the lowest and the highest are still usual."""
    shown = replace(paid(9, price, "₽"), own_cpm=(500.0, 900.0, 3))
    text = plain(card(shown, HERE, RU, now=NOW)).replace("\xa0", " ")
    assert f"{says}другие ваши размещения (3) обходились в CPM 500–900 ₽." in text


@pytest.mark.parametrize("own", [None, (500.0, 900.0, 2)])
def test_of_fewer_than_three_other_placements_nothing_is_said(own):
    text = plain(card(replace(paid(9, 20_000, "₽"), own_cpm=own), HERE, RU, now=NOW))
    assert "Дорого" not in text
    assert "другие ваши размещения" not in text
