"""A wish to live by another clock, in words: «мой город Екатеринбург», «часовой пояс Самара», “my timezone is Berlin”."""

import re

from bot.core.parsing.cities import CITIES
from bot.core.parsing.names import is_one_word
from bot.core.parsing.zones import find_zone
from metrics.errors import DomainError

ZONE_WORD = "пояс"  # stands before the place in a command's line
_SAID = re.compile(
    r"(?:(?:бот|привет|слушай|hey|hi|hello|bot|please|пожалуйста),?\s+)?"
    r"(?:(?:поставь|поставьте|смени|смените|поменяй|поменяйте|измени|установи|set|change|switch|у нас|у меня|теперь|now)\s+)*"
    r"(?:(?:мне|нам|my|our|the|мой|наш|на|is|city)\s+)*"
    r"(?:часов\w+\s+пояс\w*|пояс|time\s?-?zone|tz|город|city|я\s+живу|мы\s+жив[её]м|живу|жив[её]м|мы\s+находимся|я\s+нахожусь"
    r"|(?:i|we)\s+live|(?:i['’]m|i\s+am|we['’]re|we\s+are)\s+based|(?:считай|показывай|присылай|работаем|work)\s+(?:по|on)\s+времени)"
    r"(?:\s*[:=—–-]\s*|\s+)(?:(?:на|в|во|из|по|это|теперь|is|to|in|as)\s+)*(?:(?:город\w*|г\.|city)\s+)?(?P<place>[\w+−.'’ /-]{2,40}?)"
    r"(?:\s+(?:time|пожалуйста|please))?[.!]*",
    re.IGNORECASE,
)
_OF_LINE = re.compile(
    rf"(?:(?:часовой\s+)?{ZONE_WORD}|город|time\s?zone|city)\s+(?P<place>\S.*)", re.IGNORECASE
)


def of_zone(text: str) -> str | None:
    """Returns the place whose clock is wished for, as `find_zone` reads it; None for other texts."""
    found = _SAID.fullmatch(" ".join(text.split()))
    return _place(found["place"]) if found else None


def split_zone(args: str) -> str | None:
    """Returns the zone of a command's line «пояс Самара»; None for a line of other words.

    Raises DomainError("zone.unknown") for a place that nobody knows.
    """
    found = _OF_LINE.fullmatch(args.strip())
    return find_zone(_place(found["place"]) or found["place"]) if found else None


def _place(said: str) -> str | None:
    """Returns the name of a place in whichever case it was said: «в Самаре» is «Самара»."""
    try:
        find_zone(said)
    except DomainError:
        words = said.split()
        for city in CITIES:
            parts = city.russian.split()
            if len(parts) == len(words) and all(map(is_one_word, words, parts)):
                return city.russian
        return None
    return said.strip(" .")
