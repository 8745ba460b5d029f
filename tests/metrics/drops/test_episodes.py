"""An episode from its first message to its end, told as a line of daily decisions."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from metrics.drops.decision import Decision
from metrics.drops.episodes import NEW, Track, accept, advance, confirm, state_of
from metrics.drops.parameters import rule
from metrics.drops.spans import Span

START = date(2025, 3, 3)
NORMAL = rule("normal")
HISTORY = Span(date(2025, 1, 4).toordinal(), date(2025, 2, 28).toordinal())


def decision(drop, state, **changes):
    made = Decision(
        metric="views", basis="exact", state=state, reason=None, drop_percent=drop, low_percent=None,
        high_percent=None, z=4.0, detectable_percent=None, common_percent=None, n=9,
        window_first=START - timedelta(days=2), window_last=START, history_posts=160, history_days=56,
        history_first=HISTORY.first_date, history_last=HISTORY.last_date, is_slow=False, is_pushed=True,
    )  # fmt: skip
    return replace(made, **changes)


WARNING, CRITICAL = decision(30.0, "warning"), decision(45.0, "critical")
SOME, GONE = decision(10.0, "ok"), decision(5.0, "ok")
SILENT = decision(None, "learning", reason="no_posts", z=None)


def run(decisions, how=NORMAL, track=NEW):
    """Events by day, the track at the end, the episodes that closed."""
    events, closed = {}, []
    for day, one in enumerate(decisions):
        step = advance(track, one, how, START + timedelta(days=day))
        track = step.track
        if step.events:
            events[day] = step.events
        if step.closed:
            closed.append(step.closed)
    return events, track, closed


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([SOME, GONE, SILENT, decision(18.0, "note")], {}),
        ([WARNING, WARNING, WARNING], {0: ("opened",)}),
        ([CRITICAL], {0: ("opened",)}),
        ([WARNING, CRITICAL, WARNING, CRITICAL], {0: ("opened",), 1: ("worsened",)}),
        ([WARNING, GONE, GONE], {0: ("opened",), 2: ("recovered",)}),
        ([WARNING, GONE, SOME, GONE, SOME], {0: ("opened",)}),
        ([WARNING, GONE, SILENT, GONE], {0: ("opened",), 3: ("recovered",)}),
        ([WARNING, SOME, SOME, SOME], {0: ("opened",)}),
        ([WARNING, SILENT, SILENT, SILENT], {0: ("opened",)}),
    ],
    ids=["nothing", "one message", "critical at once", "worsens once", "recovers", "not twice in a row",
         "silence is no word", "under the gate is not over", "silence closes nothing"],
)  # fmt: skip
def test_what_is_told(decisions, expected):
    assert run(decisions)[0] == expected


def test_a_week_passes_before_the_next_warning():
    events, _, _ = run([WARNING, GONE, GONE, *[WARNING] * 6])
    assert events == {0: ("opened",), 2: ("recovered",), 7: ("opened",)}


def test_a_critical_drop_breaks_the_silence():
    assert run([WARNING, GONE, GONE, WARNING, CRITICAL])[0][4] == ("opened",)


def test_worsening_begins_the_week_anew():
    events, _, _ = run([WARNING, CRITICAL, GONE, GONE, *[WARNING] * 6])
    assert events == {0: ("opened",), 1: ("worsened",), 3: ("recovered",), 8: ("opened",)}


def test_an_episode_remembers_its_beginning_its_worst_and_its_highest():
    _, track, closed = run([WARNING, CRITICAL, decision(25.0, "warning"), GONE, GONE])
    (episode,) = closed
    assert (episode.drop_percent, episode.z, episode.n) == (30.0, 4.0, 9)
    assert (episode.deepest_percent, episode.state) == (45.0, "critical")
    assert (episode.opened, episode.closed) == (START, START + timedelta(days=4))
    assert (episode.closed_by, track.episode) == ("recovered", None)


def test_the_history_is_frozen_while_it_is_open():
    later = decision(30.0, "warning", history_first=date(2025, 2, 1), history_last=date(2025, 3, 20))
    assert run([WARNING, later])[1].frozen == HISTORY
    assert run([WARNING, GONE, GONE])[1].frozen is None


def test_recovery_goes_by_the_gate():
    """3/8 of the gate: 7.5 % of 20, 15 % of 40."""
    deep = [decision(45.0, "critical"), SOME, SOME]
    assert run(deep, rule("normal", 20))[1].episode is not None
    assert run(deep, rule("normal", 40))[1].episode is None


def test_the_new_level_is_offered_after_28_days_and_accepted_after_56():
    events, track, closed = run([WARNING] * 57)
    assert events == {0: ("opened",), 28: ("offer_new_level",), 56: ("accepted",)}
    assert track.since == START - timedelta(days=2)
    assert closed[0].closed_by == "accepted"


def test_a_person_accepts_the_new_level():
    _, track, _ = run([WARNING] * 3)
    step = accept(track, START + timedelta(days=3))
    assert (step.track.episode, step.track.since) == (None, WARNING.window_first)
    assert step.closed.closed_by == "accepted"


@pytest.mark.parametrize(
    ("drop", "events"), [(7.4, ("not_confirmed",)), (7.6, ()), (-20.0, ("not_confirmed",))]
)
def test_six_hour_values_are_confirmed_at_24_hours(drop, events):
    _, track, _ = run([WARNING])
    step = confirm(track, drop, NORMAL, START + timedelta(days=1))
    assert step.events == events
    assert step.track.episode is None if events else step.track.episode.is_confirmed


def test_nothing_open_is_neither_accepted_nor_confirmed():
    for step in (accept(NEW, START), confirm(NEW, 0.0, NORMAL, START)):
        assert (step.track, step.events, step.closed) == (NEW, (), None)


@pytest.mark.parametrize(
    ("track", "one", "state"),
    [
        (NEW, SOME, "ok"),
        (NEW, SILENT, "learning"),
        (Track(quiet_until=START + timedelta(days=3)), WARNING, "note"),
        (run([WARNING])[1], SOME, "warning"),
        (run([CRITICAL])[1], SILENT, "critical"),
    ],
)
def test_the_state_that_is_shown(track, one, state):
    assert state_of(track, one) == state
