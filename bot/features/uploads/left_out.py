"""Which of the files that were sent at once are read, and what is said of the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from bot.telegram.sent_together import MOST_FILES
from metrics.errors import DomainError

MOST_IN_LIMITS = 10  # all together: times what one file may have


class SentFile(Protocol):
    """Describes a file as Telegram does."""

    @property
    def file_name(self) -> str | None: ...

    @property
    def file_size(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class LeftOut:
    name: str
    why: Literal["empty", "too_big", "too_many"]


S = TypeVar("S", bound=SentFile)


def divide(documents: Sequence[S], limit_mb: int) -> tuple[list[S], list[LeftOut]]:
    """Returns what is read, and what is not and why; what is left out spoils nothing for the others.

    Raises DomainError("file.empty"), ("uploads.too_big", limit_mb) where nothing is left to read.
    """
    taken: list[S] = []
    left: list[LeftOut] = []
    room = limit_mb * 2**20 * MOST_IN_LIMITS
    for document in documents:
        size, name = document.file_size or 0, document.file_name or "file"
        if document.file_size == 0:
            left.append(LeftOut(name, "empty"))
        elif size > limit_mb * 2**20:
            left.append(LeftOut(name, "too_big"))
        elif len(taken) == MOST_FILES or size > room:
            left.append(LeftOut(name, "too_many"))
        else:
            taken.append(document)
            room -= size
    if not taken and all(one.why == "empty" for one in left):
        raise DomainError("file.empty")
    if not taken:
        raise DomainError("uploads.too_big", limit_mb=limit_mb)
    return taken, left
