"""What a term of the trade means: «что значит ERR», «чем ER отличается от ERR», “what does CPM mean”."""

import re
from collections.abc import Sequence

from bot.core.parsing.arguments import line_of
from bot.core.parsing.phrases import FILLERS, fold
from bot.core.parsing.vocabulary import FUNCTION, group
from metrics.money import find as find_formula

MOST_TOLD = 3
_LONGEST = 3
# As people write them, by the code whose words stand in the locales: `formula.words.…`, `money.words.…`, `term.words.…`.
CALLED = {
    "er_by_views": "er, ер, эр, вовлеченность, вовлеченности, вовлеченностью, engagement, engagement rate, er по просмотрам, er by views",
    "er_by_reach": "er по охвату, er by reach",
    "er_by_subscribers": "er по подписчикам, er by subscribers",
    "er_day": "erday, er day, er за день, ердей",
    "view_rate": "err, ерр, эрр, vr, view rate",
    "view_rate_24h": "err24, err 24, ерр24",
    "view_rate_48h": "err48, err 48, ерр48",
    "love_rate": "lr, love rate",
    "talk_rate": "tr, talk rate",
    "reach": "охват, охваты, охвата, охватом, охвату, reach",
    "cpm": "срм, цпм",
    "cpf": "цпф, цена подписчика",
    "cpc": "цпк",
    "ctr": "цтр, стр",
    "roi": "рои",
    "romi": "роми",
    "roas": "роас",
    "ltv": "лтв",
    "cac": "кас",
    "conversion": "конверсия, конверсию, конверсии",
    "churn": "отток, оттока",
    "retention": "удержание, удержания, ретеншн, ретеншен",
}
_TERMS = {name: code for code, names in CALLED.items() for name in names.split(", ")}
# The words of these lean on another's, which is told first.
_LEANS = {"view_rate_48h": "view_rate_24h", "romi": "roi"}
_ASKS = re.compile(
    r"\bчто (?:это )?(?:еще )?(?:вообще )?(?:такое|значит|означа\w+|за|есть|показыва\w+)\b|\bэто что\b|\bознача\w+|\bрасшифру\w+|\bрасшифров\w+"
    r"|\b(?:объясни|обьясни|поясни)\w*\b|\bкак (?:это )?пон(?:има|я)ть\b|\bmeans?\b|\bmeaning\b|\bstands? for\b|\bdefin\w+|\bexplain\b"
    r"|\bчто это$"
)
_WHAT_IS = re.compile(
    r"(?:(?:and|so|hey|ok|bot) )?what(?: is|[’']?s| are)(?: an?)?"
)  # the term right behind it
_DIFFERS = re.compile(
    r"\bотлич\w+|\bразниц\w+|\bразличи\w+|\bdiffer\w*|\bодно и то же\b|\bthe same\b|\b(?:vs|versus|против)\b"
)
_OWN = group(
    r"мой мои моя мое моего нас наш\w* вас ваш\w* my our your us today now сегодня сейчас сколько почему why"
)
_BESIDE = group(
    r"значит означа\w+ такое есть показыва\w+ это расшифру\w+ расшифров\w+ объясни\w* обьясни\w* поясни\w* понимать понять понимаю"
    r" простыми словами слова слово термин\w* сокращение аббревиатура метрик\w+ показател\w+ зверь штука разниц\w+ отлич\w+ различи\w+ одно же то не между против чем"
    r" means? meaning stands? for defin\w+ explain word term metric simple words short differ\w* same vs versus thing abbreviation"
)  # fmt: skip


def of_terms(words: Sequence[str]) -> str | None:
    """Returns the line that explains the terms a question asks about; None where it asks for anything else."""
    said = [word for word in map(fold, words) if word]
    found, rest = _parted(said)
    if not found or any(map(_OWN.fullmatch, said)):
        return None
    text = " ".join(said)
    are_compared = len(found) > 1 and _DIFFERS.search(text) is not None
    is_asked = _ASKS.search(text) is not None or _is_what_is(text, found[-1])
    if not (are_compared or is_asked) or not all(map(_says_nothing, rest)):
        return None
    return line_of("help", ", ".join(term.upper() if term.isascii() else term for term in found))


def _is_what_is(text: str, term: str) -> bool:
    return text.endswith(f" {term}") and _WHAT_IS.fullmatch(text.removesuffix(f" {term}")) is not None


def terms_in(text: str) -> list[str]:
    """Returns the codes of the terms that a line names, those that others' words lean on before them."""
    found, _ = _parted([word for word in map(fold, text.replace(",", " ").split()) if word])
    codes = [_code(term) or "" for term in found][:MOST_TOLD]
    return list(dict.fromkeys(one for code in codes for one in (_LEANS.get(code, code), code)))


def _parted(said: Sequence[str]) -> tuple[list[str], list[str]]:
    """Parts words into terms, the longest first at each place, and all the others."""
    terms: list[str] = []
    others: list[str] = []
    place = 0
    while place < len(said):
        lengths = range(min(_LONGEST, len(said) - place), 0, -1)
        length = next((one for one in lengths if _code(" ".join(said[place : place + one]))), 0)
        (terms if length else others).append(" ".join(said[place : place + max(length, 1)]))
        place += max(length, 1)
    return list(dict.fromkeys(terms)), others


def _code(name: str) -> str | None:
    if name in _TERMS:
        return _TERMS[name]
    formula = find_formula(name) if name.isascii() and any(map(str.isalpha, name)) else None
    return formula.code if formula else None


def _says_nothing(word: str) -> bool:
    return bool(FUNCTION.fullmatch(word) or _BESIDE.fullmatch(word)) or word in FILLERS
