"""What breaks: a figure that changes because house was kept, a file's reading lost, a database that grows for ever."""

import random

import numpy as np
import pytest

from metrics import ages, growth, maturity, placement, quantities
from metrics.audit import evidence
from metrics.curves import WIDEST_STEP, curves
from metrics.durations import DAY_S, HOUR_S
from metrics.frame import table
from metrics.posts import COUNTERS
from metrics.readings import counter_at_age, fell
from storage import retention
from storage.projection import project
from storage.thinning import COARSE_STEP, Count, Stated, superfluous, superfluous_counts
from tests.storage.places import NOW, PUBLISHED, a_post

AS_OF = PUBLISHED + 40 * DAY_S
SOURCES = ("page", "exact", "bot")


def _every(hours: int, until_h: int, **fields) -> list[Stated]:
    """A post read every so many hours, with views that grow by the hour."""
    return [
        Stated(
            age_h, None, "page", a_post(observed_at=PUBLISHED + age_h * HOUR_S, views=1000 + age_h, **fields)
        )
        for age_h in range(1, until_h, hours)
    ]


def _readings(chance: random.Random) -> list[Stated]:
    """Of one post: of several sources, with gaps, rounding, falls, files; in the order of their arrival."""
    moments = sorted(chance.sample(range(1, 40 * 24 * 4), chance.randint(4, 60)))
    is_plain = chance.random() < 0.5
    views, made = 0, []
    for number, moment in enumerate(moments, 1):
        views = max(0, views + chance.randint(0 if is_plain else -5, 300))
        step = None if is_plain else chance.choice([None, None, None, "views:10", "views:1000"])
        import_id = chance.choice([None] * 9 + [1, 2])
        source = "file" if import_id else chance.choice(SOURCES[: 1 if is_plain else 3])
        told = {"views": None if source == "bot" else views, "reactions": views // 30, "steps": step}
        one = a_post(observed_at=PUBLISHED + moment * 900, **told)
        made.append(Stated(number, import_id, source, one))
    return made


def _figures(posts: dict[str, list[Stated]]):
    """Everything that is read off the readings of posts."""
    ids = np.array(list(posts), dtype=np.object_)
    known = table([row.post._replace(external_id=name) for name, rows in posts.items() for row in rows])
    yield [
        counter_at_age(ids, known, name, age) for age in retention.AGES_H for name in ("views", "reactions")
    ]
    yield fell(ids, known)
    yield known.groupby("external_id", sort=False)["observed_at"].max().to_numpy()
    for rows in posts.values():
        shown = project([row.post for row in rows], [row.source for row in rows]) if rows else None
        yield [np.nan if shown is None else getattr(shown, name) or 0 for name in (*COUNTERS, "observed_at")]


@pytest.mark.parametrize("keeps_first_week", [True, False])
def test_no_figure_of_a_post_changes_now_or_after_any_import_is_taken_back(keeps_first_week):
    chance = random.Random(7)
    posts = {str(number): _readings(chance) for number in range(250)}
    gone = {name: superfluous(rows, keeps_first_week=keeps_first_week) for name, rows in posts.items()}
    assert sum(map(len, gone.values())) > 500
    for taken_back in (set(), {1}, {2}, {1, 2}):
        stands = {
            name: [row for row in rows if row.import_id not in taken_back] for name, rows in posts.items()
        }
        left = {name: [row for row in rows if row.id not in gone[name]] for name, rows in stands.items()}
        for before, after in zip(_figures(stands), _figures(left), strict=True):
            np.testing.assert_allclose(np.array(before, float), np.array(after, float), rtol=1e-12)
    assert all(row.import_id is None for name, rows in posts.items() for row in rows if row.id in gone[name])


def test_the_growth_curve_of_a_channel_stays_the_same():
    chance = random.Random(8)
    posts = [_readings(chance) for _ in range(60)]

    def curve(kept):
        return curves(
            table(
                [
                    row.post._replace(external_id=str(number))
                    for number, rows in enumerate(posts)
                    for row in kept(rows)
                ]
            ),
            "telegram",
            AS_OF,
        )

    def thinned(rows):
        gone = superfluous(rows, keeps_first_week=False)
        return [row for row in rows if row.id not in gone]

    before, after = curve(list), curve(thinned)
    assert (before.kind, before.posts) == (after.kind, after.posts) == ("own_curve", before.posts)
    for name, one in before.of.items():
        np.testing.assert_allclose(one.logs, after.of[name].logs, atol=1e-9)


@pytest.mark.parametrize(("keeps_first_week", "most"), [(True, 55), (False, 26)])
def test_of_a_post_read_every_four_hours_for_a_month_the_ages_are_left(keeps_first_week, most):
    rows = _every(4, 30 * 24)
    gone = superfluous(rows, keeps_first_week=keeps_first_week)
    assert len(rows) == 180
    assert len(rows) - len(gone) <= most
    left = [row for row in rows if row.id not in gone]
    assert not superfluous(left, keeps_first_week=keeps_first_week)
    assert left[-1] == rows[-1]
    if keeps_first_week:
        assert all(row.age_s > retention.FIRST_WEEK_H * HOUR_S for row in rows if row.id in gone)


def test_both_ends_of_a_fall_stay():
    rows = _every(4, 96)
    low = rows[12]
    rows[12] = low._replace(post=low.post._replace(views=5))
    gone = superfluous(rows, keeps_first_week=False)
    assert gone
    assert not {rows[place].id for place in (11, 12)} & gone


def test_every_age_that_a_figure_looks_at_is_kept_and_the_limit_of_rounding_is_the_curves_own():
    looked_at = {*ages.AGES_H, *maturity.AGES_H, *growth.GRID_H, *evidence.AGES_H}
    looked_at |= {*placement.AGES_H, *quantities.READ_AT_H}
    assert looked_at <= set(retention.AGES_H)
    assert COARSE_STEP == WIDEST_STEP


def _counts(per_day: int, days: int, of=lambda hour: 1000 + hour, **fields) -> list[Count]:
    gap = 24 // per_day
    told = {"step": 0, "source": "page", "import_id": None, **fields}
    return [
        Count(hour, NOW // DAY_S * DAY_S + hour * HOUR_S + 1800, of(hour), **told)
        for hour in range(0, 24 * days, gap)
    ]


def test_of_subscribers_the_counts_around_every_midnight_of_every_reader_stay():
    rows = _counts(12, 10)
    gone = superfluous_counts(rows, ["UTC"])
    left = [row for row in rows if row.id not in gone]
    assert len(left) == 20
    assert {row.id % 24 for row in left} == {0, 22}
    assert len(rows) - len(superfluous_counts(rows, ["UTC", "Asia/Tokyo"])) > 30


def test_a_jump_within_a_day_stays_and_so_does_what_a_person_or_a_file_said():
    assert not superfluous_counts(_counts(12, 1, of=lambda hour: 1000 + 500 * (hour > 11)), ["UTC"])
    assert not superfluous_counts(_counts(12, 3, source="person"), ["UTC"])
    assert not superfluous_counts(_counts(12, 3, import_id=7), ["UTC"])
