"""What people ask to be done, by its verb and its object: «последи за @name», «удали кухню», «запомни: был конкурс».

Around a verb and an address of others nearly any words may stand: nobody writes both to a bot and means something else.
"""

import re
from collections.abc import Sequence
from datetime import date

from bot.core.parsing import vocabulary as v
from bot.core.parsing.addresses import Known, find_address
from bot.core.parsing.amounts import CURRENCY
from bot.core.parsing.arguments import line_of, title_of
from bot.core.parsing.calendar_days import COMING, MONTH
from bot.core.parsing.goals import read_goal
from bot.core.parsing.idioms import words_meant
from bot.core.parsing.phrases import AROUND, FILLERS, fold
from bot.core.parsing.spans import ON_WEEKDAY
from bot.core.parsing.vocabulary import group
from bot.core.parsing.zone_wishes import ZONE_WORD, of_zone
from metrics.errors import DomainError

_NOTE_VERBS = (
    "запомни|пометь|отметь|запиши|зафиксируй|учти|имей в виду|заметка|заметку|пометка|пометку"
    "|(?:сделай|добавь|поставь) (?:заметку|пометку)|remember|make a note|take a note|add a note"
)
_NOTED = re.compile(
    r"(?:(?:бот|слушай|пожалуйста|привет|hey|bot|please)[,!]?\s+)?"
    rf"(?:(?:(?:{_NOTE_VERBS}|note|mark|fyi|for the record|keep in mind)(?:те)?(?: себе)?(?:\s*:\s*|\s+[—–-]\s+))"
    rf"|(?:(?:{_NOTE_VERBS})(?:те)?(?: себе)?\s*,?\s+(?:что|that)\s+)"
    rf"|(?:(?:запомни|пометь|отметь|зафиксируй|учти|fyi|for the record)(?:те)?,\s+))(?P<text>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_NOTED_OF_DAY = re.compile(
    r"(?:(?:запиши\s+|добавь\s+|сделай\s+|поставь\s+|add a\s+|make a\s+)?(?:заметк[ау]|пометк[ау]|note)(?:\s+(?:на|за|for))?"
    r"|(?:запомни|отметь|пометь|зафиксируй)(?:те)?)\s+"
    r"(?P<day>сегодня|вчера|позавчера|today|yesterday)\s*[:,—–-]?\s+(?P<text>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
LEAST_NOTED = 2  # words
_WANTED = re.compile(
    r"(?:мы\s+)?(?:хотим|хочу|надо|нужно|планируем|мечтаем|наша цель|моя цель|we want|i want|want|we need|need|we aim for|aim for|(?:we['’]re |we are |i['’]m )?aiming for|our goal is"
    r"|let's get to|the goal is)\s+(?P<goal>.+)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?P<count>\d[\d\s\u00a0.,]*\s*(?:тыс(?:яч\w*|\.)?|млн|[кk](?!\w))?)\s*"
    r"(?P<whom>подписчик\w*|подписот\w*|сабов|народу?|человек|читателей|subscribers?|subs|followers?|members|people)",
    re.IGNORECASE,
)
_BESIDE_COUNT = group(
    r"уже сейчас теперь стало стукнуло набралось на в во нас у меня обнови обновите запиши поставь update set now already we're we are at have hit reached"
    r" in on has the got до довели ура"
)
_UPDATES = re.compile(r"\b(?:обнови\w*|запиши|поставь|update|set)\b", re.IGNORECASE)
_SUBSCRIBERS = group(v.SUBSCRIBERS)
_WATCHES = group(
    r"следи следить последи проследи последить наблюдай наблюдать наблюдение понаблюдай подглядывать подсматривать мониторь мониторить отслеживай"
    r" отслеживать watch track follow monitor spy stalk"
)
_ADDS = group(v.ADD, r"завести заведи заведем")
# Of the latter it takes a word of ads or a price to tell a bought post from any other thing.
_PAYS = group(
    r"заплатил\w* оплатил\w* забронировал\w* взаимопиар\w* вп booked paid",
)
_COMES_OUT = group(
    r"купил\w* взял\w* отдал\w* вышл[аои] вышел выйдем выйдет выходим выходит разместил\w* размещаемся bought placed"
)
_OF_ADS = group(v.ADS)
# Beside a price: they tell what somebody asks for an ad, and may be followed by anything.
_ASKS_PRICE = re.compile(
    r"\b(?:просят|просит|предлага(?:ю|е)т|хотят|хочет|запросил\w*|дорог\w*|недорог\w*|they want|(?:he|she) wants|wants|asks|asking|quoted|expensive"
    r"|pricey|overpriced)\b",
    re.IGNORECASE,
)
_CHOOSES = re.compile(
    r"\b(?:какой|какого|кого|где|что|which|who) (?:\w+ ){0,2}(?:лучше|выбрать|взять|better|best|pick)\b",
    re.IGNORECASE,
)
_CHECKS = group(r"провер\w+ чекни сравни\w* check vet compare audit")
_EACH = re.compile(r"\bпо\s+\d|\b(?:each|apiece|кажд\w+)\b", re.IGNORECASE)
_PAID_BACK = group(v.PAID, r"отбилась сработал\w* принесл\w*")
_PRICE = re.compile(
    rf"[$€£₽]\s?\d[\d.,]*[kк]?|\d[\d.,]*(?:\s\d{{3}})*\s*(?:тыс(?:яч[иа]?|\.)?|[kк](?!\w))?\s*(?:(?:{CURRENCY})(?!\w))?",
    re.IGNORECASE,
)
_HAS_CURRENCY = re.compile(CURRENCY, re.IGNORECASE)
_BEFORE_PRICE = re.compile(
    r"(?:за|просят|просит|хотят|отдали|отдала?|заплатил[аи]?|оплатил[аи]?|цена|стоит|for|want|wants|paid|asks?|asking|price)\s+(?:всего\s+)?$",
    re.IGNORECASE,
)
_NO_PRICE = re.compile(
    r"\s*(?:подпис|просмотр|охват|человек|subs|follow|view|дн|час|сут|недел|day|hour|week)", re.IGNORECASE
)
_COMES_ON = re.compile(
    rf"(?:\b(?:{COMING}|{ON_WEEKDAY})\b"
    r"|(?<![\d.,])\d{1,2}\.\d{2}(?:\.(?:\d{4}|\d\d))?(?![\d.])"
    rf"|(?<!\d)\d{{1,2}}(?:-?го|st|nd|rd|th)?\s+(?:{MONTH})\b|\b(?:{MONTH})\s+\d{{1,2}}\b)"
    r"(?:,?\s+(?:(?:в|at)\s+)?(?:(?:[01]?\d|2[0-3]):[0-5]\d\b|(?:1[0-2]|[1-9])(?::[0-5]\d)?\s?[ap]\.?m\b))?",
    re.IGNORECASE,
)
_RECORDS = group(r"запиши запишите добавь добавьте внеси внесите занеси зафиксируй учти log record add put")
_OF_POSTS = group(
    v.METRICS, v.POSTS, v.GET, v.READS, v.REPORTS, r"он она это идет идут зашел going doing вот этот такой"
)
CARED_FOR = group(
    r"удали удалить удалите убери убрать уберите отключи отключить отключайте отвяжи отвязать архив архивируй заархивируй перенеси перенести перемести переведи"
    r" переименуй remove delete drop archive disconnect unlink move transfer rename"
)
_RENAMES = group(r"переименуй\w* переименовать назови rename")
_TO = re.compile(r"\s(?:в|на|to|as)\s")
_BESIDE_CARE = group(
    v.CHANNELS,
    r"архив другой другую чат чаты группу группе сюда отсюда список списка из team chat group list archive another other here away мой мою",
)
_ZONE = re.compile(
    r"(?:мой|моя|меня|нас|наш\w*|теперь|переех\w+|поставь|смени\w*|поменя\w*|my|our|i'm|set|change|moved)\b.*"
    r"(?:\b(?:gmt|utc|мск|msk)\s?[+−-]\s?\d{1,2}\b|\bчасов\w+ пояс\w*|\btime ?zone\b)",
    re.IGNORECASE,
)
MOST_WORDS = 30
LEAST_PRICE_DIGITS = 3  # of a number that nothing calls a price


def of_errand(text: str, known: Sequence[Known], today: date) -> str | None:
    """Returns the line of what is asked to be done; None where no verb and object are found."""
    words = words_meant(text)
    if len(words) > MOST_WORDS:
        return None
    if place := of_zone(text):
        return line_of("digest", ZONE_WORD, place)
    return (
        _note(text)
        or _note_of_day(text)
        or _goal(text, known, today)
        or _with_address(text, words, known)
        or _subscribers(text, known)
        or _care(words, known)
        or ("/digest" if _ZONE.search(text) else None)
    )


def _note(text: str) -> str | None:
    found = _NOTED.fullmatch(text.strip())
    said = [] if found is None else found["text"].split()
    return line_of("note", *said) if len(said) >= LEAST_NOTED and not said[-1].endswith("?") else None


def _note_of_day(text: str) -> str | None:
    """Reads «заметка на сегодня розыгрыш»: a day is as plain a beginning as a colon."""
    found = _NOTED_OF_DAY.fullmatch(text.strip())
    return line_of("note", found["day"], found["text"]) if found and not text.strip().endswith("?") else None


def _goal(text: str, known: Sequence[Known], today: date) -> str | None:
    """Reads «хотим 10 000 подписчиков к новому году»: a wish is a goal where it has a number, and a day or a channel."""
    found = _WANTED.fullmatch(text.strip())
    if found is None:
        return None
    try:
        goal = read_goal(found["goal"], today)
    except DomainError:
        return None
    title = title_of(goal.name, known)
    is_sure = title if goal.due_on is None else title is not None
    return line_of("goal", found["goal"]) if is_sure else None


def _subscribers(text: str, known: Sequence[Known]) -> str | None:
    """Reads «в кухне уже 8,3к народу, обнови», “we're at 12.5k subscribers now”."""
    found = _COUNTED.search(text)
    if found is None or "?" in text:
        return None
    around = f"{text[: found.start()]} {text[found.end() :]}".split()
    left = " ".join(word.strip(AROUND) for word in around if not _BESIDE_COUNT.fullmatch(fold(word)))
    title = title_of(left, known)
    is_sure = _SUBSCRIBERS.fullmatch(fold(found["whom"])) or (_UPDATES.search(text) and title)
    if title is None or not is_sure:
        return None
    return line_of("subs", title, " ".join(found["count"].split()))


def _with_address(text: str, words: Sequence[str], known: Sequence[Known]) -> str | None:
    at = [place for place, word in enumerate(words) if find_address(word.strip(AROUND), known)]
    if len(at) > 1:
        return _of_several([words[place].strip(AROUND) for place in at], text, known)
    if not at:
        return None
    address = find_address(words[at[0]].strip(AROUND), known)
    assert address is not None  # it was found at this place
    said = [fold(word) for place, word in enumerate(words) if place not in at]
    if address.is_own:
        return line_of("post", address.post) if address.post and is_about_post(said) else None
    return _of_others(words[at[0]].strip(AROUND), text, said)


def _of_others(name: str, text: str, said: Sequence[str]) -> str | None:
    """Returns what is done with a channel of others: a bought post written down, a look at it, an addition."""
    rest, is_asked = text.replace(name, " "), "?" in text or "ли" in said
    coming = _COMES_ON.search(rest)
    price = _price_in(rest.replace(coming[0], " ") if coming else rest)
    is_of_ads = bool(price) or any(map(_OF_ADS.fullmatch, said))
    is_recorded = any(map(_OF_ADS.fullmatch, said)) and any(map(_RECORDS.fullmatch, said))
    is_bought = any(map(_PAYS.fullmatch, said)) or (is_of_ads and any(map(_COMES_OUT.fullmatch, said)))
    if is_asked and any(map(_PAID_BACK.fullmatch, said)):
        return "/placements"
    is_dated = bool(price and coming) and any(map(_OF_ADS.fullmatch, said))
    if (is_bought or is_recorded or is_dated) and not is_asked and not _ASKS_PRICE.search(rest):
        return line_of("placement", name, price, coming[0] if coming else "")
    is_watched = any(map(_WATCHES.fullmatch, said))
    if is_watched or (price and _ASKS_PRICE.search(rest)):
        return line_of("check", name, "" if is_watched else price)
    return line_of("add", name) if any(map(_ADDS.fullmatch, said)) and _is_short(said) else None


def _of_several(names: Sequence[str], text: str, known: Sequence[Known]) -> str | None:
    """Reads «предлагают @one и @two по 4000, какой лучше»: a check of each, with a price that is plainly each one's."""
    is_asked = (
        _ASKS_PRICE.search(text)
        or _CHOOSES.search(text)
        or any(map(_CHECKS.fullmatch, map(fold, text.split())))
    )
    if not is_asked or any(address.is_own for name in names if (address := find_address(name, known))):
        return None
    rest = text
    for name in names:
        rest = rest.replace(name, " ")
    each = _EACH.search(rest)
    price = _price_in(rest) if each else ""
    return line_of("check", *(part for name in names for part in (name, price)))


def _is_short(said: Sequence[str]) -> bool:
    """Tells whether nothing is said beside the address but what belongs to an addition."""
    beside = group(
        v.CHANNELS,
        r"групп\w+ group page страниц\w+ ютуб\w* youtube вк vk инст\w* instagram еще один новый новую another new",
    )
    return all(
        beside.fullmatch(word) or _ADDS.fullmatch(word) or v.FUNCTION.fullmatch(word) or word in FILLERS
        for word in said
    )


def is_about_post(said: Sequence[str]) -> bool:
    """Tells whether words beside a post's link ask for nothing but its figures: «как он», “how many views”."""
    words = map(fold, said)
    return all(_OF_POSTS.fullmatch(word) or v.FUNCTION.fullmatch(word) or word in FILLERS for word in words)


def _price_in(text: str) -> str:
    """Returns the price that a text tells; empty where several numbers may be it."""
    found = [one for one in _PRICE.finditer(text) if not _NO_PRICE.match(text, one.end())]
    told = [one for one in found if _BEFORE_PRICE.search(text[: one.start()]) or _HAS_CURRENCY.search(one[0])]
    sure = told if len(told) == 1 else [one for one in found if re.search(r"[kк]|тыс", one[0])]
    if not sure and len(found) == 1 and len(re.sub(r"\D", "", found[0][0])) >= LEAST_PRICE_DIGITS:
        sure = found
    return " ".join(sure[0][0].split()) if len(sure) == 1 else ""


def _care(words: Sequence[str], known: Sequence[Known]) -> str | None:
    """Reads «удали кухню», «перенеси кухню в другой чат»: the channel's own screen has all of it."""
    said = [fold(word) for word in words]
    if not any(map(CARED_FOR.fullmatch, said)):
        return None
    left = [
        word.strip(AROUND)
        for word in words
        if not (
            CARED_FOR.fullmatch(fold(word))
            or _BESIDE_CARE.fullmatch(fold(word))
            or fold(word) in ("в", "на", "из", "to", "the", "from", "my")
        )
    ]
    title = title_of(" ".join(left), known) if left else None
    if title is None and any(map(_RENAMES.fullmatch, said)) and (to := _TO.search(" ".join(words))):
        return _care([*" ".join(words)[: to.start()].split()], known)  # what stands behind is the new title
    return line_of("channels", title) if title else None
