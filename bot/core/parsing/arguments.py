"""What stands behind the name of a command, read word for word: a line that the command takes, or None for talk."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from bot.core.parsing import phrases
from bot.core.parsing.addresses import Known, find_address
from bot.core.parsing.amounts import CURRENCY
from bot.core.parsing.counts import split_count
from bot.core.parsing.goals import read_goal
from bot.core.parsing.names import called
from bot.core.parsing.periods import DEFAULT, EVERYTHING, PeriodChoice, split_request
from bot.core.parsing.phrases import AROUND, fold, without_fillers
from bot.core.parsing.routine import read_routine
from bot.core.parsing.sums import in_order_of
from bot.core.parsing.vocabulary import FUNCTION, NETWORKS, group
from metrics.errors import DomainError
from metrics.money import find as find_formula

SAME_BEFORE = re.compile(r"\b(?:с|со|with|to|against)\s+(?:прошл|предыдущ|last|previous)", re.IGNORECASE)
# Atomic: «рубрубруб…» could be parted in as many ways as there are subsets of it, each to be tried.
NUMBERS = re.compile(rf"(?>(?:[\d.,/% -]|тыс|млн|{CURRENCY}|[kкmм]\b)+)", re.IGNORECASE)
_PUBLIC_NAME = re.compile(r"[A-Za-z]\w{3,31}", re.ASCII)
_ENGLISH_WORD = re.compile(r"[A-Za-z]+")
_WITH_ADDRESS = frozenset({"add", "check", "placement"})
_OF = frozenset({"of", "on", "in", "from", "for", "у", "на", "в", "с", "за", "по", "из"})
_POLITE = frozenset({"please", "pls", "plz", "пожалуйста", "плиз", "пж"})
_COINS = frozenset({"money", "деньги"})
_GIVES = frozenset(
    {"send", "give", "gimme", "дай", "дайте", "скинь", "скинуть", "кинь", "вышли", "отправь", "присылай"}
)
_NETWORK = group(NETWORKS)
_ROUTINES = frozenset({"digest", "alerts"})
WITH_CHANNEL = frozenset({"er", "why", "growth", "when", "content", "benchmark", "top", "export"})

# The days of a question that names none, where its answer has days of its own.
_MONTH, _QUARTER = PeriodChoice(days=30), PeriodChoice(days=90)
USUAL = {
    "er": DEFAULT,
    "why": DEFAULT,
    "top": _MONTH,  # of a week a good post is mostly luck
    "compare": _MONTH,
    "growth": _MONTH,
    "when": _QUARTER,
    "content": _QUARTER,
}


def arguments_of(
    command: str, phrase: str, rest: Sequence[str], known: Sequence[Known], today: date
) -> str | None:
    """Returns the command's line; None where some of the words are not accounted for."""
    left = [word for word in without_fillers(rest) if phrases.PHRASES.get(fold(word)) != command]
    if command == "compare":
        return _compare(left, known, today)
    if command in WITH_CHANNEL:
        return _about_channel(command, phrase, rest, left, known, today)
    if command in _OTHERS:
        names_nobody = command in _WITH_ADDRESS and left and not _ends_with_name(left[0], rest, known)
        is_talk = names_nobody or (phrase in _COINS and any(fold(word) in _GIVES for word in rest))
        return None if is_talk else _OTHERS[command](phrase, left, known)
    if not left:
        return line_of(command)
    name, period = split_off_period(left, today, known)
    if command == "digest" and period and not name:
        return line_of(command, written(period))
    return _routine(command, " ".join(left))


def _ends_with_name(name: str, rest: Sequence[str], known: Sequence[Known]) -> bool:
    """Tells whether a word that may be a public name is the last but for numbers: «add milk to the list» names nobody."""
    if find_address(name.strip(AROUND), known) or not _PUBLIC_NAME.fullmatch(name.strip(AROUND)):
        return True
    at = list(map(fold, rest)).index(fold(name))
    behind = list(rest)[at + 1 :]
    if at and fold(rest[at - 1]) in ("a", "an", "the", "more"):
        return False
    return all(fold(word) in _POLITE or NUMBERS.fullmatch(fold(word) or "0") for word in behind)


def _routine(command: str, text: str) -> str | None:
    """Returns the line of «сводка в 10 утра по будням»; None where an hour or days are not told."""
    if command not in _ROUTINES:
        return None
    try:
        said = read_routine(text)
    except DomainError:
        return None
    return None if said.at_minute is None and said.weekdays is None else line_of(command, text)


def free_words(command: str, phrase: Sequence[str], text: Sequence[str], today: date) -> str | None:
    """Returns the line of «цель ER 3% к 1 марта»; a note only behind a colon: «заметка: сменили аватар»."""
    if not text:
        return line_of(command)
    written_as = " ".join(text)
    if command == "note":
        return line_of(command, written_as) if phrase[-1].endswith(":") else None
    try:
        read_goal(written_as, today)
    except DomainError:
        return None
    return line_of(command, written_as)


def _about_channel(
    command: str, phrase: str, rest: Sequence[str], left: Sequence[str], known: Sequence[Known], today: date
) -> str | None:
    if phrase in ("просмотры", "views") and left and left[0][:1].isdigit():
        return None  # somebody tells how many there were
    if phrase in ("best", "лучшие") and left and not any(fold(word) in _OF for word in rest):
        return None  # “the best coffee”
    is_table = command == "export" and "csv" in (phrase, *map(fold, rest))
    name, period = split_off_period(
        [word for word in left if fold(word) != "в"] if is_table else left, today, known
    )
    if command == "top" and name.isdecimal():
        name = ""
    title = title_of(name, known)
    if command == "er" and title and not period and _is_foreign(title, known):
        return line_of("check", title)
    return None if title is None else line_of(command, title, written(period), "csv" if is_table else "")


def _is_foreign(name: str, known: Sequence[Known]) -> bool:
    address = find_address(name, known)
    return address is not None and not address.is_own


def _compare(left: Sequence[str], known: Sequence[Known], today: date) -> str | None:
    """Returns the line of «кухня против маршрута», or of «с прошлым месяцем»; None for talk.

    With the latter every channel stands beside its own period before anyway.
    """
    text = " ".join(left)
    name, period = split_off_period(left, today, known)
    if period == EVERYTHING and not re.search(r"врем|time|период", text, re.IGNORECASE):
        period = None  # “all my channels” are all channels
    if period and period.first and SAME_BEFORE.search(text):
        length_days = period.length_days
        period = PeriodChoice(days=min((7, 30, 90, 365), key=lambda days: abs(days - length_days)))
    names = [
        part.strip()
        for part in re.split(r",|\s(?:и|and|с|with|or|или|to)\s", f" {name} ", flags=re.IGNORECASE)
    ]
    titles = [title for one in names if one for title in _titles_of(one, known)]
    if None in titles:
        return None
    if not period and any(_is_foreign(one, known) for one in titles if one):
        return line_of("check", *filter(None, titles))  # with others' channels only a check can be had
    return line_of("compare", ", ".join(dict.fromkeys(filter(None, titles))), written(period))


def _titles_of(name: str, known: Sequence[Known]) -> list[str | None]:
    """Returns the title that is meant, or of several names without a comma each its own: «кухню маршрут»."""
    title, words = title_of(name, known), name.split()
    if title is not None or len(words) == 1:
        return [title]
    return [title_of(word, known) for word in words]


def _check(phrase: str, left: Sequence[str], known: Sequence[Known]) -> str | None:
    return _with_address("check", phrase, left, known)


def _add(phrase: str, left: Sequence[str], known: Sequence[Known]) -> str | None:
    return _with_address("add", phrase, left, known)


def _placement(phrase: str, left: Sequence[str], known: Sequence[Known]) -> str | None:
    return _with_address("placement", phrase, left, known)


def _with_address(command: str, phrase: str, left: Sequence[str], known: Sequence[Known]) -> str | None:
    """Returns the line of a name or a link first, or a name alone, and numbers behind it; None for talk."""
    if not left or (command == "add" and all(_NETWORK.fullmatch(fold(word)) for word in left)):
        return line_of(command)
    first, numbers = left[0].strip(AROUND), " ".join(left[1:])
    if not NUMBERS.fullmatch(numbers or "0"):
        title = title_of(" ".join(left), known) if command == "check" else None
        return line_of(command, title) if title else None
    is_word = phrase.isascii() and _ENGLISH_WORD.fullmatch(first)  # “add sugar”
    if find_address(first, known) or (_PUBLIC_NAME.fullmatch(first) and not is_word):
        return line_of(command, first, numbers)
    title = title_of(first, known)
    return line_of(command, title, numbers) if title and command == "check" else None


def _subscribers(_phrase: str, left: Sequence[str], known: Sequence[Known]) -> str | None:
    text = " ".join(left)
    words, count = split_count(text, [one.title for one in known])
    title = title_of(words, known)
    return None if title is None else line_of("subs", title, text[len(words) :].strip() if count else "")


def _money(phrase: str, left: Sequence[str], _known: Sequence[Known]) -> str | None:
    formula = phrase if find_formula(phrase) else ""
    if left and not formula and find_formula(left[0]):
        formula, left = left[0], left[1:]
    numbers = " ".join(left)
    found = find_formula(formula) if formula else None
    numbers = (in_order_of(found, numbers) if found else None) or numbers
    return line_of("money", formula, numbers) if NUMBERS.fullmatch(numbers or "0") else None


_OTHERS: dict[str, Callable[[str, Sequence[str], Sequence[Known]], str | None]] = {
    "check": _check,
    "add": _add,
    "placement": _placement,
    "subs": _subscribers,
    "money": _money,
}


def title_of(name: str, known: Sequence[Known]) -> str | None:
    """Returns the title where one channel is meant, the words where several are; None: none is.

    It is empty for no words.
    """
    words = name.split()
    while words and fold(words[0]) in (
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
    if all(FUNCTION.fullmatch(fold(word)) for word in words) and not any(
        one.title.casefold() == name.casefold() for one in known
    ):
        return None  # “and” is no “Coffee and Code”
    if address := find_address(words[0], known) if len(words) == 1 else None:
        return address.name
    fits = called(known, " ".join(words).strip(AROUND))
    if not fits:
        return None
    return fits[0].title if len(fits) == 1 else " ".join(words)


def split_off_period(
    words: Sequence[str], today: date, known: Sequence[Known]
) -> tuple[str, PeriodChoice | None]:
    try:
        return split_request(" ".join(words), today, [one.title for one in known])
    except DomainError:
        return " ".join(words), None


def written(period: PeriodChoice | None) -> str:
    """Returns a period as people write it, so that a command reads it: the inverse of `parse_period`."""
    if period is None:
        return ""
    if period == EVERYTHING:
        return "все"
    if period.first and period.last:
        return f"{period.first:%d.%m.%Y}-{period.last:%d.%m.%Y}"
    return period.code


def line_of(command: str, *args: str) -> str:
    return " ".join([f"/{command}", *(one for one in args if one)])
