"""What breaks: readers that a repost did not bring told as its own, or those it did bring kept back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.reposts import Repost, ViewCount, gains

HOUR = 3600
START = 1_800_000_000
AT = START + 30 * HOUR  # of the repost


def repost(at: int = AT, name: str = "x") -> Repost:
    return Repost("forward", "57", f"t.me/{name}/{at}", at, name, name.upper(), 50_000)


def decaying(hours: int = 80, *, jump_at: int | None = None, jump: int = 0, every: int = 1, step: int = 0):
    """Views of a post that grows ever more slowly, and gets `jump` more within three hours of a moment."""
    return [
        ViewCount(
            at := START + hour * HOUR,
            round(5_000 * (1 - 0.5 ** (hour / 10)))
            + (0 if jump_at is None else round(jump * min(max((at - jump_at) / (3 * HOUR), 0), 1))),
            step,
        )
        for hour in range(0, hours, every)
    ]


def one(found):
    [gain] = found
    return gain.views, gain.reason


def test_what_goes_beyond_the_posts_own_pace_is_told_two_digits_of_it():
    views, reason = one(gains([repost()], decaying(jump_at=AT, jump=2_000)))
    assert reason is None
    assert views == 1_400  # 2,000 less what the pace of the day before would have brought: a lower bound
    assert one(gains([repost()], decaying(jump_at=AT, jump=20_000))) == (19_000, None)


def test_a_post_that_grows_as_before_owes_nothing_to_the_repost():
    assert one(gains([repost()], decaying())) == (None, "as_before")
    assert one(gains([repost()], decaying(jump_at=AT, jump=90))) == (None, "as_before")


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ([], "no_counts"),
        (decaying(hours=26), "no_counts"),  # nothing near the repost
        (decaying(hours=31), "no_counts"),  # nothing after it
        (decaying()[30:], "no_pace"),  # nothing before: how fast it grew, nobody knows
        (decaying(jump_at=AT, jump=2_000, step=1_000), "rounded"),
    ],
)
def test_what_readings_do_not_show_is_none_with_its_reason(counts, reason):
    assert one(gains([repost()], counts)) == (None, reason)


def test_morning_after_a_quiet_night_is_not_the_reposts_doing():
    """The same hours a day earlier grew as fast."""
    nights = [
        ViewCount(START + hour * HOUR, 100 * sum(6 <= h % 24 < 23 for h in range(hour)) + 10)
        for hour in range(60)
    ]
    assert one(gains([repost(START + 29 * HOUR)], nights)) == (None, "as_before")


def test_reposts_of_one_evening_share_what_they_brought_and_later_ones_have_their_own():
    first, beside, later = repost(), repost(AT + HOUR, "y"), repost(AT + 12 * HOUR, "z")
    found = gains([later, first, beside], decaying(jump_at=AT, jump=3_000))
    assert [[each.handle for each in gain.reposts] for gain in found] == [["x", "y"], ["z"]]
    assert found[0].views is not None
    assert found[1].views is None  # the jump was over by then


@given(
    st.lists(
        st.builds(
            ViewCount,
            st.integers(START, AT + 50 * HOUR),
            st.integers(0, 10**6),
            st.sampled_from([0, 100, 1000]),
        ),
        max_size=30,
    ),
    st.lists(st.integers(START, AT + 40 * HOUR).map(repost), max_size=5),
)
def test_every_repost_is_in_one_group_and_no_more_is_told_than_was_counted(counts, reposts):
    found = gains(reposts, counts)
    assert sorted(each for gain in found for each in gain.reposts) == sorted(reposts)
    assert found == gains(reposts[::-1], counts[::-1])
    most = max((count.views for count in counts), default=0)
    for gain in found:
        assert (gain.views is None) != (gain.reason is None)
        assert gain.views is None or 90 <= gain.views <= most
