"""A question that leans on the one before: «а за прошлый месяц?», «а у второго?», «а топ?», «ещё», “same days last year”."""

import re
from collections.abc import Sequence
from datetime import date

from bot.core.parsing import vocabulary as v
from bot.core.parsing.addresses import Known
from bot.core.parsing.arguments import USUAL, WITH_CHANNEL, line_of, split_off_period, title_of, written
from bot.core.parsing.idioms import words_meant
from bot.core.parsing.intent import understand
from bot.core.parsing.likely import likely
from bot.core.parsing.phrases import AROUND, FILLERS, TALK, fold
from bot.core.parsing.rankings import MOST_SHOWN, SHOWN, ranking_of, split_count, split_ranking
from bot.core.parsing.two_periods import AGAINST
from bot.core.parsing.vocabulary import FUNCTION, NEGATIONS, group
from bot.core.parsing.year_before import dated, says_year_before, wants_comparison, year_before

MOST_WORDS = 8
_OPENS = re.compile(
    r"(?:ну\s+)?(?:а|и)(?:\s+(?:ещ[её]|теперь|если(?:\s+(?:взять|только))?|что\s+(?:насч[её]т|с|у)|как(?:\s+(?:насч[её]т|у|с))?))?\s+"
    r"|ещ[её]\s+(?=(?:по|у|для|за|про|на)\s)"
    r"|(?:and|what about|how about|now|same for|same)\s+(?:what about\s+|how about\s+|for\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_OTHER = group(r"друг\w+ втор\w+ other second another остальн\w+")
_BESIDE = group(r"канал\w* channel channels one тоже too also только лишь just only")
_SUBJECT = group(v.EXPORT, v.METRICS, v.SUBSCRIBERS, v.WHY, v.LEFT)
_SAYS_ANEW = group(r"топ top пост\w* posts? лучш\w+ best sort\w* отсортируй\w* rank\w* same")
_CAN_FOLLOW = WITH_CHANNEL
_OF_SEVERAL = "compare"  # of it another period can be asked for
_MORE = re.compile(
    r"(?:(?:а|ну|и|давай(?:те)?|можно|покажи(?:те)?|расскажи(?:те)?|хочу|дай(?:те)?|скинь|мне|show|tell|give|me|some|can you|please|пожалуйста|плиз|pls) )*"
    r"(?:ещ[её]|больше|(?:по)?подробн(?:ее|ей|о|ости)|(?:по)?детальн(?:ее|ей|о)|детали|дальше|разверни|more|more details?|in (?:more )?detail|details|go on)"
    r"(?: (?:ещ[её]|больше|постов|посты|подробн(?:ее|ей|о)|об этом|про это|можно|пожалуйста|плиз|please|pls|posts|about (?:it|this)|details?))*",
    re.IGNORECASE,
)


def leans_on(text: str, last: str, known: Sequence[Known], today: date) -> str | None:
    """Returns the line that is meant after the command line `last`; None for what says everything itself, and for talk."""
    return (
        _ranked_anew(text, last, known)
        or _longer(text, last, known)
        or _year_before(text, last, known, today)
        or _said_anew(text, last, known, today)
    )


def _said_anew(text: str, last: str, known: Sequence[Known], today: date) -> str | None:
    """Reads «а за прошлый месяц?»: what is not said anew stays, the command, the channel, the period."""
    opened = _OPENS.match(text.strip())
    words = words_meant(text.strip()[opened.end() :]) if opened else []
    command, args, by, count = _parted(last, known)
    if (
        not any(map(str.isalpha, "".join(words)))
        or len(words) > MOST_WORDS
        or command not in (*_CAN_FOLLOW, _OF_SEVERAL)
    ):
        return None
    if " ".join(word for word in map(fold, words) if not FUNCTION.fullmatch(word)) in TALK:
        return None  # “what a day”
    before, period_before = _of_last(args, known, today)
    name, period = split_off_period([word.strip(AROUND) for word in words], today, known)
    telling = [word for word in name.split() if not _says_nothing(fold(word))]
    title = _title(telling, before, known)
    if command == _OF_SEVERAL:
        return line_of(command, before, written(period)) if period and title == "" else None
    if title is None:
        return _other_command(words, before, period_before, known, today)
    if not (title or period):
        return None
    return line_of(command, count, title or before, written(period) or period_before, by)


def asks_more(text: str) -> bool:
    """Tells whether a text asks for more of an answer: «подробнее», «ещё», “more details”."""
    return _MORE.fullmatch(" ".join(word.strip(AROUND) for word in text.split()).strip()) is not None


def _longer(text: str, last: str, known: Sequence[Known]) -> str | None:
    """Reads «ещё», «покажи больше» behind the best posts: as many of them as a message holds."""
    command, args, by, count = _parted(last, known)
    if command != "top" or not asks_more(text) or int(count or SHOWN) >= MOST_SHOWN:
        return None
    return line_of(command, str(MOST_SHOWN), args, by)


def _year_before(text: str, last: str, known: Sequence[Known], today: date) -> str | None:
    """Reads «тот же период в прошлом году»: the same days of the year before, beside the first ones where it compares."""
    command, args, by, count = _parted(last, known)
    words = words_meant(text)
    if command not in (*_CAN_FOLLOW, _OF_SEVERAL) or not says_year_before(words):
        return None
    name, period = split_off_period(args.partition(f" {AGAINST} ")[0].split(), today, known)
    shown = period or USUAL.get(command)
    earlier = year_before(shown, today) if shown else None
    if shown is None or earlier is None:
        return None
    if command == "er" and wants_comparison(words):
        return line_of(command, name, written(dated(shown, today)), AGAINST, written(earlier))
    return line_of(command, count, name, written(earlier), by)


def _parted(last: str, known: Sequence[Known]) -> tuple[str, str, str, str]:
    """Returns a line's command, what stands behind it, and of best posts how they are ranked and how many are shown."""
    command, _, args = last.removeprefix("/").partition(" ")
    if command != "top":
        return command, args, "", ""
    rest, measure = split_ranking(args)
    rest, count = split_count(rest, [one.title for one in known])
    return command, rest, ranking_of(args.split()) if measure else "", str(count or "")


def _ranked_anew(text: str, last: str, known: Sequence[Known]) -> str | None:
    """Reads «по репостам», «а по комментариям?», “by views” behind the best posts: the same ones ranked otherwise."""
    command, args, _, count = _parted(last, known)
    words = [word for word in words_meant(text) if word.strip(AROUND)]
    if command != "top" or len(words) > MOST_WORDS:
        return None
    by = ranking_of(words)
    rest = split_ranking(" ".join(word.strip(AROUND) for word in words))
    if not by or rest[1] is None:
        return None
    left = [
        word
        for word in map(fold, rest[0].split())
        if not (FUNCTION.fullmatch(word) or NEGATIONS.fullmatch(word) or _SAYS_ANEW.fullmatch(word))
    ]
    return None if left else line_of(command, count, args, by)


def _of_last(args: str, known: Sequence[Known], today: date) -> tuple[str, str]:
    """Returns the channel and the period of the line before, as they are written."""
    first = args.partition(f" {AGAINST} ")[0]  # of two periods the one that was asked about
    name, period = split_off_period(first.removesuffix(" csv").split(), today, known)
    return name, written(period)


def _says_nothing(word: str) -> bool:
    return bool(FUNCTION.fullmatch(word) or _BESIDE.fullmatch(word)) or word in FILLERS


def _is_one_subject(telling: Sequence[str]) -> bool:
    return len(telling) == 1 and _SUBJECT.fullmatch(fold(telling[0])) is not None


def _title(telling: Sequence[str], before: str, known: Sequence[Known]) -> str | None:
    """Returns the channel that is named, empty where none is; None where the words are no channel."""
    if len(telling) != 1 or not _OTHER.fullmatch(fold(telling[0])):
        return title_of(" ".join(telling), known) if telling else ""
    own = [one.title for one in known if not one.is_watched]
    others = [title for title in own if title != before] if before in own else own[1:]
    return others[0] if len(others) == 1 else None


def _other_command(
    words: Sequence[str], before: str, period_before: str, known: Sequence[Known], today: date
) -> str | None:
    """Returns another command about the same: «а топ?», «а файлом можно?»."""
    said = " ".join(words)
    reading = understand(said, known, today)
    if reading is not None and reading.command not in _CAN_FOLLOW:
        return (
            None if reading.command not in ("subs", "channels") else line_of("growth", before, period_before)
        )
    if reading is None:
        telling = [word for word in words if not _says_nothing(fold(word))]
        wanted = [one for one in likely(said, known)[:1] if one in _CAN_FOLLOW and _is_one_subject(telling)]
        return line_of(wanted[0], before, period_before) if wanted else None
    _, args, by, count = _parted(reading.line, known)
    name, period = _of_last(args, known, today)
    return line_of(reading.command, count, name or before, period or period_before, by)
