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
    r"\b(?:за|в) последнее время\b",
    r"\b(?:за|в) последние дни\b",
    r"\bin (?:the )?recent (?:days|times?)\b",
    r"(?:(?<=how's)|(?<=how is)|(?<=hows)) everything\b",
    r"(?:(?<=i'd)|(?<=i’d)|(?<=id)|(?<=would)) like\b",
)
_POLITE = (
    r"\bбудьте (?:любезны|добры)\b,?",
    r"\bподготовьте\b,?",
    r"\bcould you (?:kindly |please )?prepare\b",
)
_IDIOMS = re.compile("|".join((*_MEANINGLESS, *_POLITE)), re.IGNORECASE)
_THANKS = re.compile(
    r"\b(?:спасибо|спс|благодарю|thanks|thank you|thx)\s+(?:тебе\s+|вам\s+)?(?:за|for)\b|\bi (?:like|love) ",
    re.IGNORECASE,
)
_OF_YESTERDAY = re.compile(r"\bвчерашн\w+(?: день| сутки)?\b", re.IGNORECASE)
_RESULTS = re.compile(  # «итоги недели»: those for it
    r"\b(итоги|результаты|отч[её]т|сводк[аиу]|репорт|стат[ауы]|статистик[аиу]|пост\w*|публикаци\w+|топ|дайджест)"
    r"\s+(недел|месяц|квартал|год)[яюиа]\b",
    re.IGNORECASE,
)
_OF_LENGTH = re.compile(  # «недельный отчёт»: the one for it
    r"\b(?P<unit>недельн|месячн|квартальн|годов)\w+ (?P<what>отч[её]т\w*|итоги|статистик\w+|цифры)",
    re.IGNORECASE,
)
_UNITS = {"недельн": "неделю", "месячн": "месяц", "квартальн": "квартал", "годов": "год"}
_OF_TWO_PERIODS = re.compile(
    r"\bthis (?P<english>week|month|quarter|year) (?:vs\.?|versus|against|to|with|and) (?:the )?(?:last|previous)"
    r"(?: one| (?P=english))?\b(?! \w*\d)"
    r"|\bэт\w{1,2} (?P<russian>недел|месяц|квартал|год)\w{0,2} (?:с|со|к|против|vs\.?) (?:прошл|предыдущ)\w+(?: (?P=russian)\w{0,2})?\b",
    re.IGNORECASE,
)
_COMPARED = {
    "недел": "прошлой неделей", "месяц": "прошлым месяцем", "квартал": "прошлым кварталом", "год": "прошлым годом"
}  # fmt: skip
_OWNED = re.compile(
    r"(?<!\bwhat)(?<!\bhow)(?<!\bit)(?<!\blet)(?<!\bthat)(?<!\bwho)(?<!\bwhere)(?<!\bwhy)(?<!\bthere)(?<=\w)['’]s\b",
    re.IGNORECASE,
)
# As people write by ear or in a hurry, and the word that it is.
_BY_EAR = {
    "сколько": "скок скока скоко скольк сколька",
    "лучше": "лутше лудше лучче лутьше лучьше",
    "лучшие": "лутшие лудшие лучшии",
    "почему": "пачему почиму пачиму патчему почемуу почму",
    "сейчас": "щас ща сечас счас",
    "сегодня": "севодня седня сёдня сегоня",
    "вообще": "ваще вобще вапще",
    "что": "шо што чо чё че",
    "покажи": "пакажи пажи покажь",
    "подписчики": "подпищики подписчеки падписчики",
    "what's": "wats wat's wuts whats",
    "who's": "whos",
    "because": "cuz coz",
    "please": "plss plez",
    "пожалуйста": "пжл пжлст пжлста пжста",
    "вчера": "вчра фчера вчира",
    "yesterday": "yday yest ystrday yesterd",
    "охват": "охвт",
    "статистика": "статка",
}
_SPOKEN = {spelt: word for word, spellings in _BY_EAR.items() for spelt in spellings.split()}

# What tells somebody to do something, and what asks.
_TELLS = re.compile(
    r"\b(?:покаж\w+|дай\w*|скин\w+|пришл\w+|включ\w+|выключ\w+|отключ\w+|отпиш\w+|отмен\w+|хватит|прекрати\w*|перестан\w+|сравни\w*"
    r"|посчитай\w*|проверь\w*|глянь|добавь\w*|удали\w*|убери\w*|верни\w*|переключи\w*|смени\w*|перенеси\w*|сделай\w*|выгрузи\w*|подскажи\w*"
    r"|расскажи\w*|объясни\w*|не надо|больше не|show|give|send|stop|turn|switch|compare|check|add|delete|remove|export|cancel|no more|mute"
    r"|unsubscribe)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:как(?:ой|ая|ое|ие|ого|их)?|сколько|когда|во сколько|почему|отчего|зачем|где|куда|откуда|что|ч[еёо]|чем|кто|из-за чего|how|what|which|why|when"
    r"|where|who|is|are|do|did|does|can)\b",
    re.IGNORECASE,
)
LEAST_ASKED = 3  # words of a question: «какие подписчики» is one of nothing
_OPENING = re.compile(
    r"привет\w*|здравствуй\w*|здорово|салют|хай|слушай\w*|бот|кстати|короче|пожалуйста|ок|окей|ладно|так|ну|да|нет|hi|hey|hello|ok|okay|so|well|bot|please|btw|yo",
    re.IGNORECASE,
)


def asks(text: str) -> bool:
    """Tells whether a clause asks a question or tells somebody to do something."""
    return _TELLS.search(text) is not None or (
        _ASKS.search(text) is not None and len(text.split()) >= LEAST_ASKED
    )


def is_opening(word: str) -> bool:
    """Tells whether a word merely begins to speak: «привет», «слушай»."""
    return _OPENING.fullmatch(word) is not None


def words_meant(text: str) -> list[str]:
    """Returns the words of a text, its turns of speech in plain words: «итоги недели» are «итоги за неделю»."""
    plain = _OF_TWO_PERIODS.sub(_with_last, _OWNED.sub("", text))
    plain = _OF_LENGTH.sub(lambda found: f"{found['what']} за {_UNITS[found['unit'].casefold()]}", plain)
    plain = _OF_YESTERDAY.sub("вчера", _RESULTS.sub(_for_period, plain))
    return [_SPOKEN.get(word.casefold(), word) for word in _IDIOMS.sub(" ", plain).split()]


def gives_thanks(text: str) -> bool:
    """Tells whether somebody thanks for what they got, or says they like it."""
    return _THANKS.search(text) is not None


def _with_last(found: re.Match[str]) -> str:
    """«эту неделю с прошлой» -> «сравни с прошлой неделей»."""
    if english := found["english"]:
        return f"compare with last {english}"
    return f"сравни с {_COMPARED[found['russian'].casefold()]}"


def _for_period(found: re.Match[str]) -> str:
    return f"{found[1]} за {'неделю' if found[2].casefold() == 'недел' else found[2]}"
