"""What a person means who does not write a command: the command that says it, or nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.parsing import phrases
from bot.core.parsing.addresses import Address, Known, find_address
from bot.core.parsing.arguments import (
    NUMBERS,
    SAME_BEFORE,
    arguments_of,
    free_words,
    line_of,
    split_off_period,
    title_of,
    written,
)
from bot.core.parsing.bounds import with_bounds
from bot.core.parsing.errands import is_about_post, of_errand
from bot.core.parsing.idioms import asks, gives_thanks, is_opening, words_meant
from bot.core.parsing.periods import may_be_to_come
from bot.core.parsing.phrases import AROUND, fold, without_fillers, without_pictures
from bot.core.parsing.questions import names_subject, of_subject
from bot.core.parsing.rankings import split_count, with_count, with_ranking
from bot.core.parsing.rewriting import clauses_of, put_behind, ways_to_read
from bot.core.parsing.shapes import of_shape
from bot.core.parsing.terms import of_terms
from bot.core.parsing.two_periods import of_two_periods
from bot.core.parsing.typos import nearest
from metrics.money import find as find_formula

MOST_CHARS = 160
MOST_WORDS = 14
MOST_CLAUSES = 4
MOST_UNKNOWN = 4
SURE_CHARS = 6  # of a word that is taken for another one with a slip
_COMMAND = re.compile(r"/([^\s@/]+)(@\w+)?(?:\s+(.*))?", re.DOTALL)
_TWO_DAYS = re.compile(r"\d+[./]\d+\S*\s*(?:-|–|—|\.\.)\s*\d+[./]\d+")
_OPENED = re.compile(r"(?:and|what about|how about)\s+(?:for\s+)?(?=\w)", re.IGNORECASE)
_MAKES = re.compile(r"make|сделай|нарисуй|draw|запиши")
_COOKS = re.compile(r"make|cook|brew|сделай|сделать|приготовь|свари")
_ARTICLE = re.compile(r"an?", re.IGNORECASE)


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
    """Returns the command that is meant; None for a command, and for talk: words not all accounted for."""
    if found := _COMMAND.fullmatch(text):
        return _from_slash(found[1], found[2] or "", found[3] or "", known, today)
    if gives_thanks(text) or len(text) > MOST_CHARS:
        return None
    words = words_meant(text)
    telling = sum(fold(word) not in phrases.FILLERS and fold(word) != "" for word in words)
    if telling <= MOST_WORDS and "\n" not in text.strip():
        for said in (words, *ways_to_read(words), _with_title(words, known)):
            if reading := _read_ranked(said, known, today) or _read(said, known, today):
                return Reading(with_ranking(reading.line, said), reading.is_named)
        if (opened := _OPENED.match(" ".join(words))) and (
            bare := _bare(" ".join(words)[opened.end() :].split(), known, today)
        ):
            return bare
    if errand := of_errand(text, known, today):
        return Reading(errand, is_named=True)
    return _from_clauses(text, known, today)


def _read_ranked(words: Sequence[str], known: Sequence[Known], today: date) -> Reading | None:
    """Reads «пять лучших постов за октябрь»: how many posts are wanted is no day of the period."""
    rest, count = split_count(" ".join(words), [one.title for one in known])
    reading = _read(words_meant(rest), known, today) if count else None
    if reading is None or reading.command != "top":
        return None
    return Reading(with_count(reading.line, count), reading.is_named)


def _with_title(words: Sequence[str], known: Sequence[Known]) -> list[str]:
    """Puts its title in place of a channel's own address, “reactions of @coffee_code”, or of its name without the sign.

    No words where there is none.
    """
    for place, word in enumerate(words):
        address = find_address(word.strip(AROUND), known)
        handle = address.name.removeprefix("@") if address and address.is_own and not address.post else None
        if title := next((one.title for one in known if handle and one.handle == handle), None):
            return [*words[:place], *title.split(), *words[place + 1 :]]
    said = " ".join(words).casefold().replace("_", " ")
    for one in known:
        name = (one.handle or "").replace("_", " ")
        at = f" {said} ".find(f" {name} ") if " " in name else -1
        if at >= 0 and not one.is_watched:
            return f"{said[:at]}{one.title}{said[at + len(name) :]}".split()
    return []


def _read(words: Sequence[str], known: Sequence[Known], today: date) -> Reading | None:
    others = [word for word in words if not _COOKS.fullmatch(fold(word))]
    if not words or (len(others) < len(words) and not names_subject(others)):
        return None  # “make me a coffee”
    if any(one.title.casefold() == " ".join(words).casefold() for one in known):
        return Reading(f"/er {' '.join(words)}", is_named=False)
    if line := of_terms(words) or of_two_periods(words, known, today):
        return Reading(line, is_named=True)
    return (
        _from_address(words, known, today)
        or _from_words(words, known, today)
        or _from_shape(words, known, today)
        or _from_subject(words, known, today)
        or _plainly(words)
        or _bare(words, known, today)
    )


def _from_clauses(text: str, known: Sequence[Known], today: date) -> Reading | None:
    """Reads «отключи сводки, они мне не нужны»: the one clause that asks for something, among others that only tell."""
    clauses = clauses_of(text)
    if not clauses or len(clauses) > MOST_CLAUSES or any(_is_stranger(one, known, today) for one in clauses):
        return None
    found = {
        reading.line: reading
        for clause in clauses
        if asks(clause) and (reading := _of_clause(clause, known, today)) and reading.is_named
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _of_clause(clause: str, known: Sequence[Known], today: date) -> Reading | None:
    if reading := _read(words_meant(clause), known, today):
        return reading
    errand = of_errand(clause, known, today)
    return None if errand is None else Reading(errand, is_named=True)


def _is_stranger(clause: str, known: Sequence[Known], today: date) -> bool:
    """Tells whether a clause is one word that says nothing to the bot: «Лен, …» is said to Lena."""
    return " " not in clause and not (asks(clause) or is_opening(clause) or _read([clause], known, today))


def nearly(text: str, known: Sequence[Known], today: date) -> tuple[str, str] | None:
    """Returns the command that some of the words name and those that nobody accounts for; None where either is missing.

    It is for texts that `understand` gives nothing for, to say what was not understood: nothing is done by it.
    """
    words = put_behind(text.split()) if len(text) <= MOST_CHARS else []
    if len(words) > MOST_WORDS:
        return None
    for command, start, end in _named(words):
        if command in phrases.WITH_FREE_WORDS and words[end:]:
            return command, " ".join(words[end:])  # as they were written
        left, _ = split_off_period(without_fillers([*words[:start], *words[end:]]), today, known)
        unknown = " ".join(word for word in left.split() if fold(word) not in phrases.LINKS)
        if unknown and not NUMBERS.fullmatch(unknown):
            return command, unknown
    return None


def _named(words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yields the commands that words name, the longest phrase first, with the places where it begins and ends."""
    folded = [fold(word) for word in words]
    for length in range(min(phrases.LONGEST_PHRASE, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            if command := _command_of(" ".join(folded[start : start + length])):
                yield command, start, start + length


def _from_slash(name: str, bot: str, rest: str, known: Sequence[Known], today: date) -> Reading | None:
    """Reads «/ER», «/digst», «/сводка», «/stats 30d»: what stands behind a known name is its command's."""
    folded = fold(name)
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
    """Reads a name or a link, with a period or an ad's price: its card, or for a foreign one the check."""
    at = next((place for place, word in enumerate(words) if find_address(word.strip(AROUND), known)), None)
    if at is None:
        return None
    several = [find_address(word.strip(AROUND), known) for word in words]
    if len(several) > 1 and all(several):
        command = "compare" if all(one.is_own for one in several if one) else "check"
        return Reading(line_of(command, *(one.name for one in several if one)), is_named=False)
    address = find_address(words[at].strip(AROUND), known)
    rest = without_fillers([*words[:at], *words[at + 1 :]])
    line = None if address is None else _of_address(address, rest, known, today)
    return None if line is None else Reading(line, is_named=False)


def _of_address(address: Address, rest: Sequence[str], known: Sequence[Known], today: date) -> str | None:
    if not address.is_own and NUMBERS.fullmatch(" ".join(rest) or "0"):
        return line_of("check", address.name, *rest)
    if address.is_own and address.post and is_about_post(rest):
        return line_of("post", address.post)
    name, period = split_off_period(rest, today, known)
    if name or (period and not address.is_own):
        return None
    return line_of("er", address.name, written(period))


def _from_words(words: Sequence[str], known: Sequence[Known], today: date) -> Reading | None:
    words = put_behind(words)
    for command, start, end in _named(words):
        phrase = " ".join(map(fold, words[start:end]))
        before, after = list(words[:start]), list(words[end:])
        while before and fold(before[-1]) in phrases.LINKS:  # “the er”
            before.pop()
        if command in phrases.WITH_FREE_WORDS:
            if not without_fillers(words[:start]) and (
                line := free_words(command, words[:end], after, today)
            ):
                return Reading(line, is_named=True)
            continue
        if command == "post" and any(map(_MAKES.fullmatch, map(fold, before))):
            continue  # the bot writes none
        if phrase in phrases.BETWEEN_NAMES:
            before.append(",")
        args = arguments_of(command, phrase, [*before, *after], known, today)
        if args is not None:
            return Reading(args, is_named=True)
    return None


def _plainly(words: Sequence[str]) -> Reading | None:
    """Reads «er чайник»: said so plainly that a wrong name is told of."""
    if fold(words[0]) in ("er", "ер") and len(words) <= MOST_UNKNOWN:
        return Reading(line_of("er", *words[1:]), is_named=True)
    return None


def _from_shape(words: Sequence[str], known: Sequence[Known], today: date) -> Reading | None:
    line = of_shape(with_bounds(without_pictures(words), today), known, today)
    return None if line is None else Reading(line, is_named=True)


def _from_subject(words: Sequence[str], known: Sequence[Known], today: date) -> Reading | None:
    line = of_subject(with_bounds(without_pictures(words), today), known, today)
    return None if line is None else Reading(line, is_named=True)


def _command_of(phrase: str) -> str | None:
    if phrase in phrases.PHRASES or phrase in phrases.FILLERS:
        return phrases.PHRASES.get(phrase)
    if find_formula(phrase) and phrase.isascii():
        return "money"
    may_be_slip = len(phrase) >= SURE_CHARS and " " not in phrase and phrase not in phrases.WORDS_AS_NEAR
    near = nearest(phrase, phrases.PHRASES.keys()) if may_be_slip else None
    return phrases.PHRASES.get(near) if near else None


def _bare(words: Sequence[str], known: Sequence[Known], today: date) -> Reading | None:
    """Reads a period, or the name of a channel with or without one."""
    named, _ = split_off_period([word.strip(AROUND) for word in without_pictures(words)], today, known)
    if any(map(_ARTICLE.fullmatch, named.split()[:-1])):
        return None  # “I need a coffee”: one of many is no channel
    left = without_fillers(words)
    text = " ".join(left)
    if not left or fold(text) in phrases.TALK:
        return None
    if not any(map(str.isalpha, text)) and not _TWO_DAYS.search(text):
        return None  # a number
    if SAME_BEFORE.match(text) and (compared := arguments_of("compare", "", left, known, today)):
        return Reading(compared, is_named=False)
    name, period = split_off_period(left, today, known)
    if not name and (not period or may_be_to_come(text, today)):
        return None
    title = title_of(name, known)
    return None if title is None else Reading(line_of("er", title, written(period)), is_named=False)
