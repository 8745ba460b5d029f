"""Best posts, hours, formats and young posts of every named series against values reckoned by hand."""

import pytest

from metrics.content import content
from metrics.frame import audience_table
from metrics.ranking.posts import top
from metrics.timing import timing
from metrics.young import young_posts
from tests.metrics.zoo import ZONE, ZOO

# What the best posts are ranked by, posts compared, the usual figure or why there is none.
USUAL = 3.0  # 30 / 1 000
TOP = {
    "steady": ("er_by_views", 21, USUAL),
    "one_viral": ("er_by_views", 21, 100 * 870 / 51_000),  # 20 x 30 + 270 of 20 x 1 000 + 31 000
    "silent_week": ("er_by_views", 5, USUAL),
    "no_views": ("er_by_subscribers", 21, 0.3),
    "eight_hours_a_day": ("er_by_views", 56, USUAL),
    "grown_subscribers": ("er_by_views", 7, USUAL),
    "views_collapse": ("er_by_views", 21, 7.5),  # 30 / 400
    "young_posts_only": ("er_by_views", 0, "posts_too_young"),
    "albums": ("er_by_views", 21, USUAL),
    "dst_spring": ("er_by_views", 21, USUAL),
    "one_post": ("er_by_views", 1, "too_few_posts"),
    "few_posts": ("er_by_views", 3, USUAL),
    "sparse_reactions": ("er_by_views", 21, 100 * 7 / 21_000),
    "all_zero": ("er_by_subscribers", 21, 0.0),
    "all_forwarded": ("er_by_views", 0, "no_posts"),
    "huge": ("er_by_views", 21, 3.0),
    "paid_beside": ("er_by_views", 21, USUAL),
    "only_the_sum": ("er_by_views", 21, USUAL),
    "no_subscribers": ("er_by_views", 21, USUAL),
    "rounded": ("er_by_views", 21, USUAL),
    "read_often": ("er_by_views", 21, USUAL),
    "replaced": ("er_by_views", 21, USUAL),
    "dates_only": ("er_by_views", 21, USUAL),
    "moment_unknown": ("er_by_views", 21, USUAL),
    "empty": ("er_by_views", 0, "no_posts"),
}
# Organic posts of the period that are a day old, and those of them whose hour is known, where that is not TOP's n.
COMPARED = {"silent_week": (0, 0), "dates_only": (21, 0)}
YOUNG = {"young_posts_only": 5}


def arguments(channel):
    return (channel.table(), audience_table(channel.audience)), {
        "zone": ZONE,
        "as_of": channel.as_of,
        "platform": channel.platform,
    }


def test_every_series_stands_in_the_table():
    assert TOP.keys() == ZOO.keys()


@pytest.mark.parametrize("name", TOP)
def test_best_posts(name):
    channel = ZOO[name]()
    tables, fixed = arguments(channel)
    found = top(*tables, **fixed, period=channel.period)
    by, n, usual = TOP[name]
    shown = found.reason or pytest.approx(found.usual, rel=1e-9)
    assert (found.by, found.n, usual) == (by, n, shown)
    assert len(found.best) == len(found.weakest) == (min(5, n // 2) if n >= 3 else 0)


@pytest.mark.parametrize("name", TOP)
def test_posts_that_are_compared(name):
    channel = ZOO[name]()
    tables, fixed = arguments(channel)
    of_content, of_timing = COMPARED.get(name, (TOP[name][1], TOP[name][1]))
    assert content(*tables, **fixed, period=channel.period).n == of_content
    answer = timing(*tables, **fixed, period=channel.period)
    assert (answer.n, sum(block.result.n for block in answer.blocks)) == (of_timing, of_timing)


@pytest.mark.parametrize("name", TOP)
def test_young_posts(name):
    channel = ZOO[name]()
    tables, fixed = arguments(channel)
    assert len(young_posts(*tables, **fixed).posts) == YOUNG.get(name, 0)
