"""What breaks: a replay that judges posts which are none of the channel's feed, or the wrong counter of them."""

import math
from datetime import date, timedelta

import numpy as np
import pytest

from metrics.drops.episodes import Episode
from metrics.drops.parameters import rule
from metrics.drops.replay import replay
from tests.metrics.drops.made import (
    MONDAY,
    NORMAL,
    as_history,
    channel,
    post,
    replayed,
)


def by_metric(result, metric) -> list[Episode]:
    return [episode for episode in result.episodes if episode.metric == metric]


def test_counters_that_grow_no_more_are_no_drop_of_er_at_the_end_of_the_file():
    """The fleet's curve expects views to come for a month. Where they came at once, bringing them to 7 days errs."""
    rows = channel(120, lambda _day: 1000, posts_a_day=12)
    end = rows[-1].published_at + 3600
    found = replayed([row._replace(observed_at=end) for row in rows], rule("normal", 10), as_of=end)
    assert by_metric(found, "er") == []
    assert found.decisions["er"].drop_percent > 10


@pytest.mark.parametrize("platform", ["vk", "instagram"])
def test_reach_is_judged_where_nobody_counts_views(platform):
    """Reach halves on day 80, interactions with it: a drop of reach, none of ER."""
    rng = np.random.default_rng(4)
    rows = []
    for day in range(110):
        for hour in (9, 14, 19):
            reach = 3000 * math.exp(rng.normal(0, 0.12)) * (0.5 if day >= 80 else 1)
            rows.append(post(day, hour, None, reach * 0.03, reach=round(reach)))
    first = date.fromordinal(MONDAY)
    [found] = replay([as_history(rows, platform=platform)], NORMAL).channels
    assert found.basis == "reach"
    assert {metric: one.basis for metric, one in found.decisions.items()} == {"views": "reach", "er": "reach"}
    [fell] = found.episodes
    assert (fell.metric, fell.basis, fell.since) == ("views", "reach", first + timedelta(days=80))
    assert 40 < fell.deepest_percent < 60


def test_replies_and_stories_are_no_posts_of_a_drop():
    """Two replies a day with a tenth of the views come up on day 60: the channel's own posts are what they were."""
    own = channel(90, lambda _day: 1000)
    apart = [
        post(day, hour, 100, 3, format=kind)
        for day in range(60, 90)
        for hour, kind in ((7.5, "reply"), (21.5, "story"))
    ]
    replies_only = [one._replace(format="reply") for one in own]
    assert replayed([*own, *apart], as_of=own[-1].published_at + 8 * 86_400).episodes == []
    assert replayed(replies_only, as_of=own[-1].published_at + 8 * 86_400).state_now == "learning"


def test_years_of_silence_are_no_drop_and_stop_no_replay():
    rows = channel(60, lambda _day: 1000)
    result = replayed(rows, as_of=rows[-1].published_at + 800 * 86_400)
    assert (result.episodes, result.state_now) == ([], "learning")
    assert result.decisions["views"].reason == "no_posts"
