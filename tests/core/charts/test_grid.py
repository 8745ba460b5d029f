"""What breaks: channels of a summary that run into each other, and days of an alert that nobody sees marked."""

import io
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from PIL import Image

from bot.core.charts.data import EngagementChart, GridCell, GridChart
from bot.core.charts.engagement import draw as draw_one
from bot.core.charts.grid import draw
from bot.core.charts.style import MARKED, SERIES
from bot.core.locales.translator import translator
from tests.core.charts.conftest import panel

RU = translator("ru")


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png))).astype(int)


def of_colour(picture, colour):
    wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return np.abs(picture - wanted).max(axis=2) <= 6


def cells(count, **changes):
    made = [
        GridCell(f"Канал {number}", replace(panel(14, 2.5, seed=number), dots=()), "2,4 %")
        for number in range(count)
    ]
    return GridChart("Каналы", "14 дней", tuple(replace(cell, **changes) for cell in made))


@pytest.mark.parametrize("count", range(1, 13))
def test_any_number_of_channels_has_a_place_each(count):
    picture = pixels(draw(cells(count), RU))
    assert picture.shape[1] == 1280
    assert picture.shape[0] >= 720
    line = of_colour(picture, SERIES[0])
    columns = 1 if count <= 3 else 2
    rows = -(-count // columns)
    top, bottom = 118, picture.shape[0] - 58
    for number in range(count):
        height = (bottom - top) / rows
        first = int(top + number // columns * height)
        left = 640 * (number % columns)
        place = line[first : int(first + height), left : left + 1280 // columns]
        assert place.sum() > 300, number


def test_a_long_title_leaves_its_number_in_sight():
    long = pixels(draw(cells(12, title="Очень длинное название канала " * 5), RU))
    usual = pixels(draw(cells(12), RU))
    number = (slice(118, 165), slice(500, 620))
    assert (long[number] == usual[number]).mean() > 0.95


def test_a_channel_without_data_says_so_and_has_no_line():
    picture = pixels(draw(cells(4, panel=None, figure=""), RU))
    assert of_colour(picture[: picture.shape[0] - 60], SERIES[0]).sum() == 0


def test_the_same_channels_give_the_same_bytes_and_each_language_its_own():
    assert draw(cells(5), RU) == draw(cells(5), RU)
    assert draw(cells(5), RU) != draw(cells(5), translator("en"))


def test_the_days_an_alert_is_about_are_marked():
    marked = (date(2026, 11, 18), date(2026, 11, 20))

    def drawn(**how):
        return of_colour(
            pixels(draw_one(EngagementChart("Канал", "", (replace(panel(20, 2), **how),)), RU)), MARKED
        )

    assert drawn().sum() == 0
    columns = np.flatnonzero(drawn(marked=marked)[200:600].any(axis=0))
    day = (1280 - 100 - 186) / 20
    assert columns.min() == pytest.approx(100 + 15 * day, abs=4)
    assert columns.max() == pytest.approx(100 + 18 * day, abs=4)
