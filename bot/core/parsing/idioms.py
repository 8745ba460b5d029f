"""Turns of speech: their words stand for others, or for none, so that the rest can be read word by word."""

import re

# Each holds a word of a subject and does not mean it.
_MEANINGLESS = (
    r"\b(?:или нет|or not|или не стоит|by day|по дням)\b",
    r"\bin the (?:evening|morning) (?=at \d)",
    r"\bдобр\w+ (?:утро|день|дня|вечер\w*|ночи)\b",
    r"\bgood (?:morning|evening|afternoon|day)\b",
    r"(?<=день) недели\b",
    r"(?<=day) of the week\b",
    r"(?<=просмотров) в день\b",
    r"(?<=охватов) в день\b",
    r"(?<=время) суток\b",
    r"\b(?:per|each) day\b",
    r"(?:(?<=how's)|(?<=how is)|(?<=hows)) everything\b",
    r"(?:(?<=i'd)|(?<=i’d)|(?<=id)|(?<=would)) like\b",
)
_IDIOMS = re.compile("|".join(_MEANINGLESS), re.IGNORECASE)
_THANKS = re.compile(
    r"\b(?:спасибо|спс|благодарю|thanks|thank you|thx)\s+(?:тебе\s+|вам\s+)?(?:за|for)\b|\bi (?:like|love) ",
    re.IGNORECASE,
)
_OF_YESTERDAY = re.compile(r"\bвчерашн\w+(?: день| сутки)?\b", re.IGNORECASE)
_RESULTS = re.compile(  # «итоги недели»: those for it
    r"\b(итоги|результаты|отч[её]т|сводк[аиу]|репорт|стат[ауы]|статистик[аиу])\s+(недел|месяц|квартал)[яюиа]\b",
    re.IGNORECASE,
)
_OF_TWO_PERIODS = re.compile(
    r"\bthis (?:week|month|quarter|year) (?:vs\.?|versus|against|to|and) (last (?:week|month|quarter|year))\b",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"(?<!\bwhat)(?<!\bhow)(?<!\bit)(?<!\blet)(?<!\bthat)(?<!\bwho)(?<!\bwhere)(?<!\bwhy)(?<!\bthere)(?<=\w)['’]s\b",
    re.IGNORECASE,
)
_SPOKEN = dict.fromkeys(("скок", "скока", "скоко", "скольк"), "сколько") | dict.fromkeys(
    ("wats", "wat's", "wuts"), "what's"
)


def words_meant(text: str) -> list[str]:
    """Returns the words of a text, its turns of speech in plain words: «итоги недели» are «итоги за неделю»."""
    plain = _OF_TWO_PERIODS.sub(r"compare with \1", _OWNED.sub("", text))
    plain = _OF_YESTERDAY.sub("вчера", _RESULTS.sub(_for_period, plain))
    return [_SPOKEN.get(word.casefold(), word) for word in _IDIOMS.sub(" ", plain).split()]


def gives_thanks(text: str) -> bool:
    """Tells whether somebody thanks for what they got, or says they like it."""
    return _THANKS.search(text) is not None


def _for_period(found: re.Match[str]) -> str:
    return f"{found[1]} за {'неделю' if found[2].casefold() == 'недел' else found[2]}"
