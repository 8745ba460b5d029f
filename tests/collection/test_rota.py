"""What breaks: a person with many channels who takes everybody's turns, a post read hours late, histories that starve."""

from collections import Counter
from heapq import heapify, heappop, nsmallest
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.collection.exact import windows
from bot.collection.exact.rota import HISTORY_A_DAY, HISTORY_EVERY, Rota
from bot.collection.pace import Pace
from bot.collection.source import Answer, Counters, State
from metrics.ages import AGES_H
from metrics.posts import Post
from storage.system.exact import DueHistory, DueSweep

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400
TURNS = 45  # of a minute, at one request a second


class Played:
    """Channels that publish at random moments, swept by one rota a minute; each sweep reads all that is due."""

    def __init__(self, channels: int, posts_a_day: int, seed: int = 1) -> None:
        chance = Random(seed)
        self.now = 40 * DAY_S
        self.ages: list[tuple[int, int, int]] = []  # (moment, channel, age in hours)
        for channel in range(channels):
            for _ in range(30 * posts_a_day):
                at = self.now - chance.randrange(-2 * DAY_S, 30 * DAY_S)
                self.ages += [
                    (at + age_h * HOUR_S, channel, age_h)
                    for age_h in AGES_H
                    if at + age_h * HOUR_S > self.now
                ]
        heapify(self.ages)
        self.due: dict[int, list[tuple[int, int]]] = {}
        self.late_s: list[tuple[int, int]] = []
        self.swept: Counter[int] = Counter()

    def pass_minute(self, rota_of, turns: int = TURNS) -> int:
        """How many turns were taken."""
        self.now += MINUTE_S
        while self.ages and self.ages[0][0] <= self.now:
            moment, channel, age_h = heappop(self.ages)
            self.due.setdefault(channel, []).append((moment, age_h))
        waiting = (
            (told[0][0], channel) for channel, told in self.due.items()
        )  # the first told is the oldest
        rota = rota_of([DueSweep(channel, moment) for moment, channel in nsmallest(120, waiting)])
        taken = 0
        while taken < turns and (turn := rota.next()) is not None:
            taken += 1
            if isinstance(turn, DueSweep):
                self.late_s += [(age_h, self.now - moment) for moment, age_h in self.due.pop(turn.chat_id)]
                self.swept[turn.chat_id] += 1
            else:
                rota.settle(turn, taken, is_done=False)
        return taken


def test_five_hundred_channels_of_three_posts_a_day_are_read_in_time_ten_times_over():
    played = Played(500, 3)
    taken = [played.pass_minute(lambda due: Rota(due, [], 0)) for _ in range(24 * 60)]
    assert sum(taken) / len(taken) <= TURNS / 4
    assert max(late_s for _, late_s in played.late_s) <= 2 * MINUTE_S


def test_five_thousand_channels_are_late_alike_and_never_more_than_a_request_a_second():
    played = Played(5_000, 3)
    histories = [DueHistory(channel, channel, 0, 0) for channel in range(100)]
    taken = [played.pass_minute(lambda due: Rota(due, histories, HISTORY_A_DAY)) for _ in range(16 * 60)]
    assert max(taken) <= TURNS
    settled = [late_s for _, late_s in played.late_s[len(played.late_s) // 2 :]]
    assert max(settled) <= 4 * HOUR_S  # everything is late by a round of all channels, and by no more
    often = sorted(played.swept.values())
    assert often[len(often) // 10] >= 0.5 * often[9 * len(often) // 10]


def test_histories_are_read_window_by_window_workspace_after_workspace():
    """One has 300 channels, the others one each; a channel has ten windows."""
    histories = [DueHistory(channel, 1, 0, 0) for channel in range(300)]
    histories += [DueHistory(1_000 + place, 2 + place, 0, 0) for place in range(9)]
    rota, windows_read, by_workspace = Rota([], histories, 10**6), Counter(), Counter()
    for served in range(1, 101):
        turn = rota.next()
        windows_read[turn.channel_id] += 1
        by_workspace[turn.workspace_id] += 1
        rota.settle(turn, served, is_done=windows_read[turn.channel_id] == 10)
    assert set(by_workspace.values()) == {10}
    assert max(windows_read[channel] for channel in range(300)) == 1  # its own channels, too, in turn


def test_a_run_goes_on_where_the_last_one_stopped():
    histories = [DueHistory(1, 1, 7, 9), DueHistory(2, 1, 9, 9), DueHistory(3, 2, 8, 8)]
    rota = Rota([], histories, 10)
    order = []
    for served in range(10, 13):
        turn = rota.next()
        order.append(turn.channel_id)
        rota.settle(turn, served, is_done=True)
    assert order == [3, 1, 2]
    assert rota.next() is None


def test_with_sweeps_waiting_one_turn_in_four_is_a_history_and_none_beyond_the_days_budget():
    sweeps = [DueSweep(-channel, channel) for channel in range(1, 101)]
    rota = Rota(sweeps, [DueHistory(1, 1, 0, 0)], 5)
    turns = []
    while (turn := rota.next()) is not None:
        turns.append(turn)
        if isinstance(turn, DueHistory):
            rota.settle(turn, len(turns), is_done=False)
    places = [place for place, turn in enumerate(turns, 1) if isinstance(turn, DueHistory)]
    assert places == [HISTORY_EVERY * n for n in range(1, 6)]
    assert [turn.sweep_at for turn in turns if isinstance(turn, DueSweep)] == list(range(1, 101))


async def test_a_request_waits_until_a_second_after_the_last_one():
    slept, now = [], [100.0]

    async def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(1.0, clock=lambda: now[0], sleep=sleep)
    await pace.wait()
    now[0] += 0.25
    await pace.wait()
    now[0] += 5
    await pace.wait()
    assert slept == [0.75]


def _post(number: int, at: int, kind: str) -> Post:
    known = {"external_id": str(number), "published_at": at, "observed_at": at, "format": kind}
    flags = dict.fromkeys(("observed_exact", "time_known"), True) | dict.fromkeys(
        ("is_ad", "is_forwarded"), False
    )
    return Post(**{**dict.fromkeys(Post._fields), **known, **flags})


sizes = st.lists(st.integers(1, windows.ALBUM_MOST), max_size=80)


@given(sizes, st.lists(st.integers(0, 3), max_size=80), st.integers(40, 200))
def test_windows_take_every_post_once_and_no_album_apart(albums, gaps, most):
    """A history of albums with holes between them, read downwards by windows of any size."""
    channel, number = {}, 1
    for place, size in enumerate(albums):
        number += gaps[place] if place < len(gaps) else 0
        channel |= {number + part: (number, size) for part in range(size)}
        number += size
    newest, cursor, taken = number + 2, number + 2, []
    for _ in range(200):
        ids = windows.window(cursor, most)
        there = [one for one in ids if one in channel]
        counters = [
            Counters(one, State.THERE, 1, album=f"g{channel[one][0]}" if channel[one][1] > 1 else None)
            if one in channel
            else Counters(one, State.GONE)
            for one in ids
        ]
        firsts = {
            channel[one][0]: min(each for each in there if channel[each] == channel[one]) for one in there
        }
        posts = tuple(_post(first, 1, "album") for first in firsts.values())
        found = windows.take(ids, Answer(1, tuple(counters), posts), since=0)
        taken += [int(post.external_id) for post in found.posts]
        assert found.cursor < cursor
        cursor = found.cursor
        if found.is_done:
            break
    assert sorted(taken) == sorted({first for first, _ in channel.values()})
    assert windows.climb(newest, 3) == range(newest + 1, newest + 4)


def test_an_album_keeps_its_name_when_its_first_part_is_gone():
    assert windows.known_as(_post(12, 1, "album"), {"10"}).external_id == "10"
    assert windows.known_as(_post(12, 1, "album"), {"10", "12"}).external_id == "12"
    assert windows.known_as(_post(12, 1, "photo"), {"10"}).external_id == "12"
    assert windows.known_as(_post(30, 1, "album"), {"10"}).external_id == "30"


def test_posts_are_asked_for_in_as_few_requests_as_they_fit_into():
    wanted = {str(number * 20): number % 2 == 0 for number in range(1, 41)}
    batches = list(windows.batches(wanted, 200))
    assert [sum(map(len, batch.values())) <= 200 for batch in batches] == [True] * len(batches)
    assert len(batches) == 2
    assert {name for batch in batches for name in batch} == set(wanted)
