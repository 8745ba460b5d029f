"""What breaks: a post is held against posts of another age, or told surer than what is known of the others allows."""

import numpy as np
import pytest

from metrics.frame import audience_table, table
from metrics.maturity import VIEWS
from metrics.post_card import PostCard, post_card
from metrics.posts import AudienceReading, Post
from metrics.young import young_posts
from tests.metrics.zoo import DAY_S, ZONE, post

NOW = 1_760_000_000
EARLY, LATE = (1, 3, 6, 12, 24, 48, 168), (168,)


def grown(number: int, days_ago: float, at_7d: float, ages: tuple[int, ...], **fields: object) -> list[Post]:
    """A post along the fleet's curve, read at these ages as far as they have come."""
    published = NOW - int(days_ago * DAY_S) - number  # no two at one moment: those would be an album
    come = [age for age in ages if published + age * 3600 <= NOW] or [(NOW - published) // 3600]
    shares = VIEWS.share(np.array(come, dtype=np.float64), np.full(len(come), 12.0))
    return [
        post(
            published,
            age_s=int(age * 3600),
            external_id=str(number),
            views=round(at_7d * share),
            reactions=round(at_7d * share / 50),
            comments=0,
            forwards=0,
            **fields,
        )
        for age, share in zip(come, shares, strict=True)
    ]


def card(mine: list[Post], others: list[list[Post]], *, platform: str = "telegram") -> PostCard | None:
    histories = [*others, mine]
    return post_card(
        table([history[-1] for history in histories]),
        audience_table([AudienceReading(NOW, 50_000, 0)]),
        table([row for history in histories for row in history]),
        mine=mine[-1],
        zone=ZONE,
        as_of=NOW,
        platform=platform,
    )


def channel(count: int, ages: tuple[int, ...], at_7d: float = 10_000) -> list[list[Post]]:
    """A post a day, the newest of them two days old; a few percent apart."""
    return [grown(number, number + 2, at_7d * (1 + number % 5 / 50), ages) for number in range(count)]


@pytest.mark.parametrize(("times", "standing"), [(1.6, "ahead"), (1.03, "in_line"), (0.5, "behind")])
def test_a_young_post_is_held_against_readings_of_the_same_age(times, standing):
    found = card(grown(99, 0.25, 10_000 * times, EARLY), channel(30, EARLY))
    assert (found.level.standing, found.level.way, found.level.n) == (standing, "readings", 30)
    assert found.compared_h == pytest.approx(6, abs=0.1)
    assert found.level.percent == pytest.approx(100 * (times / 1.04 - 1), abs=3)
    assert found.rate.percent == pytest.approx(0, abs=3)  # the same share of viewers reacted


def test_an_old_post_is_held_against_others_at_seven_days_though_it_was_read_at_thirty():
    mine = grown(99, 30, 10_000, (168, 720))
    found = card(mine, [grown(number, 31 + number, 10_000, (168, 720)) for number in range(20)])
    assert found.compared_h == 168
    assert found.level.value == pytest.approx(10_000, rel=0.01)
    assert found.level.percent == pytest.approx(0, abs=1)
    assert found.counters["views"] == mine[-1].views > 12_000


def test_the_growth_of_other_channels_gives_a_usual_but_no_verdict():
    found = card(grown(99, 0.25, 20_000, EARLY), channel(30, LATE))
    assert (found.level.way, found.level.standing) == ("fleet_curve", None)
    assert found.level.usual is not None
    assert all(one.low is None for one in found.usual if one.age_h < 168)


def test_elsewhere_than_on_telegram_nothing_is_brought_to_an_age_that_nobody_read():
    found = card(grown(99, 0.25, 20_000, EARLY), channel(30, LATE), platform="vk")
    assert (found.level.usual, found.level.reason) == (None, "no_readings")
    assert found.expected_24h is None


@pytest.mark.parametrize(
    ("count", "reason", "has_span"), [(4, "too_few_posts", False), (9, None, False), (15, None, True)]
)
def test_few_neighbours_give_no_usual_and_some_give_one_without_a_span(count, reason, has_span):
    found = card(grown(99, 20, 10_000, LATE), [grown(n, 21 + n, 10_000, LATE) for n in range(count)])
    assert found.level.reason == reason
    assert (found.level.usual is None) == (reason is not None)
    assert (found.level.usual_low is not None) == has_span
    assert (found.level.standing is not None) == has_span


def test_a_channels_first_post_is_held_against_those_that_came_after_it():
    found = card(grown(99, 50, 10_000, LATE), [grown(n, 49 - n, 10_000, LATE) for n in range(20)])
    assert found.level.n == 20


def test_counters_of_an_unknown_moment_are_shown_and_not_compared():
    mine = [row._replace(observed_exact=False) for row in grown(99, 6, 10_000, (100,))]
    others = [
        [row._replace(observed_exact=False) for row in grown(n, n + 8, 10_000, LATE)] for n in range(20)
    ]
    found = card(mine, others)
    assert found.counters["views"] == mine[0].views
    assert found.age_h is None
    assert (found.level.reason, found.rate.value) == ("inexact_moment", None)


def test_a_forwarded_post_has_no_card():
    assert (
        card([row._replace(is_forwarded=True) for row in grown(99, 9, 1_000, LATE)], channel(20, LATE))
        is None
    )


def test_ads_replies_and_the_post_itself_are_not_the_usual():
    ads = [[row._replace(is_ad=True) for row in grown(200 + n, n + 3, 90_000, LATE)] for n in range(10)]
    found = card(grown(99, 9, 10_000, LATE), [*channel(40, LATE), *ads])
    assert found.level.n == len([n for n in range(40) if n + 2 > 9])
    assert found.level.percent == pytest.approx(0, abs=6)


def test_what_is_expected_is_what_the_channels_answer_says():
    mine, others = grown(99, 0.25, 10_000, EARLY), channel(30, EARLY)
    histories = [*others, mine]
    told = young_posts(
        table([history[-1] for history in histories]),
        audience_table([]),
        zone=ZONE,
        as_of=NOW,
        platform="telegram",
        readings=table([row for history in histories for row in history]),
    )
    assert card(mine, others).expected_24h == told.posts[0].expected_24h
    assert card(mine, others).at_24h is None


def test_without_views_the_response_of_subscribers_is_compared():
    def blind(history: list[Post]) -> list[Post]:
        return [row._replace(views=None) for row in history]

    found = card(
        blind(grown(99, 20, 20_000, LATE)), [blind(grown(n, 21 + n, 10_000, LATE)) for n in range(20)]
    )
    assert (found.level, found.denominator) == (None, "subscribers")
    assert (found.rate.standing, found.rate.value) == ("ahead", pytest.approx(0.8))
    assert found.grown == ()


def test_the_curve_is_every_reading_in_the_order_of_ages():
    found = card(grown(99, 10, 10_000, EARLY), channel(30, EARLY))
    assert [one.age_h for one in found.grown] == list(EARLY)
    assert [one.value for one in found.grown] == sorted(one.value for one in found.grown)
    assert [one.age_h for one in found.usual] == sorted(one.age_h for one in found.usual)
    assert all(one.low <= one.centre <= one.high for one in found.usual if one.low is not None)


def test_a_picture_of_an_album_that_is_a_row_of_its_own_is_the_album():
    album = grown(98, 20, 10_000, LATE)
    second = album[-1]._replace(external_id="picture", views=None, reactions=None)
    found = card([second], [album, *[grown(n, 21 + n, 10_000, LATE) for n in range(20)]])
    assert found.external_id == "98"
