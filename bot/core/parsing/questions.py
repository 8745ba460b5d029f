"""Questions by their subject: the words that carry the meaning, whatever stands between them.

«слушай а сколько у нас народу отписалось на кухне за неделю» is «отписалось», a channel and a period: pronouns, prepositions
and politeness belong to no subject and are passed over, slips are mended. A word of another subject makes the text talk.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, lru_cache

from bot.core.parsing import vocabulary as v
from bot.core.parsing.addresses import Known, find_address
from bot.core.parsing.arguments import NUMBERS, arguments_of, line_of, split_off_period, title_of, written
from bot.core.parsing.bounds import split_amid
from bot.core.parsing.names import is_one_word
from bot.core.parsing.periods import EVERYTHING, PeriodChoice
from bot.core.parsing.phrases import AROUND, FILLERS, WORDS_AS_NEAR, fold
from bot.core.parsing.subjects import SUBJECTS, Subject
from bot.core.parsing.typos import is_one_slip
from bot.core.parsing.vocabulary import group

SURE_CHARS = 6  # of a word that is mended; one less where a letter was left out
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
_OF_TIMES = ("when", "digest", "alerts")  # «лучший день», «каждый день» are no periods
_TIMED = tuple(one for one in SUBJECTS if one.command.startswith(_OF_TIMES))
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
    named, words = _split_long_title(words, known)
    whole = mended([fold(word) for word in words if fold(word)], known)
    if line := _first(_TIMED, whole, None, known, named):
        return line
    name, period = split_amid(words, today, known)
    said = mended([word for word in map(fold, name.split()) if word], known)
    return _first(SUBJECTS, said, period, known, named)


def _first(
    subjects: Sequence[Subject],
    said: Sequence[str],
    period: PeriodChoice | None,
    known: Sequence[Known],
    named: str,
) -> str | None:
    is_negated = any(v.NEGATIONS.fullmatch(word) for word in said)
    met: dict[int, bool] = {}  # many subjects share what they need
    for subject in subjects:
        if not subject.is_met(said, met):
            continue
        if is_negated and not subject.takes_negation:
            continue
        if line := _of(subject, said, period, known, named):
            return line
    return None


def _split_long_title(words: Sequence[str], known: Sequence[Known]) -> tuple[str, list[str]]:
    """Splits off a title of several words, in whichever case: they may be words of a subject, «Город и люди».

    The title is empty where none is named whole.
    """
    for one in known:
        parts = [part for part in one.title.split() if any(map(str.isalnum, part))]
        for start in range(len(words) - len(parts) + 1) if len(parts) > 1 else ():
            said = [word.strip(AROUND) for word in words[start : start + len(parts)]]
            if all(is_one_word(word, part) for word, part in zip(said, parts, strict=True)):
                return one.title, [*words[:start], *words[start + len(parts) :]]
    return "", list(words)


def _of(
    subject: Subject,
    said: Sequence[str],
    period: PeriodChoice | None,
    known: Sequence[Known],
    named: str,
) -> str | None:
    if subject.command == "er" and any(_OF_CAUSES.fullmatch(word) for word in said):
        return None
    negations = [v.NEGATIONS] if subject.takes_negation else []
    kinds = (*subject.needs, subject.beside, v.FUNCTION, *negations)
    left = [word for word in said if not any(kind.fullmatch(word) for kind in kinds)]
    left = [word for word in left if word not in FILLERS]
    title = None if left and named else named or title_of(" ".join(left), known)
    if subject.shows_all:
        return None if title is None else f"/{subject.command}"
    if not subject.with_channel or subject.of_all:
        return None if left or named else _of_all(subject, period)
    if title is None or (subject.of_channel and not (title or (subject.or_period and period))):
        return None
    table = "csv" if subject.command == "export" and "csv" in said else ""
    return line_of(subject.command, title, written(period), table)


def _of_all(subject: Subject, period: PeriodChoice | None) -> str | None:
    """Returns the line of what is asked of no channel; None for a period that it doesn't take."""
    if not subject.of_all:
        return None if period else f"/{subject.command}"
    is_told = subject.command == "compare" and period != EVERYTHING  # «все каналы» are all channels
    return line_of(subject.command, written(period) if is_told else "")


def _check(words: Sequence[str], known: Sequence[Known]) -> str | None:
    """Reads «стоит ли брать рекламу у @name за 15000»: one address of others, and words about ads and honesty alone."""
    at = [place for place, word in enumerate(words) if find_address(word.strip(AROUND), known)]
    address = find_address(words[at[0]].strip(AROUND), known)
    if len(at) > 1 or address is None or address.is_own:
        return None
    rest = mended([fold(word) for place, word in enumerate(words) if place not in at and fold(word)], known)
    left = [word for word in rest if not any(kind.fullmatch(word) for kind in (_OF_CHECKS, v.FUNCTION))]
    numbers = " ".join(word.rstrip("?!.,") for word in left)
    if not any(map(_ASKS_CHECK.fullmatch, rest)) or not NUMBERS.fullmatch(numbers or "0"):
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
    said = list(zip(spoken, mended([fold(word) for word in spoken], known), strict=True))
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


def mended(words: Sequence[str], known: Sequence[Known]) -> list[str]:
    """Returns the words without their slips, where some word needs no mending or two can be mended: «пачему упало»."""
    mended = [_without_slip(word, known) for word in words]
    is_sure = any(_is_of_subject(word) or title_of(word, known) for word in words)
    are_two = sum(one != word for one, word in zip(mended, words, strict=True)) > 1
    return mended if is_sure or are_two else list(words)


def _without_slip(word: str, known: Sequence[Known]) -> str:
    """Returns the word that is meant; as it is where it is known, a channel's or near to those of several groups."""
    if len(word) < SURE_CHARS - 1 or word in FILLERS or word in WORDS_AS_NEAR:
        return word
    if _all_words().fullmatch(word) or v.FUNCTION.fullmatch(word) or title_of(word, known):
        return word
    return _nearest(word)


@lru_cache(maxsize=4096)
def _nearest(word: str) -> str:
    near: dict[str, frozenset[str]] = {}
    for stem, has_ending, groups in _stems():
        if len(word) >= SURE_CHARS or (len(stem) > len(word) and not has_ending):
            near |= dict.fromkeys(_with_stem(word, stem, has_ending=has_ending), groups)
    return min(near) if near and frozenset.intersection(*near.values()) else word


def _with_stem(word: str, begins: str, *, has_ending: bool) -> Iterator[str]:
    if not has_ending:
        if is_one_slip(word, begins):
            yield begins
        return
    for length in (len(begins) - 1, len(begins), len(begins) + 1):
        if len(word) >= length and word[0] == begins[0] and is_one_slip(word[:length], begins):
            yield begins + word[length:]
            return


@cache
def _stems() -> tuple[tuple[str, bool, frozenset[str]], ...]:
    """Returns the words of the subjects and their stems that are long enough to be known with a slip, whether an ending
    follows, and the groups that hold them.
    """
    groups: dict[tuple[str, bool], set[str]] = {}
    for name, patterns in vars(v).items():
        if not (_is_group(name) and isinstance(patterns, str)):
            continue
        for one in patterns.split():
            stem, has_ending = re.sub(r"\\w[*+]$", "", one), one.endswith((r"\w*", r"\w+"))
            forms = (stem[:-1], stem[:-2]) if re.search(r"[a-z]\?$", stem) else (stem,)
            for form in forms:  # “channels?” is “channels” and “channel”
                if form.isalpha() and len(form) >= _SURE_STEM_CHARS:
                    groups.setdefault((form, has_ending), set()).add(name)
    return tuple(sorted((stem, ends, frozenset(named)) for (stem, ends), named in groups.items()))


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
