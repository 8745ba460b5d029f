"""Named series replayed day by day, and what holds for any of them."""

import json
import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from metrics import maturity
from metrics.drops.episodes import Episode
from metrics.drops.parameters import RULES, rule
from metrics.drops.replay import History, replay, replay_json
from metrics.drops.series import Series
from tests.metrics.drops.made import (
    MONDAY,
    NORMAL,
    Values,
    as_history,
    channel,
    noisy,
    post,
    replayed,
    shifted,
    slow_decline,
    steady,
    topped_up,
    two_years_growth,
    views_collapse,
)


def day(number: int) -> date:
    return date.fromordinal(MONDAY + number)


def by_metric(result, metric) -> list[Episode]:
    return [episode for episode in result.episodes if episode.metric == metric]


def test_views_that_collapse_overnight_are_one_alarm_within_two_days_that_stays():
    result = replayed(views_collapse())
    (episode,) = by_metric(result, "views")
    assert day(60) <= episode.opened <= day(61)
    assert (episode.state, episode.closed, result.state_now) == ("critical", None, "critical")
    assert episode.deepest_percent == pytest.approx(
        100 * (1 - math.exp(-1)), abs=5
    )  # as far as a clip lets it go


def test_a_fall_deeper_than_the_clip_is_told_as_that_much_and_more():
    """From 1 200 views to 53 is -96 %; posts count no further than e^-1 below the history, which is -63 %."""
    collapsed = replayed(views_collapse())
    (episode,) = by_metric(collapsed, "views")
    assert episode.deepest_percent == pytest.approx(100 * (1 - math.exp(-1)), abs=4)
    assert collapsed.floored == {("views", episode.opened)}
    shallow = replayed(channel(100, lambda day: 1000 if day < 60 else 600))
    assert by_metric(shallow, "views")
    assert shallow.floored == frozenset()


def test_a_collapse_nobody_answers_is_the_new_level_after_56_days():
    rows = channel(150, lambda day: 1200 if day < 60 else 53)
    result = replayed(rows)
    (episode,) = by_metric(result, "views")
    assert (episode.closed - episode.opened, episode.closed_by) == (timedelta(days=56), "accepted")
    assert result.state_now == "ok"


def test_two_years_of_growth_warn_of_nothing():
    assert replayed(two_years_growth()).episodes == []


def test_a_slow_decline_is_warned_of_now_and_then_and_is_never_an_alarm():
    found = by_metric(replayed(slow_decline()), "views")
    assert 1 <= len(found) <= 6
    assert {episode.state for episode in found} == {"warning"}


def test_a_steady_channel_is_left_alone():
    assert replayed(steady()).episodes == []


def test_the_end_of_bought_views_is_a_drop_of_views_and_no_drop_of_er():
    result = replayed(topped_up())
    assert [(episode.metric, episode.opened in (day(70), day(71))) for episode in result.episodes] == [
        ("views", True)
    ]


def test_views_fall_while_er_rises():
    rows = channel(90, lambda day: 1000 if day < 70 else 550, er=lambda day: 0.03 if day < 70 else 0.06)
    assert {episode.metric for episode in replayed(rows).episodes} == {"views"}


def test_er_falls_while_views_stay():
    rows = channel(90, lambda _day: 1000, er=lambda day: 0.03 if day < 70 else 0.01)
    (episode,) = replayed(rows).episodes
    assert (episode.metric, episode.state) == ("er", "warning")
    assert day(70) <= episode.opened < day(74)
    assert 50 < episode.deepest_percent < 80


def test_a_drop_that_passes_is_closed():
    rows = channel(120, lambda day: 600 if 70 <= day < 80 else 1000)
    (episode,) = by_metric(replayed(rows), "views")
    assert day(80) < episode.closed < day(87)
    assert episode.closed_by == "recovered"


def test_one_viral_post_opens_nothing():
    rows = steady()
    rows[300] = rows[300]._replace(views=40_000, reactions=150)
    assert replayed(rows).episodes == []


@pytest.mark.parametrize("how", RULES)
def test_the_literal_rule_alone_is_loud_on_a_channel_that_does_not_change(how):
    found = replayed(steady(), rule(how)).episodes
    assert len(found) > 5 if how == "literal" else len(found) == 0


def test_posts_that_are_not_the_channels_own_or_are_paid_take_no_part():
    rows = steady()
    strangers = [post(number, 21, 20, 0, is_forwarded=True) for number in range(100, 180)]
    paid = [post(number, 22, 20, 0, is_ad=True) for number in range(100, 180)]
    assert replayed([*rows, *strangers, *paid]) == replayed(rows)


def test_the_last_seven_days_are_left_out():
    """Their counters still grow: read at the end they would look like a drop."""
    young = [post(100 + number, 12, 100, 3) for number in range(7)]
    rows = [row for row in steady() if row.published_at < young[0].published_at - 12 * 3600]
    end = young[-1].published_at + 6 * 3600
    seen = [row._replace(observed_at=end) for row in (*rows, *young)]
    result = replayed(seen, as_of=end)
    assert (result.episodes, result.days) == ([], 99)
    assert result.decisions["views"].window_last == day(98)


def test_counters_of_different_ages_are_brought_to_7_days():
    """A file made today: what is 8 days old has a quarter fewer views than it will have."""
    rows = steady()
    end = rows[-1].published_at + 8 * 86_400
    shares = maturity.VIEWS.share(np.array([(end - row.published_at) / 3600 for row in rows]))
    grown = [
        row._replace(observed_at=end, views=round(row.views * share))
        for row, share in zip(rows, shares, strict=True)
    ]
    as_they_stand = [row._replace(observed_at=row.published_at + 7 * 86_400) for row in grown]
    assert by_metric(replayed(grown, as_of=end), "views") == []
    assert by_metric(replayed(as_they_stand, as_of=end), "views") != []


def test_components_are_alike_on_both_sides():
    """From day 60 on forwards are counted too; ER seems to double and nothing has happened. Then it does not."""
    rows = [
        row._replace(forwards=row.reactions if row.published_at >= post(60, 0, 1, 1).published_at else None)
        for row in channel(120, lambda _day: 1000, er=lambda day: 0.03 if day < 100 else 0.01)
    ]
    (episode,) = replayed(rows).episodes
    assert episode.opened >= day(100)


def test_a_file_without_views_can_not_decide():
    rows = [row._replace(views=None) for row in steady()]
    result = replayed(rows)
    assert (result.state_now, result.episodes) == ("learning", [])
    assert {one.reason for one in result.decisions.values()} == {"no_data"}


def test_a_channel_of_few_posts_is_learning():
    result = replayed([post(number * 30, 12, 1000, 30) for number in range(4)])
    assert (result.state_now, result.episodes) == ("learning", [])


def test_no_posts_at_all():
    one = as_history([*steady()][:1])
    nothing = replace(one, sources=one.sources, first=one.last + 1, posts=0)
    result = replay([nothing], NORMAL).channels[0]
    assert (result.days, result.posts_per_day, result.state_now, result.episodes) == (0, None, "learning", [])
    assert replay([], NORMAL).channels == []


@pytest.mark.parametrize("seed", range(4))
def test_it_never_looks_ahead(seed):
    """Whatever comes later, the days before are decided alike."""
    rows = channel(120, lambda day: 1000 if day % 40 < 25 else 650, seed=seed)
    end = rows[-1].published_at + 8 * 86_400
    whole = replayed(rows, as_of=end)
    for cut in (70, 85, 101):
        early = post(cut, 0, 1, 1).published_at
        changed = [row if row.published_at < early else row._replace(views=7, reactions=None) for row in rows]
        past = [
            (one.metric, one.opened, one.drop_percent, one.z, one.n)
            for one in whole.episodes
            if one.opened < day(cut)
        ]
        again = replayed(changed, as_of=end)
        assert [
            (one.metric, one.opened, one.drop_percent, one.z, one.n)
            for one in again.episodes
            if one.opened < day(cut)
        ] == past
        stopped = replayed(rows, as_of=early + 7 * 86_400)
        assert [one.opened for one in stopped.episodes] == [opened for _, opened, *_ in past]


def test_neither_the_scale_of_views_nor_the_order_of_rows_matters():
    rows = channel(110, lambda day: 1000 if day < 70 else 600)
    usual = by_metric(replayed(rows), "views")
    for other in (rows[::-1], [row._replace(views=row.views * 8) for row in rows]):
        again = by_metric(replayed(other), "views")
        assert [(one.opened, one.closed, one.state) for one in again] == [
            (one.opened, one.closed, one.state) for one in usual
        ]
        assert [one.drop_percent for one in again] == pytest.approx([one.drop_percent for one in usual])


def as_values(posts: Series) -> History:
    return History("example", (Values("views", posts),), MONDAY, MONDAY + 89, len(posts.day))


def test_unchanged_channels_are_rarely_warned_of():
    """The promise: at most one a quarter. These forty have a month of theirs decided."""
    results = [replay([as_values(noisy(seed))], NORMAL).channels[0] for seed in range(40)]
    assert sum(len(result.episodes) for result in results) <= 5


def test_a_deeper_drop_is_found_no_later():
    for seed in range(10):
        opened = []
        for factor in (0.75, 0.6, 0.4):
            found = replay([as_values(shifted(noisy(seed), 75, factor))], NORMAL).channels[0].episodes
            opened.append(next((one.opened for one in found if one.opened >= day(75)), date.max))
        assert opened == sorted(opened, reverse=True)


def test_the_json_is_plain_and_whole():
    result = replay_json(replay([as_history(views_collapse(), name="Канал")], NORMAL))
    (found,) = json.loads(json.dumps(result, allow_nan=False))["channels"]
    assert list(found) == ["name", "days", "posts_per_day", "basis", "state_now", "episodes"]
    assert (found["name"], found["basis"], found["posts_per_day"]) == ("Канал", "final", pytest.approx(3))
    (episode,) = found["episodes"]
    assert list(episode) == [
        "metric", "state", "opened", "closed", "drop_percent", "deepest_percent", "z", "n",
    ]  # fmt: skip
    assert (episode["closed"], date.fromisoformat(episode["opened"]) >= day(60)) == (None, True)


def test_many_channels_are_replayed_on_their_own_days():
    early, late = channel(80, lambda _day: 1000), channel(160, lambda day: 1000 if day < 120 else 500)
    end = late[-1].published_at + 8 * 86_400
    result = replay([as_history(early, as_of=end), as_history(late[240:], as_of=end)], NORMAL)
    assert [len(one.episodes) for one in result.channels] == [0, 1]
    assert result.channels[0].decisions["views"].reason == "no_posts"
    assert [one.days for one in result.channels] == [160, 80]
