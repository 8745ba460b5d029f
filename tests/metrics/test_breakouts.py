"""Posts beyond the usual: luck told as news, a young post measured as if it were grown."""

import pytest

from metrics.breakouts import MINIMUM_POSTS, breakouts
from metrics.frame import audience_table, table
from metrics.scope import open_scope
from tests.metrics.test_content import long
from tests.metrics.zoo import ZONE, Channel, week


def found(channel: Channel):
    posts = table(channel.posts)
    fixed = {"zone": ZONE, "as_of": channel.as_of, "platform": "telegram", "readings": posts}
    scope = open_scope(posts, audience_table(()), period=channel.period, **fixed)
    return breakouts(scope, posts)


def with_hit(times: float, posts: int = 18, **fields):
    rows = list(week(views=1000, reactions=20))[:posts]
    rows[3] = rows[3]._replace(views=round(1000 * times), **fields)
    return Channel(tuple(rows))


def test_a_post_of_four_times_the_usual_is_told_with_its_factor():
    channel = with_hit(4)
    [one] = found(channel)
    assert (one.external_id, one.published_at) == (
        channel.posts[3].external_id,
        channel.posts[3].published_at,
    )
    assert one.times == pytest.approx(4, rel=1e-3)


@pytest.mark.parametrize(
    "channel",
    [
        pytest.param(with_hit(2.4), id="not far enough"),
        pytest.param(with_hit(9, posts=MINIMUM_POSTS - 1), id="too few to know the usual"),
        pytest.param(with_hit(9, is_forwarded=True), id="somebody else's post"),
        pytest.param(with_hit(9, is_ad=True), id="paid for"),
        pytest.param(long(3, days=60), id="posts as they differ"),
    ],
)
def test_nothing_else_is_told(channel):
    assert found(channel) == ()


def test_a_young_post_counts_by_what_it_comes_to():
    """At a day .57 of the views of 7 days are there."""
    rows = list(week(views=1000, reactions=20))
    rows[3] = rows[3]._replace(views=1800, observed_at=rows[3].published_at + 86_400)
    [one] = found(Channel(tuple(rows)))
    assert one.times == pytest.approx(1.8 / 0.57, rel=0.05)
