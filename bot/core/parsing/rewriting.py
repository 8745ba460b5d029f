"""Other ways to read a line that says nothing as it stands: without dashes, its slips mended, in the other layout."""

import re
from collections.abc import Iterator, Sequence

from bot.core.parsing.phrases import fold
from bot.core.parsing.typos import in_english_layout, in_russian_layout, is_one_slip
from bot.core.parsing.vocabulary import FUNCTION

_DASHES = frozenset("-–—")
_SURE_CHARS = 5  # a shorter word with a letter changed is another word
# All forms of the words that tell a period: one that is none of them and near to one is a slip.
_OF_PERIODS = (
    "неделю недели неделя неделе недель неделей неделям неделями неделях",
    "месяц месяца месяцу месяце месяцев месяцы месяцем месяцам",
    "вчера позавчера сегодня",
    "квартал квартала квартале кварталы кварталов",
    "выходные выходных выходным выходной",
    "прошлый прошлую прошлой прошлом прошлого прошлое прошлые прошлых",
    "последние последний последнюю последних последней последнее",
    "позапрошлый позапрошлую позапрошлой позапрошлом позапрошлого",
    "понедельник понедельника понедельнику пятница пятницу пятницы воскресенье воскресенья",
    "январь января январе февраль февраля феврале апрель апреля апреле август августа августе",
    "сентябрь сентября сентябре октябрь октября октябре ноябрь ноября ноябре декабрь декабря декабре",
    "yesterday today week weeks month months quarter weekend previous",
)
_FORMS = tuple(form for forms in _OF_PERIODS for form in forms.split())
_NO_SLIPS = frozenset({"вечера", "вечерам", "вечеру", "неделька", "пошлый", "пошлые", "weekly", "monthly"})
_OF_ALL = re.compile(
    r"\b(?:по|у|для|for|across) (?:всем|всех|all)\b(?: (?:моим|моих|нашим|наших|my|our|the|of))*(?: (?:канал\w+|channels))?",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"(?<=[^\d\s])[,;.!?…]+\s+|(?<=\d)[;!?…]+\s+|\s+[–—-]\s+|\n+")
_WHY_OF = re.compile(
    r"why\s+(?:did|is|are|has|have|does)\s+(?P<name>.+?)\s+(?:drop(?:ped|ping)?|fall(?:en|ing)?|down|decline[d]?|go(?:ne)? down)"
    r"(?P<rest>\s+.+?)?[?.!]*",
    re.IGNORECASE,
)
_OF_METRIC = re.compile(
    r"^(?:the\s+)?(?:views|reach|er|engagement)\s+(?:of|in|at|on)\s+|^the\s+|[’']s?\s+(?:views|reach|er|engagement)$",
    re.IGNORECASE,
)
_METRICS = frozenset({"it", "we", "views", "my views", "reach", "er", "engagement", "they"})


def ways_to_read(words: Sequence[str]) -> Iterator[list[str]]:
    """Yields the words otherwise, the surest reading first."""
    seen = {tuple(words)}
    for said in (
        _without_dashes(words),
        _without_all(words),
        _with_periods(_without_dashes(words)),
        *_in_other_layout(words),
    ):
        if said and tuple(said) not in seen:
            seen.add(tuple(said))
            yield said


def clauses_of(text: str) -> list[str]:
    """Returns the parts of a text between its marks; none where it has one part alone."""
    parts = [part.strip() for part in _CLAUSES.split(text)]
    found = [part for part in parts if any(map(str.isalnum, part))]
    return found if len(found) > 1 else []


def _without_dashes(words: Sequence[str]) -> list[str]:
    """«видео или картинки — что лучше»; a dash between two days stays."""
    return [
        word
        for place, word in enumerate(words)
        if word not in _DASHES
        or (0 < place < len(words) - 1 and any(map(str.isdigit, words[place - 1] + words[place + 1])))
    ]


def _without_all(words: Sequence[str]) -> list[str]:
    """«эксель по всем каналам за ноябрь»: of which one is asked where there are several anyway."""
    return _OF_ALL.sub(" ", " ".join(words)).split()


def _with_periods(words: Sequence[str]) -> list[str]:
    """«за неделб», “last weeek”."""
    return [_period_word(word) for word in words]


def _period_word(word: str) -> str:
    said = fold(word)
    if len(said) < _SURE_CHARS or said in _FORMS or said in _NO_SLIPS:
        return word
    return next((form for form in _FORMS if len(form) >= _SURE_CHARS - 1 and is_one_slip(said, form)), word)


def _in_other_layout(words: Sequence[str]) -> Iterator[list[str]]:
    """«j[dfn pf ytltk.» is «охват за неделю», «ещз зщыеы» is “top posts”: every key as it was meant."""
    text = " ".join(words)
    letters = [letter for letter in text if letter.isalpha()]
    if not letters or any(FUNCTION.fullmatch(fold(word)) for word in words):
        return  # «мы» is no “vs”
    if all(map(str.isascii, letters)):
        yield in_russian_layout(text).split()
    elif not any(map(str.isascii, letters)):
        yield in_english_layout(text).split()


def put_behind(words: Sequence[str]) -> Sequence[str]:
    """Puts a name behind its question: “why did coffee drop” -> “why did it drop coffee”."""
    found = _WHY_OF.fullmatch(" ".join(words))
    if found is None or fold(found["name"]) in _METRICS:
        return words
    name = _OF_METRIC.sub("", found["name"])
    return ["why", "did", "it", "drop", *name.split(), *(found["rest"] or "").split()]
