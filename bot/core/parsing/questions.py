"""Questions by their subject: the words that carry the meaning, whatever stands between them.

«слушай а сколько у нас народу отписалось на кухне за неделю» is «отписалось», a channel and a period: pronouns, prepositions
and politeness belong to no subject and are passed over, slips are mended. A word of another subject makes the text talk.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from bot.core.parsing import vocabulary as v
from bot.core.parsing.addresses import Known, find_address
from bot.core.parsing.arguments import NUMBERS, arguments_of, line_of, split_off_period, title_of, written
from bot.core.parsing.periods import PeriodChoice
from bot.core.parsing.phrases import AROUND, FILLERS, WORDS_AS_NEAR, fold
from bot.core.parsing.subjects import SUBJECTS, Subject
from bot.core.parsing.typos import is_one_slip
from bot.core.parsing.vocabulary import group

SURE_CHARS = 6  # of a word that is mended
_SURE_STEM_CHARS = 5
_OF_CHECKS = group(
    v.SUSPECT,
    v.BUY,
    v.ADS,
    v.CHANNELS,
    v.SUBSCRIBERS,
    v.PEOPLE,
    v.PRICE,
    v.OPINION,
    v.POSTS,
    r"нет ли не no денег деньги money into перед покупк\w+ before",
)
_NO_PERIODS = frozenset({"все", "all", "everything", "day", "день", "the", "may", "mar", "year", "год"})
_OF_CAUSES = group(r"почему отчего зачем куда откуда когда why where when")
_ASKS_CHECK = group(v.SUSPECT, v.BUY, v.OPINION)


def of_subject(words: Sequence[str], known: Sequence[Known], today: date) -> str | None:
    """Returns the line of the first subject that accounts for every word but those of no subject; None for talk."""
    if any(v.THANKS.fullmatch(fold(word)) for word in words):
        return None
    if any(find_address(word.strip(AROUND), known) for word in words):
        return _check(words, known)
    if line := _routine(words, known, today) or _two(words, known, today):
        return line
    whole = _mended([fold(word) for word in words if fold(word)], known)
    for subject in SUBJECTS:  # «лучший день» is no period
        if subject.command == "when" and (line := _of(subject, whole, None, known)):
            return line
    name, period = _split_off_period(words, today, known)
    said = _mended([word for word in map(fold, name.split()) if word], known)
    is_negated = any(v.NEGATIONS.fullmatch(word) for word in said)
    for subject in SUBJECTS:
        if is_negated and not subject.takes_negation:
            continue
        if line := _of(subject, said, period, known):
            return line
    return None


def _split_off_period(
    words: Sequence[str], today: date, known: Sequence[Known]
) -> tuple[str, PeriodChoice | None]:
    """Splits off the period, which may stand amid the words, too: «почему вчера был такой плохой охват»."""
    bare = [word.strip(AROUND) for word in words]
    name, period = split_off_period(bare, today, known)
    for length in (3, 2, 1) if period is None else ():
        for start in range(len(bare) - length + 1):
            amid = bare[start : start + length]
            left, found = split_off_period(amid, today, known)
            if (
                found
                and not left
                and not title_of(" ".join(amid), known)
                and fold(amid[-1]) not in _NO_PERIODS
            ):
                return " ".join([*bare[:start], *bare[start + length :]]), found
    return name, period


def _of(
    subject: Subject, said: Sequence[str], period: PeriodChoice | None, known: Sequence[Known]
) -> str | None:
    if not all(any(need.fullmatch(word) for word in said) for need in subject.needs):
        return None
    if subject.command == "er" and any(_OF_CAUSES.fullmatch(word) for word in said):
        return None
    negations = [v.NEGATIONS] if subject.takes_negation else []
    kinds = (*subject.needs, subject.beside, v.FUNCTION, *negations)
    left = [word for word in said if not any(kind.fullmatch(word) for kind in kinds)]
    left = [word for word in left if word not in FILLERS]
    if not subject.with_channel:
        return None if left or period else f"/{subject.command}"
    title = title_of(" ".join(left), known)
    if title is None or (subject.of_channel and not title):
        return None
    table = "csv" if subject.command == "export" and "csv" in said else ""
    return line_of(subject.command, title, written(period), table)


def _check(words: Sequence[str], known: Sequence[Known]) -> str | None:
    """Reads «стоит ли брать рекламу у @name за 15000»: one address of others, and words about ads and honesty alone."""
    at = [place for place, word in enumerate(words) if find_address(word.strip(AROUND), known)]
    address = find_address(words[at[0]].strip(AROUND), known)
    if len(at) > 1 or address is None or address.is_own:
        return None
    rest = [word for place, word in enumerate(words) if place not in at]
    left = [word for word in rest if not any(kind.fullmatch(fold(word)) for kind in (_OF_CHECKS, v.FUNCTION))]
    numbers = " ".join(word.rstrip("?!.,") for word in left)
    if not any(_ASKS_CHECK.fullmatch(fold(word)) for word in rest) or not NUMBERS.fullmatch(numbers or "0"):
        return None
    return line_of("check", words[at[0]].strip(AROUND), numbers)


_SUMMARY = group(v.SUMMARIES)
_REPORT = group(v.REPORTS)
_SENDS = group(
    v.SEND,
    r"каждый каждую каждое кажд\w+ every daily (?:mon|tues|wednes|thurs|fri|satur|sun)days? по пусть let нужен нужна",
)
_BESIDE_ROUTINE = group(
    v.SUMMARIES,
    v.REPORTS,
    v.SEND,
    v.ON,
    r"только only daily поменя\w* смени\w* измени\w* перенеси\w* change move set время time пусть me мне нам i want need хочу чтобы please можно нужен нужна",
)
_OF_ROUTINE = group(r"в во по at on every и and с до утра")


def _routine(words: Sequence[str], known: Sequence[Known], today: date) -> str | None:
    """Reads «хочу получать отчет по понедельникам в 10»: a summary at an hour or on days."""
    spoken = [word for word in words if fold(word)]
    said = list(zip(spoken, _mended([fold(word) for word in spoken], known), strict=True))
    has_summary = any(_SUMMARY.fullmatch(word) for _, word in said)
    is_sent = any(_REPORT.fullmatch(word) for _, word in said) and any(
        _SENDS.fullmatch(word) for _, word in said
    )
    if not (has_summary or is_sent) or any(v.NEGATIONS.fullmatch(word) for _, word in said):
        return None
    left = [
        written_as.strip("?!.")
        for written_as, word in said
        if _OF_ROUTINE.fullmatch(word) or not (_BESIDE_ROUTINE.fullmatch(word) or v.FUNCTION.fullmatch(word))
    ]
    while left and _OF_ROUTINE.fullmatch(fold(left[-1])) and fold(left[-1]) != "утра":
        left.pop()
    return arguments_of("digest", "", left, known, today) if left else None


_BETTER = group(
    v.COMPARE, r"или or лучше хуже выше ниже сильнее круче кто better worse higher lower stronger"
)
_BESIDE_TWO = group(
    v.METRICS,
    v.CHANNELS,
    v.COMPARE,
    r"лучше хуже выше ниже больше меньше сильнее круче better worse higher lower doing stronger",
)
_BETWEEN = group(v.COMPARE, r"лучше хуже better worse или or и and с со with than чем to")


def _two(words: Sequence[str], known: Sequence[Known], today: date) -> str | None:
    """Reads «где охваты выше, на кухне или на маршруте», “coffee against kitchen”: two channels beside each other."""
    name, period = split_off_period([word.strip(AROUND) for word in words], today, known)
    said = [word for word in map(fold, name.split()) if word]
    if not any(_BETTER.fullmatch(word) for word in said):
        return None
    for place in (place for place, word in enumerate(said) if _BETWEEN.fullmatch(word)):
        titles = [
            title_of(
                " ".join(
                    word
                    for word in part
                    if not _BESIDE_TWO.fullmatch(word) and not v.FUNCTION.fullmatch(word)
                ),
                known,
            )
            for part in (said[:place], said[place + 1 :])
        ]
        if all(titles):
            return line_of("compare", ", ".join(filter(None, titles)), written(period))
    return None


def _mended(words: Sequence[str], known: Sequence[Known]) -> list[str]:
    """Returns the words without their slips, «пачему» for one, where some word of a subject or a channel needs no mending."""
    is_sure = any(_is_of_subject(word) or title_of(word, known) for word in words)
    return [_without_slip(word, known) if is_sure else word for word in words]


def _without_slip(word: str, known: Sequence[Known]) -> str:
    """Returns the word that is meant; as it is where it is known, a channel's or near to several."""
    if len(word) < SURE_CHARS or word in FILLERS or word in WORDS_AS_NEAR:
        return word
    if _all_words().fullmatch(word) or v.FUNCTION.fullmatch(word) or title_of(word, known):
        return word
    near = {mended for stem in _stems() for mended in _with_stem(word, stem)}
    return near.pop() if len(near) == 1 else word


def _with_stem(word: str, stem: tuple[str, bool]) -> Iterator[str]:
    begins, has_ending = stem
    if not has_ending:
        if is_one_slip(word, begins):
            yield begins
        return
    for length in (len(begins) - 1, len(begins), len(begins) + 1):
        if len(word) >= length and word[0] == begins[0] and is_one_slip(word[:length], begins):
            yield begins + word[length:]
            return


@cache
def _stems() -> tuple[tuple[str, bool], ...]:
    """Returns the words of the subjects and their stems that are long enough to be known with a slip."""
    patterns = " ".join(
        one for name, one in vars(v).items() if _is_group(name) and isinstance(one, str)
    ).split()
    stems = {(re.sub(r"\\w[*+]$", "", one), one.endswith((r"\w*", r"\w+"))) for one in patterns}
    return tuple(
        sorted((stem, ends) for stem, ends in stems if stem.isalpha() and len(stem) >= _SURE_STEM_CHARS)
    )


@cache
def _all_words() -> re.Pattern[str]:
    return group(*(one for name, one in vars(v).items() if _is_group(name) and isinstance(one, str)))


def _is_group(name: str) -> bool:
    return name.isupper() and not name.startswith("_")


def names_subject(words: Sequence[str]) -> bool:
    """Tells whether some word is of a subject of the bot's, rather than a channel's name or a word around it."""
    return any(_is_of_subject(fold(word)) for word in words)


def _is_of_subject(word: str) -> bool:
    return bool(_all_words().fullmatch(word)) and not v.FUNCTION.fullmatch(word)
