"""What breaks: a figure that depends on whether a page, a file, an update or a network's answer came first, or twice."""

from hypothesis import given
from hypothesis import strategies as st

from bot.collection.networks.vk import _post as post_of_vk
from bot.collection.networks.youtube import _post as post_of_youtube
from bot.collection.source import Place
from metrics.posts import COUNTERS
from storage.projection import project
from tests.networks.conftest import DAY, HOUR, NOW

PUBLISHED = NOW - DAY
moments = st.integers(1, 24).map(lambda hours: PUBLISHED + hours * HOUR // 2)
counts = st.one_of(st.none(), st.integers(0, 5_000))
told = st.tuples(st.sampled_from(["exact", "file", "page", "bot"]), moments, counts, counts, counts)


def _vk(at, views, likes, comments):
    counters = {"views": views, "likes": likes, "comments": comments}
    shown = {name: {"count": count} for name, count in counters.items() if count is not None}
    return post_of_vk({"id": 7, "date": PUBLISHED, "text": "чай", **shown}, Place("77"), at)


def _youtube(at, views, likes, comments):
    counters = {"viewCount": views, "likeCount": likes, "commentCount": comments}
    shown = {name: str(count) for name, count in counters.items() if count is not None}
    snippet = {"publishedAt": "2026-09-30T12:00:00Z", "title": "чай"}
    return post_of_youtube({"id": "video-00001", "snippet": snippet, "statistics": shown}, at)


def _stated(make, one):
    """A page rounds to a hundred."""
    source, at, *counters = one
    if source != "page":
        return source, make(at, *counters)
    views, *others = counters
    rounded = None if views is None else views // 100 * 100
    return source, make(at, rounded, *others)._replace(steps=None if rounded is None else "views:100")


@given(
    st.sampled_from([_vk, _youtube]),
    st.lists(told, min_size=1, max_size=8, unique_by=lambda one: one[:2]),
    st.randoms(use_true_random=False),
)
def test_readings_of_a_network_project_to_the_same_counters_in_any_order_and_however_often(
    make, stated, chance
):
    rows = [_stated(make, one) for one in stated]
    mixed = [*rows, *chance.choices(rows, k=2)]
    chance.shuffle(mixed)
    shown = [
        project([post for _, post in told_in], [source for source, _ in told_in]) for told_in in (rows, mixed)
    ]
    same = (*COUNTERS, "observed_at", "published_at", "steps", "title")
    assert [getattr(shown[0], name) for name in same] == [getattr(shown[1], name) for name in same]
