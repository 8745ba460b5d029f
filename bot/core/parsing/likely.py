"""What a person may want whose words say no command outright: the likeliest commands, to be offered and not done."""

import re
from collections.abc import Iterator, Sequence

from bot.core.parsing import vocabulary as v
from bot.core.parsing.addresses import Known, find_address
from bot.core.parsing.errands import CARED_FOR
from bot.core.parsing.idioms import words_meant
from bot.core.parsing.phrases import AROUND, PHRASES, fold
from bot.core.parsing.questions import mended
from bot.core.parsing.rewriting import ways_to_read
from bot.core.parsing.subjects import SUBJECTS, Subject
from bot.core.parsing.vocabulary import group

MOST_OFFERED = 3
MOST_WORDS = 60
LEAST_SCORE = 0.5
# Words that hint at a command by themselves, beside the subjects' own.
_HINTS = (
    ("channels", CARED_FOR),
    ("export", group(r"презентаци\w+ презы презу презе клиент\w* картинк\w+ картинкой pdf пдф slides? deck client presentation")),
    ("note", group(r"запомни\w* запиши\w* пометь\w* отметь\w* пометк\w+ заметк\w+ зафиксируй\w* remember fyi note")),
    ("goal", group(r"цел[ьиюей]+ хотим планируем план\w* goals? targets? aim")),
    ("placement", group(v.ADS, r"взаимопиар\w* заплатил\w* оплатил\w* bought paid booked")),
    ("placements", group(v.ADS, v.PAID)),
    ("check", group(r"конкурент\w* накрутк\w* накручен\w* следи наблюдай проверь bots fake legit vet watch competitor\w*")),
    ("alerts", group(v.FALLS_ONCE, v.ALERTS, r"беспокой\w* дергай\w* тревож\w* disturb bother", r"просад\w+")),
    ("digest", group(v.SUMMARIES, r"ежедневн\w+ еженедельн\w+ утренн\w+ каждый каждую утра вечер вечера evening daily weekly morning every рано поздно")),
    ("subs", group(v.SUBSCRIBERS)),
    ("lang", group(v.LANGUAGES)),
    ("help", group(r"помощь помоги\w* help кнопк\w* buttons? умеешь")),
    ("post", group(r"посту поста посте посту post")),
    ("when", group(r"час\w* часик\w* времени время time hour\w* вечером утром запланировать schedule")),
)  # fmt: skip
_WEIGHT_OF_HINT = 0.6
_WEIGHT_OF_NAME = 0.9
_OF_ADDRESS = ("check", "placement", "add")
_LETTERS = re.compile(r"[^\W\d_]")


def likely(text: str, known: Sequence[Known]) -> list[str]:
    """Returns commands, the likeliest first, three at most; none where no word is of a subject of the bot's."""
    words = words_meant(text)[:MOST_WORDS]
    scores = _scores(words, known)
    for said in ways_to_read(words) if not scores else ():
        scores = scores or _scores(said, known)
    found = [command for command, score in scores.items() if score >= LEAST_SCORE]
    return sorted(found, key=lambda command: -scores[command])[:MOST_OFFERED]


def _scores(words: Sequence[str], known: Sequence[Known]) -> dict[str, float]:
    said = [
        word for word in mended([fold(word) for word in words if fold(word)], known) if _LETTERS.search(word)
    ]
    scores: dict[str, float] = {}
    for command, score in (*_by_subjects(said), *_by_hints(said), *_by_address(words, known)):
        scores[command] = max(score, scores.get(command, 0.0))
    return scores


def _by_subjects(said: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yields how much of each subject is there: the share of what it needs, more for a subject that needs more."""
    telling = [word for word in said if not v.FUNCTION.fullmatch(word)]
    for subject in SUBJECTS:
        there = _needs_met(subject, telling)
        if there:
            yield subject.command.partition(" ")[0], there / len(subject.needs) + 0.1 * (there - 1)


def _needs_met(subject: Subject, telling: Sequence[str]) -> int:
    return sum(any(need.fullmatch(word) for word in telling) for need in subject.needs)


def _by_hints(said: Sequence[str]) -> Iterator[tuple[str, float]]:
    for command, hint in _HINTS:
        if any(map(hint.fullmatch, said)):
            yield command, _WEIGHT_OF_HINT
    for word in said:
        if named := PHRASES.get(word):
            yield named, _WEIGHT_OF_NAME


def _by_address(words: Sequence[str], known: Sequence[Known]) -> Iterator[tuple[str, float]]:
    """Yields what is done with channels of others where one is named."""
    found = [address for word in words if (address := find_address(word.strip(AROUND), known))]
    if any(not address.is_own for address in found):
        for place, command in enumerate(_OF_ADDRESS):
            yield command, 1.0 - 0.1 * place
