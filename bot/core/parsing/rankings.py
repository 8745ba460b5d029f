"""What posts are ranked by and how many are wanted, as people say it: «по репостам», «топ комментов», «10 лучших»."""

import re
from collections.abc import Sequence

from bot.core.parsing.arguments import line_of
from bot.core.parsing.phrases import AROUND, fold
from bot.core.parsing.vocabulary import group

FORWARDED = r"репост\w* пересыл\w+ переслан\w+ шер\w+ reposts? reposted shares? shared forwards? forwarded цитируем\w+"
COMMENTED = r"коммент\w* comments commented обсуждаем\w+ обсуждени\w+ обсуждал\w* discussed discussions? комментируем\w+"
SEEN = r"просмотр\w* просматриваем\w+ охват\w* views? viewed reach"
# A measure, the words for it, and how a command's line says it.
_MEASURES = (
    ("forward_rate", group(FORWARDED), "по репостам"),
    ("comment_rate", group(COMMENTED), "по комментариям"),
    ("views", group(SEEN), "по просмотрам"),
)
SHOWN, MOST_SHOWN = 3, 10  # posts on a side: where no number is said, and as many as a message holds
_MOST_SAID = 99
_SPELT = {
    "две": 2, "двух": 2, "два": 2, "three": 3, "три": 3, "трех": 3, "тройка": 3, "тройку": 3, "four": 4, "четыре": 4, "пять": 5,
    "пяти": 5, "пятерка": 5, "пятерку": 5, "five": 5, "семь": 7, "seven": 7, "десять": 10, "десяти": 10, "десятка": 10, "десятку": 10,
    "десяток": 10, "ten": 10, "двадцать": 20, "twenty": 20,
}  # fmt: skip
_NUMBER = re.compile(r"(?P<top>топ|top)?-?(?P<count>\d{1,2})")
# A number beside one of these is of a period: «10 октября», «последние 10 дней», «с 1 по 10».
_OF_PERIOD_BEFORE = group(
    r"с со по за до от from to for since till until последни\w+ прошл\w+ last past previous - –"
)
_OF_PERIOD_BEHIND = group(
    r"дн\w+ день сутк\w+ недел\w+ месяц\w* квартал\w* год\w* лет час\w* числ\w+ days? weeks? months? quarters? years? hours? по to - – %"
    r" январ\w+ феврал\w+ март\w* апрел\w+ ма[йя] июн\w+ июл\w+ август\w* сентябр\w+ октябр\w+ ноябр\w+ декабр\w+"
    r" jan\w* feb\w* mar(?:ch)? apr\w* may june? july? aug\w* sep\w* oct\w* nov\w* dec\w*"
)
_OF_ONE = group("недели месяца квартала года week month quarter year")
_FEW = 4  # «3 недели» are three of them
_BY = re.compile(r"(?:^|\s)(?:по|by)\s+(\w+)(?=\s|$)", re.IGNORECASE)


def ranking_of(words: Sequence[str]) -> str:
    """Returns how a line says what posts are ranked by; empty where no word tells, or several tell different things."""
    folded = [word.casefold().replace("ё", "е").strip(".,!?:;«»\"'()") for word in words]
    found = {said for _, pattern, said in _MEASURES if any(map(pattern.fullmatch, folded))}
    return found.pop() if len(found) == 1 else ""


def with_ranking(line: str, words: Sequence[str]) -> str:
    """Returns a line of the best posts with what they are ranked by; any other line as it is."""
    return (
        line_of("top", line.removeprefix("/top").strip(), ranking_of(words))
        if line.startswith("/top")
        else line
    )


def with_count(line: str, count: int | None) -> str:
    """Returns a line of the best posts with how many are wanted: `/top 10 Кухня 30d`."""
    return line_of("top", str(count or ""), line.removeprefix("/top").strip())


def split_count(text: str, titles: Sequence[str] = ()) -> tuple[str, int | None]:
    """Splits «10 Кухня 30d» -> («Кухня 30d», 10); None where no number of posts is said.

    A number of a period or of a channel's title is none.
    """
    words = text.split()
    of_titles = {word.casefold() for title in titles for word in title.split()}
    for place, word in enumerate(words):
        count = _count(word.strip(AROUND))
        before, behind = (" ".join(words[at : at + 1]).casefold() for at in (max(place - 1, 0), place + 1))
        if count is None or word.casefold() in of_titles or _is_of_period(count, behind):
            continue
        if place and _OF_PERIOD_BEFORE.fullmatch(before):
            continue
        kept = [found["top"]] if (found := _NUMBER.fullmatch(fold(word))) and found["top"] else []
        return " ".join([*words[:place], *kept, *words[place + 1 :]]), count
    return text, None


def _is_of_period(count: int, behind: str) -> bool:
    """Tells whether a number counts days or weeks: «10 недель», and not «топ 10 недели»."""
    is_its_own = count > _FEW and _OF_ONE.fullmatch(behind) is not None
    return not is_its_own and _OF_PERIOD_BEHIND.fullmatch(behind) is not None


def _count(word: str) -> int | None:
    folded = fold(word)
    found = _NUMBER.fullmatch(folded)
    count = int(found["count"]) if found else _SPELT.get(folded)
    return count if count and count <= _MOST_SAID else None


def split_ranking(text: str) -> tuple[str, str | None]:
    """Splits «Кухня по репостам 30d» -> («Кухня 30d», the measure); None where none is named behind «по»."""
    for found in _BY.finditer(text):
        word = found[1].casefold().replace("ё", "е")
        for code, pattern, _ in _MEASURES:
            if pattern.fullmatch(word):
                rest = f"{text[: found.start()]} {text[found.end() :]}"
                return " ".join(rest.split()), code
    return text, None
