"""What an ad would get, what it would cost, what to ask the seller."""

from zoneinfo import ZoneInfo

import pytest

from metrics.audit.price import NORMS, ExpectedViews, Norm, cost
from metrics.posts import AudienceReading
from tests.metrics.audit.watched import START, Channel, counted, line, watched

SPREAD = [{"views": views} for views in range(1000, 2001, 10)]  # at 7 days


def test_views_at_24_hours_with_their_band():
    """Posts read at 7 days: .57 of it at 24 h; the last 30 of them lie from 1 710 to 2 000."""
    views = counted(SPREAD, age_h=168, every_h=48).check().expected_views_24h
    assert views.n == 30
    assert views.value == pytest.approx(0.57 * 1855, abs=1)
    assert views.low == pytest.approx(0.57 * (1710 + 29), abs=1)
    assert views.high == pytest.approx(0.57 * (2000 - 29), abs=1)


def test_views_read_at_24_hours_need_no_curve():
    early = watched(line((0, 0), (24, 900), (168, 1000)))
    assert early.check().expected_views_24h.value == 900


def test_too_few_posts_and_no_views_say_so():
    assert counted(SPREAD[:4]).check().expected_views_24h.reason == "posts_5"
    unseen = counted([{"reactions": 5}] * 9).check(price_asked=100)
    assert (unseen.expected_views_24h.value, unseen.expected_views_24h.reason) == (None, "no_views")
    assert (unseen.cpm.asked, unseen.cpm.reason) == (None, "no_views")


def test_cpm_asked_beside_the_usual_of_a_topic():
    channel = counted([{"views": 10_000}] * 40, age_h=24)
    cost = channel.check(price_asked=5000, norm=NORMS["education"]).cpm
    assert (cost.asked, cost.usable) == (500, 500)
    assert (cost.usual_low, cost.usual_high, cost.source) == (200, 300, "marketing_uma 2025")
    assert (cost.fair_low, cost.fair_high) == (2000, 3000)


FORECAST = ExpectedViews(10_000, 8_000, 12_500, 10_000, 40)
OWN = Norm(300, 700, "own", 2026, currency=None, is_own=True)


def test_beside_a_forecast_cpm_is_a_range():
    found = cost(5_000, FORECAST, None, "₽")
    assert (found.asked_low, found.asked, found.asked_high) == (400, 500, 625)
    assert found.currency == "₽"


@pytest.mark.parametrize(
    ("price", "standing"),
    [(2_999, "cheap"), (3_000, "usual"), (7_000, "usual"), (7_001, "dear"), (None, None)],
)
def test_a_price_beside_the_usual_one(price, standing):
    assert cost(price, FORECAST, OWN).standing == standing


@pytest.mark.parametrize(
    ("currency", "norm", "low", "reason"),
    [
        ("₽", NORMS["education"], 200, None),
        (None, NORMS["education"], 200, None),
        ("$", NORMS["education"], None, "other_currency"),
        ("$", OWN, 300, None),
        ("$", None, None, "other_currency"),
        ("₽", None, None, "topic_unknown"),
    ],
)
def test_prices_of_two_currencies_are_not_compared(currency, norm, low, reason):
    found = cost(5_000, FORECAST, norm, currency)
    assert (found.usual_low, found.usual_reason) == (low, reason)
    assert (found.standing is None) == (low is None)


def test_without_a_topic_nothing_is_invented():
    cost = counted([{"views": 10_000}] * 40).check(price_asked=5000).cpm
    assert (cost.usual_low, cost.usual_high, cost.source) == (None, None, None)
    assert cost.usual_reason == "topic_unknown"
    assert counted([{"views": 10_000}] * 40).check().cpm.reason == "no_price"


def test_every_norm_names_source_and_year():
    assert all(norm.low < norm.high and norm.source and norm.year >= 2025 for norm in NORMS.values())


@pytest.mark.parametrize(("count", "asked"), [(9_999, False), (10_000, True)])
def test_the_registry_is_asked_for_from_ten_thousand_on(count, asked):
    channel = Channel((), (AudienceReading(START, count, 0),))
    rules = channel.check().compliance
    assert [rule["code"] for rule in rules] == (["registry"] if asked else [])
    assert all(rule["since"] == "2025-01-01" for rule in rules)


def test_facts_a_buyer_sees_first():
    channel = counted([{"views": 1000, "reactions": 20, "forwards": 5}] * 80)
    checked = Channel(channel.rows, (AudienceReading(START, 5000, 0),), channel.as_of).check()
    facts = checked.facts
    assert (facts.posts, facts.subscribers, facts.views_median) == (80, 5000, 1000)
    assert facts.ad_percent == 0
    assert len(facts.dots) == 30


def test_posting_hours_are_those_of_the_owners_zone():
    """At 6 hours a night post has 50 % of its views at 24 h, a morning post 78 % (docs/evidence.md, section 2.2)."""
    channel = counted([{"views": 1000}] * 20, age_h=6, every_h=24)
    assert channel.check().expected_views_24h.value == pytest.approx(1000 / 0.78, rel=0.02)
    moved = channel.check(zone=ZoneInfo("Asia/Vladivostok"))
    assert moved.expected_views_24h.value == pytest.approx(1000 / 0.62, rel=0.02)
