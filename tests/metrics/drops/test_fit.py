"""The threshold of a channel's own noise, holidays, slow channels, the start of a drop, rounded pages."""

import math
from datetime import date

import numpy as np
import pytest

from metrics.audience import SubscribersAt
from metrics.drops.counts import Counts, with_page_steps
from metrics.drops.decision import judge
from metrics.drops.episodes import NEW, advance
from metrics.drops.fit import fit
from metrics.drops.holidays import TABLE, holidays
from metrics.drops.look import look
from metrics.drops.parameters import FIT_HIGHEST_Z, Rule
from metrics.drops.series import Series, is_slow, series
from metrics.drops.sources import Views
from metrics.drops.spans import Span
from tests.metrics.drops.made import MONDAY, NORMAL, Values, noisy, shifted

YEAR = 364
LAST = MONDAY + YEAR - 1


def rough(seed: int, spread: float, days: int = YEAR) -> Series:
    """Neighbouring days alike by half, as channels are."""
    rng = np.random.default_rng(seed)
    levels = np.zeros(days)
    for number in range(1, days):
        levels[number] = 0.5 * levels[number - 1] + rng.normal(0, spread * 0.56)
    day = np.repeat(np.arange(days), rng.poisson(3, days))
    return series(MONDAY + day, 7 + levels[day] + rng.normal(0, spread * 0.76, len(day)))


def judged(posts: Series, last: int, rule: Rule = NORMAL, **how: object):
    seen = look(Values("views", posts), last, rule, **how)
    return judge(
        seen.compared,
        rule,
        metric="views",
        basis="exact",
        is_slow=seen.is_slow,
        is_holiday=seen.is_holiday,
    )


def test_a_noisy_channel_asks_for_a_higher_threshold_and_never_for_more_than_the_highest():
    quiet, loud = (fit(rough(3, spread), LAST, "views", NORMAL) for spread in (0.1, 0.35))
    assert quiet.z is not None
    assert loud.z is not None
    assert 2.0 <= quiet.z <= loud.z <= FIT_HIGHEST_Z
    assert loud.z > 2.5


def test_a_short_history_is_not_fitted():
    found = fit(rough(3, 0.14, 80), MONDAY + 79, "views", NORMAL)
    assert (found.z, found.detectable_percent, found.days) == (None, None, 80)


def test_days_that_are_cut_out_can_make_a_history_too_short():
    posts = rough(3, 0.14, 90)
    assert fit(posts, MONDAY + 89, "views", NORMAL).z is not None
    assert fit(posts, MONDAY + 89, "views", NORMAL, cut=[Span(MONDAY, MONDAY + 40)]).z is None


def test_a_threshold_moves_by_three_tenths_a_week_at_most():
    assert fit(rough(3, 0.1), LAST, "views", NORMAL, before=3.5).z == pytest.approx(3.2)


@pytest.mark.parametrize("spread", [0.14, 0.22, 0.31])
@pytest.mark.parametrize("is_recorded", [True, False])
def test_a_true_fall_of_three_weeks_in_the_history_does_not_mute_the_next(spread, is_recorded):
    """Wherever in the year it lies; weekends of half the views are no part of it."""
    for seed, start in enumerate((40, 120, 200, 280), start=20):
        posts = rough(seed, spread)
        week = np.where((posts.day - MONDAY) % 7 >= 5, math.log(0.55), 0.0)
        inside = (posts.day >= MONDAY + start) & (posts.day < MONDAY + start + 21)
        calm = Series(posts.day, posts.x + week)
        fallen = Series(posts.day, calm.x + np.where(inside, math.log(0.5), 0.0))
        cut = [Span(MONDAY + start, MONDAY + start + 21)] if is_recorded else []
        before, after = (
            fit(one, LAST, "views", NORMAL, cut=spans).z or 0 for one, spans in ((calm, []), (fallen, cut))
        )
        assert abs(after - before) < 0.5


def test_what_is_promised_is_no_less_than_what_is_worth_a_warning():
    found = fit(rough(3, 0.14), LAST, "views", NORMAL)
    assert found.detectable_percent is not None
    assert found.detectable_percent >= NORMAL.gate_percent
    assert found.detectable_days in (3, 7, 14)


def test_the_channels_threshold_decides_over_the_usual_one():
    posts = shifted(rough(5, 0.2, 90), 86, 0.72)
    seen = look(Values("views", posts), MONDAY + 88, NORMAL)
    plain, strict = (
        judge(seen.compared, NORMAL, metric="views", basis="exact", fitted_z=z) for z in (None, 4.0)
    )
    assert plain.z is not None
    assert 2.0 <= plain.z < 4.0
    assert (plain.state, strict.state) == ("warning", "note")
    assert strict.needed_z == 4.0


def test_a_fall_in_a_holiday_waits_for_the_summary_and_the_days_after_it_stand_alone():
    spans = [Span(MONDAY + 80, MONDAY + 88)]
    posts = noisy(3, days=100)
    inside = (posts.day >= MONDAY + 80) & (posts.day <= MONDAY + 88)
    dipped = Series(posts.day, np.where(inside, posts.x + math.log(0.65), posts.x))
    during = judged(dipped, MONDAY + 85, holidays=spans)
    assert (during.is_holiday, during.is_pushed) == (True, False)
    assert during.state in ("warning", "critical")
    after = judged(dipped, MONDAY + 90, holidays=spans)
    assert after.window_first == date.fromordinal(MONDAY + 89)
    assert after.state not in ("warning", "critical")


def test_a_holiday_leaves_the_history():
    posts = noisy(3, days=100)
    with_all, without = (
        judged(posts, MONDAY + 99, holidays=spans) for spans in ((), [Span(MONDAY + 60, MONDAY + 69)])
    )
    assert without.history_posts < with_all.history_posts


@pytest.mark.parametrize("country", TABLE)
def test_holidays_are_days_in_order_and_new_year_runs_on_into_january(country):
    spans = holidays(country, 2024, 2026)
    assert all(0 < span.days < 20 for span in spans)
    assert [span.first for span in spans] == sorted(span.first for span in spans)
    assert any(span.first <= date(2026, 1, 1).toordinal() <= span.last for span in spans)


def test_a_country_without_a_table_has_no_holidays():
    assert holidays("none", 2024, 2026) == holidays(None, 2024, 2026) == ()


def test_between_the_two_rates_a_channel_stays_what_it_was():
    one_a_day = series(MONDAY + np.arange(60), np.full(60, 7.0))
    assert not is_slow(one_a_day, MONDAY + 59)
    assert is_slow(one_a_day, MONDAY + 59, was_slow=True)


def test_a_drop_of_a_slow_channel_is_found_by_its_last_six_posts_and_not_pushed():
    days = np.arange(0, 250, 5)
    values = np.where(days >= 215, 7 + math.log(0.5), 7.0) + np.random.default_rng(2).normal(
        0, 0.12, len(days)
    )
    decision = judged(series(MONDAY + days, values), MONDAY + 249)
    assert (decision.is_slow, decision.n, decision.history_posts, decision.is_pushed) == (True, 6, 30, False)
    assert decision.state in ("warning", "critical")


@pytest.mark.parametrize("factor", [0.5, 0.6])
def test_the_start_is_the_day_of_the_fall_and_stays_while_the_drop_is_open(factor):
    posts = shifted(noisy(7, days=110), 90, factor)
    track, starts = NEW, set()
    for day in range(MONDAY + 80, MONDAY + 108):
        decision = judged(posts, day, frozen=track.frozen)
        track = advance(track, decision, NORMAL, date.fromordinal(day + 1)).track
        if track.episode is not None:
            starts.add(track.episode.since)
    assert starts == {date.fromordinal(MONDAY + 90)}


def test_without_a_new_post_nothing_deepens_and_nothing_opens():
    posts = shifted(noisy(7, days=92), 89, 0.6)
    opened = advance(NEW, judged(posts, MONDAY + 91), NORMAL, date.fromordinal(MONDAY + 92))
    assert opened.events == ("opened",)
    later = judged(posts, MONDAY + 93, frozen=opened.track.frozen)
    still = advance(opened.track, later, NORMAL, date.fromordinal(MONDAY + 94))
    assert still.track.episode == opened.track.episode
    quiet = NEW.__class__(newest=later.newest)
    assert advance(quiet, later, NORMAL, date.fromordinal(MONDAY + 94)).events == ()


def paged(views: list[float]) -> Counts:
    """As t.me writes them: three significant digits, trailing zeros dropped, the step read from what is left."""
    written = [float(f"{value:.3g}") for value in views]
    steps = [next(10.0**power for power in range(7, -1, -1) if value % 10**power == 0) for value in written]
    day = np.repeat(np.arange(MONDAY, MONDAY + len(views) // 3 + 1), 3)[: len(views)]
    unknown = np.full(len(views), np.nan)
    counters = {"views": np.array(written)} | dict.fromkeys(
        ("reactions", "comments", "forwards", "interactions_sum", "reach"), unknown
    )
    audience = SubscribersAt(
        unknown, unknown, np.zeros(len(views), dtype=np.int64), np.zeros(len(views), dtype=np.bool_)
    )
    return Counts(day, counters, {"views": np.array(steps)}, audience, None)


def test_4k_is_exact_to_ten_once_a_page_showed_a_two_decimal_k_and_to_a_hundred_before():
    known = with_page_steps(paged([4000, 4030, 12_000, 826_000]))
    assert known.steps["views"].tolist() == [10, 10, 100, 1000]
    assert with_page_steps(paged([4000, 3000, 900])).steps["views"].tolist() == [100, 100, 100]


def test_a_channel_of_3800_views_a_post_that_lost_40_percent_is_told():
    rng = np.random.default_rng(4)
    level = np.where(np.arange(270) // 3 >= 87, 0.6, 1.0) * 3800
    views = (level * np.exp(rng.normal(0, 0.12, 270))).tolist()
    counts = with_page_steps(paged(views))
    seen = look(Views(counts, "exact", counts.day), MONDAY + 89, NORMAL)
    decision = judge(seen.compared, NORMAL, metric="views", basis=seen.basis, is_slow=seen.is_slow)
    assert decision.basis == "rounded"
    assert decision.state in ("warning", "critical")
    assert decision.is_pushed
