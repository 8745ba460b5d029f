"""The country a time zone belongs to."""

from babel.core import get_global

from metrics.drops.holidays import NO_COUNTRY


def territory_of(zone: str) -> str:
    """Returns the country of a zone: «RU» of Europe/Moscow; `none` where it belongs to no country."""
    found: str = get_global("zone_territories").get(zone, NO_COUNTRY)
    return found
