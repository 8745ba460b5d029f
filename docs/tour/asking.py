"""Lines that are walked by asking alone: what is written, and what must be in the answer, in private and in the group."""

from collections.abc import Sequence
from dataclasses import dataclass

from docs.tour.steps import Expected, Words
from docs.tour.walk import Walk


@dataclass(frozen=True, slots=True)
class Ask:
    """`group`: other words for the group, where it isn't asked in the same way."""

    words: str | Words
    expected: Expected
    group: str | Words | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """The walk of a line: everything asked in private by the owner, then in the group by a member."""

    code: str
    asks: Sequence[Ask]

    async def __call__(self, walk: Walk) -> None:
        for place in walk.both():
            walk.begin(self.code)
            for ask in self.asks:
                words = ask.group if place == "group" and ask.group is not None else ask.words
                await walk.say(words, ask.expected)


def asking(code: str, *asks: Ask) -> Asking:
    return Asking(code, asks)
