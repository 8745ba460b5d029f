"""Every public rate of every named series against values reckoned by hand. Catches a wrong denominator, a lost post,
a missing value taken for zero.
"""

import numpy as np
import pytest

from metrics.formulas import FORMULAS
from metrics.maturity import REACTIONS, VIEWS
from tests.metrics.zoo import ZOO

READ_LATE = {"er_by_reach": "field_absent", "view_rate_24h": "no_readings", "view_rate_48h": "no_readings"}
# 3 posts a day, each 1 000 views, 20 reactions + 4 comments + 6 forwards = 30 interactions, 10 000 subscribers.
STEADY = READ_LATE | {
    "er_by_views": 3.0,  # 30 / 1 000
    "er_by_subscribers": 0.3,  # 30 / 10 000
    "er_day": 0.9,  # 90 / 10 000
    "view_rate": 10.0,
    "view_rate_median": 10.0,
    "er_post_median": 3.0,
    "forward_rate": 0.6,
    "reaction_rate": 2.0,
    "comment_rate": 0.4,
    "love_rate": 0.2,
    "talk_rate": 0.04,
    "weighted_er": 3.0,
}
OVER_VIEWS = ("er_by_views", "er_post_median", "forward_rate", "reaction_rate", "comment_rate", "weighted_er")
OVER_SUBSCRIBERS = ("er_by_subscribers", "view_rate", "view_rate_median", "love_rate", "talk_rate")
VIEWS_OF = ("view_rate", "view_rate_median")


# Five posts of 8 to 12 o'clock read at 20:00, brought to 7 days: views by the hour of posting, what people do without it.
AGES_H = np.array([12.0, 11.0, 10.0, 9.0, 8.0])
GROWN_VIEWS = 1000 / VIEWS.share(AGES_H, np.array([8.0, 9.0, 10.0, 11.0, 12.0]))
GROWN = 1 / REACTIONS.share(AGES_H)
OVER = 100 * GROWN.sum() / GROWN_VIEWS.sum()
YOUNG = READ_LATE | {
    "er_by_views": 30 * OVER,
    "weighted_er": 30 * OVER,
    "forward_rate": 6 * OVER,
    "reaction_rate": 20 * OVER,
    "comment_rate": 4 * OVER,
    "er_post_median": 100 * float(np.median(30 * GROWN / GROWN_VIEWS)),
    "er_by_subscribers": 0.3 * GROWN.mean(),
    "er_day": 0.3 * GROWN.sum(),
    "love_rate": 0.2 * GROWN.mean(),
    "talk_rate": 0.04 * GROWN.mean(),
    "view_rate": GROWN_VIEWS.mean() / 100,
    "view_rate_median": float(np.median(GROWN_VIEWS)) / 100,
}


def each(codes, value):
    return dict.fromkeys(codes, value)


EXPECTED = {
    "steady": STEADY,
    # 20 plain posts and one of 31 000 views, 60 + 4 + 206 = 270 interactions
    "one_viral": STEADY
    | {
        "er_by_views": 870 / 51_000 * 100,
        "weighted_er": 870 / 51_000 * 100,
        "er_by_subscribers": (20 * 0.3 + 2.7) / 21,
        "er_day": 870 / 7 / 10_000 * 100,
        "view_rate": (20 * 10 + 310) / 21,
        "forward_rate": 326 / 51_000 * 100,
        "reaction_rate": 460 / 51_000 * 100,
        "comment_rate": 84 / 51_000 * 100,
        "love_rate": (20 * 0.2 + 0.6) / 21,
    },
    "silent_week": STEADY | {"er_day": 0.0},  # the last five posts stand in, the days do not
    "no_views": STEADY | each(OVER_VIEWS + VIEWS_OF, "field_absent"),
    "eight_hours_a_day": STEADY | {"er_day": 2.4},  # 8 x 30 / 10 000
    # one post a day over 1, 2, 4, 5, 8, 10, 20 thousand subscribers: 100 50 25 20 12.5 10 5 % of views
    "grown_subscribers": STEADY
    | {
        "view_rate": 222.5 / 7,
        "view_rate_median": 20.0,
        "er_by_subscribers": 222.5 / 7 * 0.03,
        "er_day": 222.5 / 7 * 0.03,
        "love_rate": 222.5 / 7 * 0.02,
        "talk_rate": 222.5 / 7 * 0.004,
    },
    "views_collapse": STEADY
    | {
        "er_by_views": 7.5,  # 30 / 400
        "weighted_er": 7.5,
        "er_post_median": 7.5,
        "view_rate": 4.0,
        "view_rate_median": 4.0,
        "forward_rate": 1.5,
        "reaction_rate": 5.0,
        "comment_rate": 1.0,
    },
    "young_posts_only": YOUNG,
    "albums": STEADY,
    "dst_spring": STEADY,
    "one_post": READ_LATE
    | each(OVER_VIEWS + OVER_SUBSCRIBERS, "too_few_posts")
    | {"er_day": 30 / 10_000 / 7 * 100},
    "few_posts": STEADY | {"er_day": 0.9 / 7},
    # 21 posts, 7 reactions in all
    "sparse_reactions": STEADY
    | {
        "er_by_views": 7 / 21_000 * 100,
        "weighted_er": 7 / 21_000 * 100,
        "reaction_rate": 7 / 21_000 * 100,
        "er_by_subscribers": 7 / 21 / 10_000 * 100,
        "love_rate": 7 / 21 / 10_000 * 100,
        "er_day": 1 / 10_000 * 100,
        "er_post_median": 0.0,
        "forward_rate": 0.0,
        "comment_rate": 0.0,
        "talk_rate": 0.0,
    },
    "all_zero": READ_LATE | each(OVER_VIEWS, "zero_denominator") | each((*OVER_SUBSCRIBERS, "er_day"), 0.0),
    "all_forwarded": each(FORMULAS, "no_posts"),
    # 10^15 views over 10 000 subscribers
    "huge": STEADY
    | {"view_rate": 1e13, "view_rate_median": 1e13, "er_by_subscribers": 3e11, "er_day": 9e11}
    | {"love_rate": 2e11, "talk_rate": 4e10},
    "paid_beside": STEADY,
    "only_the_sum": STEADY
    | each(("forward_rate", "reaction_rate", "comment_rate", "love_rate", "talk_rate"), "field_absent"),
    "no_subscribers": STEADY | each((*OVER_SUBSCRIBERS, "er_day"), "no_subscribers"),
    "rounded": STEADY,
    "read_often": STEADY | {"view_rate_24h": 5.7, "view_rate_48h": 7.0},
    "replaced": STEADY,
    "dates_only": STEADY,
    "moment_unknown": STEADY,
    "empty": each(FORMULAS, "no_posts"),
}


def test_every_series_of_the_zoo_has_a_table_of_every_rate():
    assert EXPECTED.keys() == ZOO.keys()
    assert all(table.keys() == FORMULAS.keys() for table in EXPECTED.values())


@pytest.mark.parametrize("name", EXPECTED)
def test_rates(name):
    rates = ZOO[name]().summary().rates
    shown = {code: rate.reason or rate.value for code, rate in rates.items()}
    expected = {
        code: value if isinstance(value, str) else pytest.approx(value, rel=1e-9)
        for code, value in EXPECTED[name].items()
    }
    assert shown == expected


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_worked_example_of(formula):
    from metrics.sample import sample

    assert formula.compute(sample(**formula.example.inputs)).value == pytest.approx(
        formula.example.value, abs=0.005
    )
