"""Under which answers the causes of a fall may be asked for. What breaks: the button is missing, or leads to other days."""

from datetime import date, timedelta

import pytest

from metrics.verdict import Fell, OpenEpisode, fell
from tests.metrics.zoo import WEEK, steady, views_collapse, week

TODAY = WEEK.last + timedelta(days=3)


def test_a_week_below_its_own_is_asked_about_by_its_own_days():
    assert fell(views_collapse().summary(), None, TODAY) == Fell("views", WEEK.first, WEEK.last)


def test_a_rate_that_fell_alone_is_asked_about_as_er():
    channel = steady()
    channel = channel.with_posts([*channel.posts[:-21], *week(reactions=5, comments=1, forwards=1)])
    assert fell(channel.summary(), None, TODAY) == Fell("er", WEEK.first, WEEK.last)


def test_an_open_drop_is_asked_about_from_its_start_to_yesterday():
    episode = OpenEpisode("er", date(2025, 6, 1), 31.0)
    assert fell(steady().summary(), episode, TODAY) == Fell("er", date(2025, 6, 1), TODAY - timedelta(days=1))
    begun = OpenEpisode("views", TODAY, 31.0)
    assert fell(steady().summary(), begun, TODAY) == Fell("views", TODAY, TODAY)


@pytest.mark.parametrize("channel", [steady(), steady().with_posts(steady().posts[:-21])])
def test_what_has_not_fallen_is_not_asked_about(channel):
    assert fell(channel.summary(), None, TODAY) is None
