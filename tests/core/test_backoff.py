"""What breaks: a broken service that is asked without a pause, or one that is never asked again."""

import pytest

from bot.core.backoff import Backoff


@pytest.mark.parametrize(
    ("backoff", "waits"),
    [
        (Backoff((5, 15, 60)), [5, 15, 60, 60, 60]),
        (Backoff.doubling(900, 86_400), [900, 1800, 3600, 7200, 14_400, 28_800, 57_600, 86_400, 86_400]),
        (Backoff.doubling(10, 10), [10, 10]),
    ],
)
def test_waits_grow_as_the_table_says_and_the_last_one_repeats(backoff, waits):
    assert [backoff.after(failures) for failures in range(len(waits))] == waits


def test_a_spread_wait_is_up_to_a_fifth_shorter_and_never_longer():
    waits = [Backoff((10,)).spread_after(3) for _ in range(200)]
    assert 8 <= min(waits) < max(waits) <= 10
