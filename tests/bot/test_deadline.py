"""What breaks: parts that are closed one after another and each take the whole time."""

from bot.core.deadline import Deadline


def test_all_who_ask_share_one_end():
    now = 100.0
    deadline = Deadline(20, clock=lambda: now)
    deadline.begin()
    now = 112.0
    deadline.begin()
    assert deadline.left_s() == 8
    assert deadline.left_s(keep_s=5) == 3
    now = 118.0
    assert deadline.left_s(keep_s=5) == 0
    now = 500.0
    assert deadline.left_s() == 0
