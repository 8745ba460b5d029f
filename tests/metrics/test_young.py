"""A post of this morning: judged as if it were finished, or promised what its replaced self had."""

from datetime import datetime, timedelta

import pytest

from metrics.frame import audience_table
from metrics.young import young_posts
from tests.metrics.zoo import PLAIN, ZONE, Channel, moments, post

AS_OF = int(datetime(2025, 6, 16, 15, tzinfo=ZONE).timestamp())
HOUR_S = 3600


def asked(*rows, earlier=()):
    channel = Channel(tuple(rows), as_of=AS_OF, earlier=tuple(earlier))
    return young_posts(
        channel.table(),
        audience_table(channel.audience),
        zone=ZONE,
        as_of=AS_OF,
        platform="telegram",
        readings=channel.readings(),
    )


def young(age_h, **fields):
    return post(AS_OF - int(age_h * HOUR_S), 99, age_s=int(age_h * HOUR_S), **{**PLAIN, **fields})


def watched(posts=20, at_6h=600, at_24h=1000):
    """Posts of the weeks before at 9:00, each read at 6, 24 and 168 hours."""
    published = moments(datetime(2025, 5, 20, tzinfo=ZONE).date(), posts, [9])
    final = tuple(post(at, views=1750, reactions=20) for at in published)
    early = tuple(
        post(at, age_s=age_h * HOUR_S, views=views + number)
        for number, at in enumerate(published)
        for age_h, views in ((6, at_6h), (24, at_24h))
    )
    return final, early


def test_by_the_channels_own_curve():
    """600 of 1 000 are there at 6 hours: 620 will be about 1 033."""
    final, early = watched()
    [found] = (answer := asked(*final, young(6, views=620), earlier=early)).posts
    assert (answer.is_own_curve, answer.curve_posts) == (True, 20)
    assert found.expected_24h.value == pytest.approx(1033, rel=0.01)
    assert found.expected_24h.low < found.expected_24h.value < found.expected_24h.high
    assert (found.standing, found.compared_with, found.reason) == ("ahead", 20, None)


@pytest.mark.parametrize(("views", "standing"), [(500, "behind"), (609, "in_line"), (700, "ahead")])
def test_where_it_stands_among_posts_of_its_age(views, standing):
    final, early = watched()
    assert asked(*final, young(6, views=views), earlier=early).posts[0].standing == standing


def test_by_the_fleets_curve_without_enough_readings():
    """docs/evidence.md#2.2: .41 / .57 of the views at 24 hours are there at 6, of a post from 9 in the morning .78 / .73 times that."""
    final, early = watched(posts=14)
    [found] = (answer := asked(*final, young(6, views=1860), earlier=early)).posts
    assert (answer.is_own_curve, found.standing, found.compared_with) == (False, None, 14)
    assert found.expected_24h.value == pytest.approx(1860 / (0.41 / 0.57 * 0.78 / 0.73), rel=1e-3)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (young(6, views=None), "field_absent"),
        (young(6, observed_exact=False), "inexact_moment"),
        (young(6, time_known=False), "inexact_moment"),
        (young(0.5), "under_an_hour"),
        (young(6, views=0, reactions=0, comments=0, forwards=0), "no_views_yet"),
    ],
)
def test_why_nothing_is_expected(row, reason):
    [found] = asked(row).posts
    assert (found.expected_24h, found.standing, found.reason) == (None, None, reason)


def test_views_that_fell_are_no_data():
    now = young(6, views=300)
    before = now._replace(observed_at=now.observed_at - 3 * HOUR_S, views=500)
    assert asked(now, earlier=[before]).posts[0].reason == "views_fell"
    rounded = before._replace(views=301, steps="views:10")
    assert asked(now, earlier=[rounded]).posts[0].reason is None


def test_only_organic_posts_of_the_last_day_newest_first():
    rows = (young(3), young(10), young(2, is_ad=True), young(1.5, is_forwarded=True), young(25))
    named = [row._replace(external_id=str(number)) for number, row in enumerate(rows)]
    assert [one.external_id for one in asked(*named).posts] == ["0", "1"]


def test_yesterdays_evening_counts_as_young():
    [found] = asked(young(20)).posts
    assert datetime.fromtimestamp(found.published_at, ZONE).date() == datetime(
        2025, 6, 16
    ).date() - timedelta(days=1)
    assert found.expected_24h.value > 1000


def test_no_young_posts():
    assert asked().posts == ()
