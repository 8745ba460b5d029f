"""The time zone a person means by a city, an offset or a place on the map; and how a zone is shown."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from zoneinfo import ZoneInfo, available_timezones

from bot.core.parsing.cities import CITIES, City
from metrics.errors import DomainError

OFFERED = {
    "ru": (
        "Europe/Moscow",
        "Europe/Kaliningrad",
        "Europe/Samara",
        "Asia/Yekaterinburg",
        "Asia/Novosibirsk",
        "Asia/Vladivostok",
        "Europe/Minsk",
        "Asia/Almaty",
        "Asia/Tashkent",
    ),
    "en": (
        "Europe/London",
        "Europe/Berlin",
        "Europe/Moscow",
        "Asia/Dubai",
        "Asia/Kolkata",
        "Asia/Singapore",
        "America/New_York",
        "America/Chicago",
        "America/Los_Angeles",
    ),
}
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+−-])\s*(\d{1,2})")
_PLACE = re.compile(r"([+-]\d{4,6})([+-]\d{5,7})")


def find_zone(text: str) -> str:
    """Returns the zone of «Москва», «tel aviv», «UTC+5», «Europe/Berlin».

    Raises DomainError("zone.unknown").
    """
    wanted = _plain(text)
    if found := _OFFSET.fullmatch(wanted):
        sign, hours = found[1], int(found[2])
        name = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}"  # POSIX counts westwards
        if hours and name in available_timezones():
            return name
    for names in (_of_cities(), _of_tzdata()):
        if zone := names.get(wanted):
            return zone
    starts = {zone for name, zone in _of_cities().items() if len(wanted) >= 3 and name.startswith(wanted)}
    if len(starts) == 1:
        return starts.pop()
    raise DomainError("zone.unknown", text=text.strip()[:40])


def nearest_zone(latitude: float, longitude: float) -> str:
    """Returns the zone of the nearest city of ours or of tzdata's own table."""
    return min(_places(), key=lambda place: _distance(latitude, longitude, place[1], place[2]))[0]


def shown(zone: str, language: str) -> str:
    """Returns a zone's name, «Москва», «Berlin»: its first city in this language, else its last part."""
    city = next((city for city in CITIES if city.zone == zone), None)
    if city is not None:
        return city.russian if language == "ru" else city.english
    if zone.startswith("Etc/GMT"):
        return f"UTC{zone[7:].translate(str.maketrans('+-', '-+'))}"
    return zone.rpartition("/")[2].replace("_", " ")


def offset(zone: str, at: datetime) -> str:
    """Returns the offset of a zone: «UTC+3», «UTC+5:45»."""
    seconds = int((at.astimezone(ZoneInfo(zone)).utcoffset() or at - at).total_seconds())
    sign, minutes = "-" if seconds < 0 else "+", abs(seconds) // 60
    return f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")


def clock_name(zone: str, at: datetime, language: str) -> str:
    """Returns what people write behind a time of day: «мск», “MSK”, elsewhere «UTC+5»."""
    if zone == "Europe/Moscow":
        return "мск" if language == "ru" else "MSK"
    return offset(zone, at).removesuffix("+0")


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split()).strip(" .,!")


@lru_cache
def _of_cities() -> dict[str, str]:
    return {_plain(name): city.zone for city in CITIES for name in _names(city)}


def _names(city: City) -> Iterator[str]:
    for name in (city.russian, city.english):
        yield name
        yield name.replace("-", " ")
    if city.english == "Saint Petersburg":
        yield from ("спб", "питер", "петербург", "st petersburg", "spb")
    if city.english == "Moscow":
        yield from ("мск", "msk")


@lru_cache
def _of_tzdata() -> dict[str, str]:
    """Returns zones by the whole name, and by the city a name ends with."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    cities = {_plain(name.rpartition("/")[2].replace("_", " ")): name for name in names}
    return cities | {name.lower(): name for name in [*names, "UTC"]}


@lru_cache
def _places() -> tuple[tuple[str, float, float], ...]:
    own = [(city.zone, city.latitude, city.longitude) for city in CITIES]
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return (*own, *((row[2], *_degrees(row[1])) for row in rows))


def _degrees(text: str) -> tuple[float, float]:
    """Reads latitude and longitude in ISO 6709: «+5545+03735», with seconds where they are known."""
    found = _PLACE.fullmatch(text)
    assert found is not None
    return _angle(found[1], 2), _angle(found[2], 3)


def _angle(text: str, whole: int) -> float:
    digits = text[1:]
    value = int(digits[:whole]) + int(digits[whole : whole + 2]) / 60
    return -value if text[0] == "-" else value


def _distance(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Returns the distance along a great circle, in radii of the earth."""
    a, b = radians(latitude), radians(other_latitude)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * asin(sqrt(min(1.0, half)))
