"""The zone a table names for its times: «Дата (МСК)», `Date, GMT+3`, «МСК+2», «Часовой пояс: Europe/Moscow» above the header."""

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo, available_timezones

from storage.files.decode.column_rows import Row

_SHIFTED = re.compile(
    r"(?P<from>utc|gmt|мск|msk)\s*\)?\s*(?P<sign>[+\-−–])\s*(?P<hours>\d{1,2})(?:[:.]?(?P<minutes>\d{2}))?(?!\d)"
)
_NAMED = {
    "Europe/Moscow": re.compile(r"мск|msk|moscow|москв"),
    "UTC": re.compile(r"utc|gmt"),
    "America/New_York": re.compile(r"\b(?:est|edt|eastern time)\b"),
    "America/Los_Angeles": re.compile(r"\b(?:pst|pdt|pacific time)\b"),
    "Europe/Berlin": re.compile(r"\b(?:cet|cest)\b"),
}
_IANA = re.compile(r"\b[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+\b")
_ABOUT_ZONES = re.compile(
    r"часов\w+ пояс|часовий пояс|time\s?zone|zeitzone|zona horaria|fuso horário|fuseau horaire"
)
# Zones without a summer time of their own, for shifts that are no whole hours.
_PARTS_OF_HOURS = {
    330: "Asia/Kolkata", 210: "Asia/Tehran", 270: "Asia/Kabul", 345: "Asia/Kathmandu", 390: "Asia/Yangon", 570: "Australia/Darwin",
}  # fmt: skip
_MOSCOW_MINUTES = 180
_EAST, _WEST = 14, -12  # hours that zones lie off


def zone_named(title: str, above: Sequence[Row] = ()) -> ZoneInfo | None:
    """Returns the zone that the title of a column of dates names, else a line about time zones above the header.

    None where neither does, or for a shift that is no zone's.
    """
    return _zone_in(title) or next(
        filter(None, map(_zone_in, filter(_is_about_zones, map(_text, above)))), None
    )


def _text(row: Row) -> str:
    return " ".join(str(cell) for cell in row if cell not in ("", None))


def _is_about_zones(text: str) -> bool:
    return _ABOUT_ZONES.search(text.casefold()) is not None


def _zone_in(text: str) -> ZoneInfo | None:
    written = _IANA.search(text)
    if written and written[0] in available_timezones():
        return ZoneInfo(written[0])
    plain = text.casefold()
    if shifted := _SHIFTED.search(plain):
        return _zone_off(_minutes(shifted))
    name = next((zone for zone, pattern in _NAMED.items() if pattern.search(plain)), None)
    return ZoneInfo(name) if name else None


def _minutes(shifted: re.Match[str]) -> int:
    minutes = int(shifted["hours"]) * 60 + int(shifted["minutes"] or 0)
    base = 0 if shifted["from"] in ("utc", "gmt") else _MOSCOW_MINUTES
    return base + (minutes if shifted["sign"] == "+" else -minutes)


def _zone_off(minutes: int) -> ZoneInfo | None:
    hours, rest = divmod(minutes, 60)
    if rest:
        return ZoneInfo(_PARTS_OF_HOURS[minutes]) if minutes in _PARTS_OF_HOURS else None
    if not _WEST <= hours <= _EAST:
        return None
    return ZoneInfo(f"Etc/GMT{-hours:+d}" if hours else "UTC")  # POSIX counts west of Greenwich
