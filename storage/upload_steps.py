"""The steps of one upload, from a file in a chat to an answered question about subscribers, and what follows what.

An answer leads back to READING: what is asked next, or whether anything is, follows from the files and from all the
answers so far. So each step survives a restart: the row of the import holds the step and the answers.
"""

from collections.abc import Mapping
from enum import StrEnum


class Step(StrEnum):
    READING = "reading"
    COLUMNS = "columns"  # asked: which column is which, is the day or the month first?
    ROWS = "rows"  # asked: is a row a post, or the totals of a day?
    CHAT = "chat"  # asked: which channel of an account's export?
    FILES = "files"  # asked: are several files one channel?
    WHOSE = "whose"  # asked: whose is a file that names no channel?
    SUBSCRIBERS = "subscribers"  # stored; asked: how many subscribers?
    DONE = "done"
    UNDONE = "undone"
    FAILED = "failed"


# Asked before anything is stored.
ASKED = frozenset({Step.COLUMNS, Step.ROWS, Step.CHAT, Step.FILES, Step.WHOSE})
STORED = frozenset({Step.SUBSCRIBERS, Step.DONE})

NEXT: Mapping[Step, frozenset[Step]] = {
    Step.READING: ASKED | {Step.DONE, Step.FAILED},
    **{asked: frozenset({asked, Step.READING, Step.FAILED}) for asked in ASKED},
    Step.DONE: frozenset({Step.SUBSCRIBERS, Step.UNDONE, Step.READING}),
    Step.SUBSCRIBERS: frozenset({Step.SUBSCRIBERS, Step.DONE, Step.UNDONE, Step.READING}),
    Step.UNDONE: frozenset(),
    Step.FAILED: frozenset(),
}


def before(step: Step) -> tuple[Step, ...]:
    """Returns the steps that may lead to this one."""
    return tuple(one for one, following in NEXT.items() if step in following)
