"""Signs of a whole history: collapse, shift, ads against own posts, subscribers without readers, rates too even."""

import math

import pytest

from metrics.posts import AudienceReading
from tests.metrics.audit.watched import DAY_S, START, Channel, counted, found, reading

NOISE = (0.0, 0.12, -0.09, 0.2, -0.15, 0.05, -0.03)


def posted(views, days, *, per_day=2, count=None, **flags):
    """Posts read once, 30 days after the last; `views` by the day of publication, scattered a little."""
    rows = [
        reading(
            number,
            START + round((number / per_day + 0.3) * DAY_S),
            24.0 * (days + 30 - number / per_day),
            views=round(views(number / per_day) * math.exp(NOISE[number % len(NOISE)])),
            **(count(number) if count else {}),
            **flags,
        )
        for number in range(per_day * days)
    ]
    return Channel(tuple(rows), as_of=START + (days + 60) * DAY_S)


def with_subscribers(channel, count, days):
    kept = tuple(AudienceReading(START + day * DAY_S, round(count(day)), 0) for day in range(days))
    return Channel(channel.rows, kept, channel.as_of)


def steady_reactions(number):
    return {"reactions": 40 + 7 * (number % 5), "forwards": 9 + number % 4}


@pytest.mark.parametrize(("left", "strength"), [(0.5, None), (0.36, None), (0.3, "strong"), (0.05, "strong")])
def test_views_that_collapse_while_subscribers_stay(left, strength):
    channel = posted(lambda day: 2000 * (left if day >= 60 else 1), 90)
    fall = found(with_subscribers(channel, lambda day: 9000, 90), "collapse")
    assert fall.strength == strength
    if strength:
        assert fall.value == pytest.approx(100 * left, rel=0.1)
        assert abs(fall.since - (START + 60 * DAY_S)) < 3 * DAY_S
        assert fall.until > START + 88 * DAY_S


def test_a_collapse_is_a_weak_sign_without_subscribers_and_none_where_they_left_too():
    channel = posted(lambda day: 2000 * (0.2 if day >= 60 else 1), 90)
    assert found(channel, "collapse").strength == "weak"
    leaving = with_subscribers(channel, lambda day: 9000 * (0.3 if day >= 60 else 1), 90)
    assert found(leaving, "collapse").strength is None


def test_a_fall_of_four_days_or_over_a_month_is_no_collapse():
    short = posted(lambda day: 2000 * (0.2 if 60 <= day < 64 else 1), 90)
    assert found(short, "collapse").strength is None
    slow = posted(lambda day: 2000 * 0.2 ** min(1, max(0, day - 40) / 30), 90)
    assert found(slow, "collapse").strength is None


@pytest.mark.parametrize(("times", "strength"), [(1.3, None), (1.7, "weak"), (2.4, "strong")])
def test_views_that_rise_from_a_date_while_nobody_reacts_more(times, strength):
    channel = posted(lambda day: 3000 * (times if day >= 60 else 1), 120, count=steady_reactions)
    shift = found(with_subscribers(channel, lambda day: 9000, 120), "level_shift")
    assert shift.strength == strength
    if strength:
        assert shift.value == pytest.approx(times, rel=0.1)
        assert abs(shift.since - (START + 60 * DAY_S)) < 3 * DAY_S


def test_a_rise_with_reactions_or_with_subscribers_or_that_builds_up_is_growth():
    def risen(day):
        return 3000 * (2.4 if day >= 60 else 1)

    reacting = posted(risen, 120, count=lambda n: {"reactions": round(0.02 * risen(n / 2)) + n % 5})
    assert found(with_subscribers(reacting, lambda day: 9000, 120), "level_shift").strength is None
    silent = posted(risen, 120, count=steady_reactions)
    joined = with_subscribers(silent, lambda day: 9000 * (2.4 if day >= 60 else 1), 120)
    assert found(joined, "level_shift").strength is None
    slow = posted(lambda day: 3000 * 2.4 ** (day / 120), 120, count=steady_reactions)
    assert found(with_subscribers(slow, lambda day: 9000, 120), "level_shift").strength is None
    assert found(posted(risen, 120), "level_shift") == "rates"


def with_ads(times, *, reactions_of_ads=30):
    ads = tuple(
        row._replace(is_ad=number % 6 == 0, views=round(row.views * (times if number % 6 == 0 else 1)))
        for number, row in enumerate(posted(lambda day: 2000, 60).rows)
    )
    rows = tuple(row._replace(reactions=reactions_of_ads if row.is_ad else 60) for row in ads)
    return Channel(rows, as_of=START + 120 * DAY_S)


@pytest.mark.parametrize(("times", "strength"), [(1.0, None), (1.2, None), (1.45, "weak"), (1.8, "strong")])
def test_ads_that_are_seen_more_than_own_posts(times, strength):
    ads = found(with_ads(times), "ads_against_own")
    assert (ads.strength, ads.n) == (strength, 20)


def test_ads_that_are_liked_more_are_read_more():
    assert found(with_ads(1.8, reactions_of_ads=300), "ads_against_own").strength is None
    assert found(posted(lambda day: 2000, 60), "ads_against_own") == "ads_5"


@pytest.mark.parametrize(("gained", "strength"), [(0.15, None), (0.3, "weak"), (1.0, "weak")])
def test_subscribers_that_come_for_months_without_readers(gained, strength):
    channel = posted(lambda day: 2000, 90)
    joined = with_subscribers(channel, lambda day: 9000 * (1 + gained * min(1, day / 60)), 90)
    growth = found(joined, "growth_without_readers")
    assert growth.value == pytest.approx(100 * gained, rel=0.05)
    assert (growth.strength, growth.points) == (strength, 20 if strength else 0)


def test_subscribers_whose_views_follow_are_readers():
    growing = posted(lambda day: 2000 * (1 + 0.5 * min(1, day / 60)), 90)
    joined = with_subscribers(growing, lambda day: 9000 * (1 + 0.5 * min(1, day / 60)), 90)
    assert found(joined, "growth_without_readers").strength is None
    assert found(posted(lambda day: 2000, 90), "growth_without_readers") == "subscribers_60d"


@pytest.mark.parametrize(
    ("spread", "strength"), [(0.5, None), (0.16, None), (0.12, "weak"), (0.05, "strong")]
)
def test_reactions_bought_in_proportion_to_views(spread, strength):
    """Half of the posts `spread` above the middle, half below: that is their sd."""
    posts = [
        {
            "views": 10**6 + 1000 * n,
            "reactions": round(0.02 * (10**6 + 1000 * n) * math.exp(spread * (-1) ** n)),
        }
        for n in range(40)
    ]
    even = found(counted(posts), "even_rates")
    assert even.value == pytest.approx(spread, rel=0.01)
    assert (even.strength, even.family) == (strength, "uniformity")


def test_few_reactions_tell_nothing_of_their_spread():
    assert found(counted([{"views": 1000, "reactions": 4}] * 40), "even_rates") == "reactions_30_posts"
    assert found(counted([{"views": 1000, "reactions": 40}] * 29), "even_rates") == "reactions_30_posts"


def boosted(days_after=49):
    """240 posts of 1 100 views almost without scatter, three a day, then 50 views a post, one a day, for seven weeks."""
    bought = [
        reading(n, START + n * DAY_S // 3, 24.0 * (200 - n / 3), views=1100 + n % 7) for n in range(240)
    ]
    own = [
        reading(240 + n, START + (80 + n) * DAY_S, 24.0 * (120 - n), views=round(50 * math.exp(NOISE[n % 7])))
        for n in range(days_after)
    ]
    return with_subscribers(Channel((*bought, *own), as_of=START + 200 * DAY_S), lambda day: 500, 200)


def test_boosting_that_stopped_weeks_ago_is_told_with_its_dates():
    checked = boosted().check()
    assert checked.verdict == "suspicious"
    signs = {one.indicator: one for one in checked.findings}
    assert signs["uniform_views"].strength == "strong"
    assert signs["uniform_views"].until < START + 80 * DAY_S
    assert signs["collapse"].strength == "strong"
    assert abs(signs["collapse"].since - (START + 80 * DAY_S)) < 3 * DAY_S
    assert signs["collapse"].until > START + 125 * DAY_S


def test_boosting_seen_in_one_reading_without_subscribers_is_looked_at_closer():
    checked = Channel(boosted().rows, as_of=START + 200 * DAY_S).check()
    assert checked.verdict == "look_closer"
    assert checked.points >= 60


def test_a_channel_says_for_how_many_days_it_is_silent():
    assert Channel(boosted().rows, as_of=START + 200 * DAY_S).check().facts.silent_days == 200 - 128
    weekly = [reading(n, START + 8 * n * DAY_S, 24.0 * (8 * (20 - n) + 4), views=900) for n in range(20)]
    assert Channel(tuple(weekly), as_of=START + 300 * DAY_S).check().facts.silent_days is None
    forwarding = reading(999, START + 198 * DAY_S, 48, views=1, is_forwarded=True)
    active = Channel((*boosted().rows, forwarding), as_of=START + 200 * DAY_S)
    assert active.check().facts.silent_days is None
