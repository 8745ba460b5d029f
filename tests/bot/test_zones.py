"""What breaks: a summary at the wrong hour because a city, an offset or a place was understood as another."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.locales import LANGUAGES, translator
from bot.core.parsing.cities import CITIES
from bot.core.parsing.zones import OFFERED, find_zone, nearest_zone, offset, shown
from bot.features.preferences.words import place
from metrics.errors import DomainError

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Москва", "Europe/Moscow"),
        ("  москва. ", "Europe/Moscow"),
        ("питер", "Europe/Moscow"),
        ("Ростов на Дону", "Europe/Moscow"),
        ("новосиб", "Asia/Novosibirsk"),
        ("Кишинев", "Europe/Chisinau"),
        ("tel aviv", "Asia/Jerusalem"),
        ("Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Reykjavik", "Atlantic/Reykjavik"),
        ("UTC", "UTC"),
        ("UTC+5", "Etc/GMT-5"),
        ("gmt-3", "Etc/GMT+3"),
        ("+3", "Etc/GMT-3"),
    ],
)
def test_a_zone_by_what_people_type(typed, zone):
    assert find_zone(typed) == zone


@pytest.mark.parametrize("typed", ["", "Урюпинск-на-Марсе", "но", "UTC+25", "12", "../../etc/passwd"])
def test_what_is_no_place_is_said_to_be_none(typed):
    with pytest.raises(DomainError, match=r"zone\.unknown"):
        find_zone(typed)


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ((55.75, 37.62), "Europe/Moscow"),
        ((43.6, 39.7), "Europe/Moscow"),  # Sochi: tzdata's nearest city alone is in Georgia
        ((54.7, 20.5), "Europe/Kaliningrad"),
        ((27.7, 85.3), "Asia/Kathmandu"),
        ((-31.5, 159.1), "Australia/Lord_Howe"),
        ((64.1, -21.9), "Atlantic/Reykjavik"),
    ],
)
def test_a_zone_by_a_place_on_the_map(place, zone):
    here, there = (ZoneInfo(name).utcoffset(AT) for name in (nearest_zone(*place), zone))
    assert here == there


def test_every_city_finds_itself_by_both_names_and_by_its_place():
    for city in CITIES:
        assert ZoneInfo(city.zone)
        assert find_zone(city.russian) == find_zone(city.english) == city.zone
        assert nearest_zone(city.latitude, city.longitude) == city.zone


def test_what_is_offered_has_a_name_and_fits_a_button():
    for language, zones in OFFERED.items():
        for zone in zones:
            assert ZoneInfo(zone)
            assert 2 < len(shown(zone, language)) < 20
    assert max(len(f"set:digest:zone:{name}") for name in ("America/Argentina/ComodRivadavia",)) <= 64


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Europe/Moscow", "UTC+3"),
        ("Asia/Kathmandu", "UTC+5:45"),
        ("America/St_Johns", "UTC-3:30"),
        ("UTC", "UTC+0"),
    ],
)
def test_an_offset_is_shown_as_people_write_it(zone, text):
    assert offset(zone, AT) == text


def test_an_offset_zone_is_shown_by_its_usual_sign():
    assert shown("Etc/GMT-5", "ru") == "UTC+5"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT-5", "Europe/Moscow", "Asia/Kathmandu"])
def test_a_zone_says_its_offset_once(zone, language):
    assert place(zone, int(AT.timestamp()), translator(language)).count("UTC") == 1
