"""What a person means who does not write a command: the command that says it, or nothing."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.core.parsing import phrases
from bot.core.parsing.addresses import find_address
from bot.core.parsing.counts import split_count
from bot.core.parsing.names import Named, called
from bot.core.parsing.periods import EVERYTHING, PeriodChoice, split_request
from bot.core.parsing.typos import nearest
from metrics.errors import DomainError
from metrics.money import find as find_formula

MOST_CHARS = 160
MOST_WORDS = 14
MOST_UNKNOWN = 4
_COMMAND = re.compile(r"/([^\s@/]+)(@\w+)?(?:\s+(.*))?", re.DOTALL)
_AROUND = ".,!?:;…«»\"'()"
_SAME_BEFORE = re.compile(r"\b(?:с|со|with|to|against)\s+(?:прошл|предыдущ|last|previous)", re.IGNORECASE)
_NUMBERS = re.compile(r"(?:[\d.,/%$€£₽₸₴₺ -]|тыс|млн|руб\w*|[kкmм]\b)+", re.IGNORECASE)
_PUBLIC_NAME = re.compile(r"[A-Za-z]\w{3,31}", re.ASCII)
_TWO_DAYS = re.compile(r"\d+[./]\d+\S*\s*(?:-|–|—|\.\.)\s*\d+[./]\d+")
_WITH_CHANNEL = frozenset({"er", "top", "export"})


class Known(Named, Protocol):
    """A channel of the workspace."""

    @property
    def platform(self) -> str: ...

    @property
    def chat_id(self) -> int | None: ...

    @property
    def is_watched(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """`line`: a command as the handlers take it; `is_named`: the words say which command, rather than a channel or a
    period alone.
    """

    line: str
    is_named: bool

    @property
    def command(self) -> str:
        return self.line[1:].partition(" ")[0]


def understand(text: str, known: Sequence[Known], today: date) -> Reading | None:
    """None for what is a command already, and for words that not all are accounted for: those are talk."""
    if found := _COMMAND.fullmatch(text):
        return _from_slash(found[1], found[2] or "", found[3] or "", known, today)
    words = text.split()
    if not words or len(text) > MOST_CHARS or len(words) > MOST_WORDS or "\n" in text.strip():
        return None
    if any(one.title.casefold() == " ".join(words).casefold() for one in known):
        return Reading(f"/er {' '.join(words)}", is_named=False)
    return (
        _from_address(words, known, today) or _from_words(words, known, today) or _bare(words, known, today)
    )


def _from_slash(name: str, bot: str, rest: str, known: Sequence[Known], today: date) -> Reading | None:
    """«/ER», «/digst», «/сводка», «/stats 30d»: whatever stands behind a name that is known is left to its command."""
    folded = _fold(name)
    command = folded if folded in phrases.COMMANDS else None
    if command == name:
        return None
    if command is None:
        named = _from_words([name, *rest.split()], known, today)
        if named is not None:
            return named
        near = nearest(folded, phrases.COMMANDS) or nearest(folded, phrases.PHRASES.keys())
        command = phrases.PHRASES.get(near) if near else None
    return None if command is None else Reading(f"/{command}{bot} {rest}".strip(), is_named=True)


def _from_address(words: Sequence[str], known: Sequence[Known], today: date) -> Reading | None:
    """A name or a link, with a period, or with the price of an ad there: its card, or for a foreign one the check."""
    at = next((place for place, word in enumerate(words) if find_address(word.strip(_AROUND), known)), None)
    if at is None:
        return None
    address = find_address(words[at].strip(_AROUND), known)
    rest = _without_fillers([*words[:at], *words[at + 1 :]])
    if address is None:
        return None
    if not address.is_own and _NUMBERS.fullmatch(" ".join(rest) or "0"):
        return Reading(_line("check", address.name, *rest), is_named=False)
    name, period = _split(rest, today, known)
    if name or (period and not address.is_own):
        return None
    return Reading(_line("er", address.name, _written(period)), is_named=False)


def _from_words(words: Sequence[str], known: Sequence[Known], today: date) -> Reading | None:
    folded = [_fold(word) for word in words]
    for length in range(min(phrases.LONGEST_PHRASE, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            phrase = " ".join(folded[start : start + length])
            if (command := _command_of(phrase)) is None:
                continue
            before, after = list(words[:start]), list(words[start + length :])
            if phrase in phrases.BETWEEN_NAMES:
                before.append(",")
            args = _arguments(command, phrase, [*before, *after], known, today)
            if args is not None:
                return Reading(args, is_named=True)
    if (
        folded[0] in ("er", "ер") and len(words) <= MOST_UNKNOWN
    ):  # said so plainly that a wrong name is told of
        return Reading(_line("er", *words[1:]), is_named=True)
    return None


def _command_of(phrase: str) -> str | None:
    if phrase in phrases.PHRASES or phrase in phrases.FILLERS:
        return phrases.PHRASES.get(phrase)
    if find_formula(phrase) and phrase.isascii():
        return "money"
    near = nearest(phrase, phrases.PHRASES.keys()) if len(phrase) > 4 else None
    return phrases.PHRASES.get(near) if near else None


def _arguments(
    command: str, phrase: str, rest: Sequence[str], known: Sequence[Known], today: date
) -> str | None:
    """The command's line; None where some of the words are not accounted for."""
    left = [word for word in _without_fillers(rest) if phrases.PHRASES.get(_fold(word)) != command]
    if command == "compare":
        return _compare(left, known, today)
    if command in _WITH_CHANNEL:
        return _about_channel(command, phrase, rest, left, known, today)
    if command in _OTHERS:
        return _OTHERS[command](phrase, left, known)
    if not left:
        return _line(command)
    name, period = _split(left, today, known)
    return _line("er", _written(period)) if command == "digest" and period and not name else None


def _about_channel(
    command: str, phrase: str, rest: Sequence[str], left: Sequence[str], known: Sequence[Known], today: date
) -> str | None:
    if phrase in ("просмотры", "views") and left and left[0][:1].isdigit():
        return None  # somebody tells how many there were
    is_table = command == "export" and "csv" in (phrase, *map(_fold, rest))
    name, period = _split([word for word in left if _fold(word) != "в"] if is_table else left, today, known)
    if command == "top" and name.isdecimal():
        name = ""
    title = _title(name, known)
    return None if title is None else _line(command, title, _written(period), "csv" if is_table else "")


def _compare(left: Sequence[str], known: Sequence[Known], today: date) -> str | None:
    """«кухня против маршрута»; «с прошлым месяцем»: every channel stands beside its own period before anyway."""
    text = " ".join(left)
    name, period = _split(left, today, known)
    if period and period.first and _SAME_BEFORE.search(text):
        length_days = period.length_days
        period = PeriodChoice(days=min((7, 30, 90, 365), key=lambda days: abs(days - length_days)))
    names = [part.strip() for part in re.split(r",|\s(?:и|and|с|with|or|или|to)\s", f" {name} ")]
    titles = [_title(one, known) for one in names if one]
    if None in titles:
        return None
    return _line("compare", ", ".join(filter(None, titles)), _written(period))


def _check(_phrase: str, left: Sequence[str], known: Sequence[Known]) -> str | None:
    return _with_address("check", left, known)


def _add(_phrase: str, left: Sequence[str], known: Sequence[Known]) -> str | None:
    return _with_address("add", left, known)


def _placement(_phrase: str, left: Sequence[str], known: Sequence[Known]) -> str | None:
    return _with_address("placement", left, known)


def _with_address(command: str, left: Sequence[str], known: Sequence[Known]) -> str | None:
    """With a name or a link first, or a name by itself, and numbers behind it."""
    if not left:
        return _line(command)
    first, numbers = left[0].strip(_AROUND), " ".join(left[1:])
    if not _NUMBERS.fullmatch(numbers or "0"):
        title = _title(" ".join(left), known) if command == "check" else None
        return _line(command, title) if title else None
    if find_address(first, known) or _PUBLIC_NAME.fullmatch(first):
        return _line(command, first, numbers)
    title = _title(first, known)
    return _line(command, title, numbers) if title and command == "check" else None


def _subscribers(_phrase: str, left: Sequence[str], known: Sequence[Known]) -> str | None:
    text = " ".join(left)
    words, count = split_count(text, [one.title for one in known])
    title = _title(words, known)
    return None if title is None else _line("subs", title, text[len(words) :].strip() if count else "")


def _money(phrase: str, left: Sequence[str], _known: Sequence[Known]) -> str | None:
    formula = phrase if find_formula(phrase) else ""
    if left and not formula and find_formula(left[0]):
        formula, left = left[0], left[1:]
    numbers = " ".join(left)
    return _line("money", formula, numbers) if _NUMBERS.fullmatch(numbers or "0") else None


_OTHERS: dict[str, Callable[[str, Sequence[str], Sequence[Known]], str | None]] = {
    "check": _check,
    "add": _add,
    "placement": _placement,
    "subs": _subscribers,
    "money": _money,
}


def _bare(words: Sequence[str], known: Sequence[Known], today: date) -> Reading | None:
    """A period, or the name of a channel with or without one."""
    left = _without_fillers(words)
    text = " ".join(left)
    if not left or _fold(text) in phrases.TALK:
        return None
    if not any(map(str.isalpha, text)) and not _TWO_DAYS.search(text):
        return None  # a number
    name, period = _split(left, today, known)
    if not name and not period:
        return None
    title = _title(name, known)
    return None if title is None else Reading(_line("er", title, _written(period)), is_named=False)


def _title(name: str, known: Sequence[Known]) -> str | None:
    """The title where one channel is meant, the words where several are; None where none is. Empty for no words."""
    words = name.split()
    while words and _fold(words[0]) in (
        "у",
        "по",
        "для",
        "на",
        "в",
        "с",
        "о",
        "про",
        "за",
        "for",
        "of",
        "in",
        "on",
        "и",
    ):
        words = words[1:]
    if not words:
        return ""
    if address := find_address(words[0], known) if len(words) == 1 else None:
        return address.name
    fits = called(known, " ".join(words).strip(_AROUND))
    if not fits:
        return None
    return fits[0].title if len(fits) == 1 else " ".join(words)


def _split(words: Sequence[str], today: date, known: Sequence[Known]) -> tuple[str, PeriodChoice | None]:
    try:
        return split_request(" ".join(words), today, [one.title for one in known])
    except DomainError:
        return " ".join(words), None


def _without_fillers(words: Sequence[str]) -> list[str]:
    kept = [word for word in words if _fold(word) not in phrases.FILLERS or _fold(word) in phrases.LINKS]
    kept = [word for word in kept if word == "," or word.strip(_AROUND)]
    while kept and _fold(kept[-1]) in phrases.LINKS:
        kept.pop()
    while kept and (_fold(kept[0]) in phrases.LINKS) and len(kept) == 1:
        kept.pop(0)
    return [word if word == "," else word.rstrip("?!.") or word for word in kept]


def _written(period: PeriodChoice | None) -> str:
    """As people write it, so that a command reads it: the inverse of `parse_period`."""
    if period is None:
        return ""
    if period == EVERYTHING:
        return "все"
    if period.first and period.last:
        return f"{period.first:%d.%m.%Y}-{period.last:%d.%m.%Y}"
    return period.code


def _line(command: str, *args: str) -> str:
    return " ".join([f"/{command}", *(one for one in args if one)])


def _fold(word: str) -> str:
    return word.casefold().replace("ё", "е").strip(_AROUND)
