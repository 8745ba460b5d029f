"""What posts are ranked by, as people say it: «по репостам», “most commented”, «топ комментов»."""

import re
from collections.abc import Sequence

from bot.core.parsing.arguments import line_of
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


def split_ranking(text: str) -> tuple[str, str | None]:
    """Splits «Кухня по репостам 30d» -> («Кухня 30d», the measure); None where none is named behind «по»."""
    for found in _BY.finditer(text):
        word = found[1].casefold().replace("ё", "е")
        for code, pattern, _ in _MEASURES:
            if pattern.fullmatch(word):
                rest = f"{text[: found.start()]} {text[found.end() :]}"
                return " ".join(rest.split()), code
    return text, None
