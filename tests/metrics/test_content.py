"""What goes with a post's result: a handful of lucky posts taken for a rule, a claim where nothing differs."""

import math
from datetime import date, timedelta

import numpy as np
import pytest

from metrics import periods
from metrics.content import LENGTHS, content
from metrics.frame import audience_table
from metrics.student import t_quantile
from tests.metrics.zoo import WEEK, ZONE, ZOO, Channel, moments, paid_beside, post, week


def told(channel, **changes):
    arguments = {"period": channel.period, "zone": ZONE, "as_of": channel.as_of, "platform": channel.platform}
    return content(channel.table(), audience_table(channel.audience), **{**arguments, **changes})


def long(seed, *, days=120, every=(9, 13, 18), of=lambda _at: {}, views_sd=0.3):
    """Posts that differ as measured (docs/evidence.md#3.1); `of` gives each its traits and, as `times`, how much better it does."""
    rng = np.random.default_rng(seed)
    first = WEEK.last - timedelta(days=days - 1)
    rows = []
    for at in moments(first, days, every):
        traits = of(rng)
        views = 3000 * math.exp(rng.normal(0, views_sd)) * traits.pop("times", 1)
        reactions = round(views * 0.02 * math.exp(rng.normal(0, 0.6)))
        rows.append(post(at, views=round(views), reactions=reactions, comments=0, forwards=0, **traits))
    return Channel(tuple(rows), period=periods.dates(first, WEEK.last, ZONE))


def by_key(groups):
    return {group.key: group for group in groups}


def test_a_mean_is_shrunk_by_hand():
    """3 videos of 2 000 views beside 18 texts of 1 000; k = 8 posts for views: the videos keep 3 / 11 of their lead."""
    rows = [
        row._replace(format="video" if n < 3 else "text", views=2000 if n < 3 else 1000)
        for n, row in enumerate(week())
    ]
    video = by_key(told(Channel(tuple(rows))).format)["video"]
    mean = math.log(1000) + 3 / 21 * math.log(2)
    found = video.levels["views"]
    shrunk = mean + 3 / 11 * (math.log(2000) - mean)
    assert found.value == pytest.approx(math.exp(shrunk))
    assert found.percent == pytest.approx(100 * (2 ** (3 / 11) - 1))
    variance = 3 / 21 * 18 / 21 * math.log(2) ** 2 / 11
    assert found.high / found.value == pytest.approx(math.exp(t_quantile(10) * math.sqrt(variance)))
    assert (video.n, video.is_grey, found.claim) == (3, True, None)


def test_it_is_measured_at_seven_days():
    """At a day views stand at .57 of what they come to: posts of one format that all are young are not worse."""
    rows = [
        *(row._replace(format="text") for row in week(days=3)),
        *week(WEEK.first + timedelta(days=3), 4, age_s=86_400, format="video", views=570, reactions=17),
    ]
    video = by_key(told(Channel(tuple(rows))).format)["video"].levels["views"]
    assert video.value == pytest.approx(1000, rel=1e-3)
    assert video.percent_low < 0 < video.percent_high


def test_a_real_difference_is_claimed_from_a_hundred_posts_on():
    def traits(rng):
        is_video = bool(rng.random() < 0.3)
        return {"format": "video" if is_video else "text", "times": 1.5 if is_video else 1}

    video = by_key(told(long(1, of=traits)).format)["video"].levels["views"]
    assert (video.claim, video.percent_low > 0) == ("better", True)
    few = by_key(told(long(1, of=traits, days=30)).format)["video"].levels["views"]
    assert (few.claim, few.percent > 0) == (None, True)


def test_where_nothing_differs_hardly_anything_is_claimed():
    claims = []
    for seed in range(40):
        answer = told(long(seed, of=lambda rng: {"format": str(rng.choice(["text", "photo", "video"]))}))
        groups = (*answer.format, *answer.weekday)
        claims.append(any(level.claim for group in groups for level in group.levels.values()))
    assert sum(claims) <= 4


def test_lengths_have_their_bins():
    lengths = [0, 1, 200, 201, 1000, 1001, 2001, None]
    rows = [row._replace(text_length=length) for row, length in zip(week(), lengths, strict=False)]
    found = {group.key: group.n for group in told(Channel(tuple(rows))).text_length}
    assert found == {"0": 1, "1-200": 2, "201-500": 1, "501-1000": 1, "1001-2000": 1, "2001+": 1}
    assert list(found) == list(LENGTHS)


def test_a_post_belongs_to_each_of_its_hashtags():
    tags = ["news", "news sale", "news sale", "news sale", "rare", None]
    rows = [row._replace(hashtags=tag) for row, tag in zip(week(), tags * 4, strict=False)]
    found = {group.key: group.n for group in told(Channel(tuple(rows[:6]))).hashtag}
    assert found == {"news": 4, "sale": 3}


def test_ads_stand_beside_the_organic_posts_and_nowhere_else():
    answer = told(paid_beside())
    assert {group.key: group.n for group in answer.advertising} == {"organic": 21, "ad": 3}
    assert by_key(answer.advertising)["ad"].levels["views"].percent > 0
    assert sum(group.n for group in answer.weekday) == answer.n == 21


def test_weekdays_are_local():
    """The last of March has its first post at local midnight, which is Sunday's evening in UTC."""
    answer = told(ZOO["dst_spring"]())
    assert {group.key: group.n for group in answer.weekday} == dict.fromkeys(
        ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 3
    )


def test_one_group_has_nothing_to_be_compared_with():
    rows = tuple(row._replace(format="text") for row in week())
    [text] = told(Channel(rows)).format
    assert (text.levels["views"].percent, text.levels["views"].value) == (None, pytest.approx(1000))


def test_what_nobody_counted_says_so():
    levels = told(ZOO["no_views"]()).weekday[0].levels
    assert {code: level.reason for code, level in levels.items()} == dict.fromkeys(
        ("views", "er_by_views"), "field_absent"
    )


def test_posts_out_of_the_period_do_not_count():
    assert told(ZOO["steady"](), period=periods.dates(date(2025, 6, 9), date(2025, 6, 10), ZONE)).n == 6
