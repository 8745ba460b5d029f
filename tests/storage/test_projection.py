"""What a post shows of several readings. Catches a counter that goes back in time, a lost value, a false exactness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.posts import COUNTERS
from storage.projection import project
from tests.storage.places import DAY, NOW, PUBLISHED, a_post

EARLY, LATE = NOW - DAY, NOW


@pytest.mark.parametrize(
    ("readings", "views", "steps"),
    [
        pytest.param([(EARLY, 90, None), (LATE, 100, None)], 100, None, id="the later observation"),
        pytest.param([(LATE, 100, None), (EARLY, 90, None)], 100, None, id="even if it came first"),
        pytest.param([(LATE, 100, None), (LATE, 101, None)], 101, None, id="of one moment what came last"),
        pytest.param([(EARLY, 90, None), (LATE, None, None)], 90, None, id="nothing overrides nothing"),
        pytest.param([(EARLY, 2390, None), (LATE, 2400, 100)], 2390, None, id="exact within the step"),
        pytest.param([(EARLY, 2300, None), (LATE, 2400, 100)], 2300, None, id="exact at the step's edge"),
        pytest.param(
            [(EARLY, 2299, None), (LATE, 2400, 100)], 2400, "views:100", id="exact but grown out of the step"
        ),
        pytest.param([(EARLY, 2400, 100), (LATE, 2390, None)], 2390, None, id="exact and later"),
        pytest.param([(EARLY, 2400, 100), (LATE, 2500, 100)], 2500, "views:100", id="rounded both"),
        pytest.param([(LATE, 2400, 100), (LATE, 2390, None)], 2390, None, id="exact of the same moment"),
    ],
)
def test_a_counter(readings, views, steps):
    shown = project(
        [a_post(observed_at=at, views=seen, steps=step and f"views:{step}") for at, seen, step in readings]
    )
    assert (shown.views, shown.steps) == (views, steps)


def test_counters_come_from_where_they_were_counted():
    shown = project(
        [
            a_post(observed_at=EARLY, views=100, saves=3, steps="saves:1"),
            a_post(observed_at=LATE, views=None, comments=7),
        ]
    )
    assert (shown.views, shown.saves, shown.comments, shown.steps) == (100, 3, 7, "saves:1")
    assert shown.observed_at == EARLY  # the views' age: comments seen today do not ripen them


def test_a_rounded_count_that_confirms_an_exact_one_is_as_fresh_as_it_is():
    shown = project(
        [a_post(observed_at=EARLY, views=2390), a_post(observed_at=LATE, views=2400, steps="views:100")]
    )
    assert (shown.views, shown.observed_at) == (2390, LATE)


def test_facts_are_the_newest_that_were_stated():
    shown = project(
        [
            a_post(observed_at=EARLY, title="Старое", link="https://t.me/news/1", is_ad=True, text_length=10),
            a_post(observed_at=LATE, title="Новое", published_at=PUBLISHED + 60, time_known=False),
        ]
    )
    assert (shown.title, shown.link, shown.is_ad, shown.text_length) == (
        "Новое",
        "https://t.me/news/1",
        True,
        10,
    )
    assert (shown.published_at, shown.time_known) == (PUBLISHED, True)  # an hour is better than a date


moments = st.integers(NOW - 3, NOW)
counts = st.none() | st.integers(0, 3000)
readings = st.builds(
    a_post,
    observed_at=moments,
    views=counts,
    comments=counts,
    steps=st.sampled_from([None, "views:100", "comments:10", "views:1000 comments:10"]),
    title=st.sampled_from([None, "а", "б"]),
    time_known=st.booleans(),
    is_ad=st.booleans(),
)


@given(st.lists(readings, min_size=1, max_size=6))
def test_every_shown_value_was_stated(rows):
    shown = project(rows)
    for name in COUNTERS:
        stated = [getattr(row, name) for row in rows if getattr(row, name) is not None]
        assert getattr(shown, name) in (stated or [None])
    assert shown.external_id == rows[0].external_id
    assert shown.observed_at in {row.observed_at for row in rows}


@given(st.lists(readings, min_size=1, max_size=6, unique_by=lambda row: row.observed_at), st.randoms())
def test_readings_of_different_moments_may_come_in_any_order(rows, chance):
    mixed = list(rows)
    chance.shuffle(mixed)
    assert project(mixed) == project(rows)


@given(readings, st.lists(readings, max_size=5))
def test_the_same_reading_twice_is_the_same_reading(first, others):
    rows = [*others, first]
    assert project([*rows, first]) == project([*rows, first, first])


@given(readings)
def test_one_reading_is_the_post(row):
    assert project([row]) == row


NEAR = NOW - 1800


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        pytest.param(
            [("exact", NEAR, 100, None), ("page", NOW, 1300, 100)], 100, id="exact beats a later page"
        ),
        pytest.param(
            [("exact", EARLY, 100, None), ("page", NOW, 1300, 100)], 1300, id="until it is over an hour old"
        ),
        pytest.param(
            [("exact", NEAR, 100, None), ("bot", NOW, 101, None)], 100, id="by number beats an update"
        ),
        pytest.param([("bot", NEAR, 100, None), ("file", NOW, 101, None)], 100, id="an update beats a file"),
        pytest.param([("file", NEAR, 100, None), ("page", NOW, 101, None)], 100, id="a file beats a page"),
        pytest.param(
            [("exact", NEAR, 100, None), ("exact", NOW, 101, None)], 101, id="of one source the later"
        ),
        pytest.param([("exact", NEAR, None, None), ("page", NOW, 1300, 100)], 1300, id="who tells nothing"),
    ],
)
def test_of_one_hour_the_closest_source_wins(stated, shown):
    rows = [
        a_post(observed_at=at, views=seen, steps=step and f"views:{step}") for _, at, seen, step in stated
    ]
    for order in (slice(None), slice(None, None, -1)):
        assert project(rows[order], [source for source, *_ in stated][order]).views == shown


def test_reactions_are_told_best_by_updates():
    rows = [a_post(observed_at=NOW, reactions=3, views=10), a_post(observed_at=NEAR, reactions=5)]
    assert project(rows, ["exact", "bot"]).reactions == 5
    assert project([rows[0], rows[1]._replace(observed_at=EARLY)], ["exact", "bot"]).reactions == 3


# Of one moment a source says one thing: what differs are the sources and the moments.
several_sources = st.lists(
    st.tuples(
        st.sampled_from(["exact", "bot", "file", "page"]),
        st.sampled_from([EARLY, NOW - 5000, NOW - 3600, NEAR, NOW - 60, NOW]),
    ),
    min_size=1,
    max_size=8,
    unique=True,
)


@given(several_sources, st.data(), st.randoms())
def test_any_order_and_repetition_of_readings_shows_the_same_counters(places, data, chance):
    stated = []
    for source, at in places:
        told = {name: data.draw(counts) for name in ("views", "reactions", "comments", "forwards")}
        rounded = [f"{name}:100" for name, count in told.items() if source == "page" and count is not None]
        row = a_post(observed_at=at, steps=" ".join(rounded) or None, **told)
        stated.append((row, source))
    again = stated + [chance.choice(stated) for _ in range(4)]
    chance.shuffle(again)
    shown, shown_again = (
        project([row for row, _ in rows], [source for _, source in rows]) for rows in (stated, again)
    )
    for name in (*COUNTERS, "observed_at", "steps"):
        assert getattr(shown, name) == getattr(shown_again, name)
