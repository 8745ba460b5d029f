"""What a walk is made of: the person's acts, the bot's answers, and what must be true of an answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.demo.client import Message

FOLD = "expandable_blockquote"
Words = tuple[str, str]  # Russian, English
Kind = Literal["start", "press", "open", "pick", "send", "forward", "file", "edit", "wait"]
TAPS, MESSAGES = ("start", "press", "open", "pick"), ("send", "file", "forward")
Place = Literal["private", "group"]
Wanted = Callable[[Message], bool]


@dataclass(frozen=True, slots=True)
class Act:
    """What a person does; `who`: the name of whoever acts, where it isn't the walk's own person."""

    kind: Kind
    words: str
    who: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A message of the bot as it stood at the end of a step; `notice`: a toast or an alert over the chat instead."""

    text: str
    entities: Sequence[dict[str, object]] = ()
    labels: Sequence[str] = ()
    picture: bytes | None = None
    document: str | None = None
    notice: bool = False


@dataclass
class Step:
    """`code`: of the line of the table it walks, or of a newcomer's task; `place`: where the person was."""

    code: str
    place: Place = "private"
    acts: list[Act] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    @property
    def taps(self) -> int:
        return sum(act.kind in TAPS for act in self.acts)

    @property
    def messages(self) -> int:
        return sum(act.kind in MESSAGES for act in self.acts)


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer must have. `says`, `lacks`, `button`: one text for both languages, or a pair."""

    says: Sequence[str | Words] = ()
    lacks: Sequence[str | Words] = ()
    button: Sequence[str | Words] = ()
    picture: bool | None = None
    document: bool | None = None

    def of(self, message: Message, language: str) -> bool:
        text = message.text.replace("\xa0", " ")
        return (
            all(in_language(one, language) in text for one in self.says)
            and not any(in_language(one, language) in text for one in self.lacks)
            and all(
                any(in_language(one, language) in label for label in message.labels) for one in self.button
            )
            and self.picture in (None, message.photo_id is not None)
            and self.document in (None, message.document_name is not None)
        )


def in_language(words: str | Words, language: str) -> str:
    return words if isinstance(words, str) else words[0 if language == "ru" else 1]


def parted(answer: Answer) -> tuple[str, str]:
    """What a phone shows at once, and what only a touch opens. Entities count UTF-16 units."""
    wide, seen, folds, end = answer.text.encode("utf-16-le"), b"", [], 0
    for entity in answer.entities:
        if entity["type"] == FOLD:
            start, length = int(str(entity["offset"])) * 2, int(str(entity["length"])) * 2
            folds.append(wide[start : start + length].decode("utf-16-le"))
            seen, end = seen + wide[end:start], start + length
    return (seen + wide[end:]).decode("utf-16-le").strip("\n"), "\n\n".join(folds)
