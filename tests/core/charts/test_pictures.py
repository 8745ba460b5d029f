"""What stands in the picture."""

import io
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from PIL import Image

from bot.core.charts.engagement import Band, DayPoint, EngagementChart, Panel, draw
from bot.core.charts.style import HEIGHT, LEFT, PAID, RIGHT, SERIES, USUAL, WIDTH
from bot.core.locales.translator import translator

RUSSIAN = translator("ru")


def pixels(chart, language="ru"):
    image = Image.open(io.BytesIO(draw(chart, translator(language))))
    assert (image.format, image.size, image.mode) == ("PNG", (1280, 720), "RGB")
    return np.asarray(image).astype(int)


def of_colour(picture, colour, tolerance=6):
    wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return np.abs(picture - wanted).max(axis=2) <= tolerance


def plot_part(mask, *, lower: bool):
    """The part of one of two stacked panels where data is, without names, ticks and the gutter."""
    return mask[425:610, LEFT : WIDTH - RIGHT] if lower else mask[165:352, LEFT : WIDTH - RIGHT]


def one_panel(**changes):
    start = date(2026, 11, 1)
    days = tuple(
        DayPoint(start + timedelta(days=index), 2.0, 1, final=True, approximate=False) for index in range(20)
    )
    return EngagementChart(
        "Канал", "20 дней", (replace(Panel("ER", "percent", days, (), None, None), **changes),)
    )


def test_every_example_draws_the_same_each_time_and_in_both_languages(example):
    ink = (pixels(example).sum(axis=2) < 3 * 250).mean()
    assert 0.01 < ink < 0.6, "a blank picture, or one with nothing but ink"
    russian = draw(example, RUSSIAN)
    assert russian == draw(example, RUSSIAN)
    assert russian != draw(example, translator("en"))


def test_each_panel_is_drawn_in_its_colour(build):
    picture = pixels(build("days_90"))
    for lower, colour, other in ((False, *SERIES), (True, *reversed(SERIES))):
        assert plot_part(of_colour(picture, colour), lower=lower).sum() > 500
        assert plot_part(of_colour(picture, other), lower=lower).sum() == 0


def test_the_line_falls_with_the_figures(build):
    mask = plot_part(of_colour(pixels(build("drop")), SERIES[1]), lower=True)
    height = [np.median(np.nonzero(mask[:, at : at + 120])[0]) for at in (100, mask.shape[1] - 160)]
    assert height[1] - height[0] > 35, "views that lose 45 % lie visibly lower"


def test_paid_posts_have_their_colour_and_only_they(build):
    chart = build("days_90")
    unpaid = tuple(replace(p, dots=tuple(replace(d, paid=False) for d in p.dots)) for p in chart.panels)
    assert of_colour(pixels(chart), PAID, 40).sum() > 300
    assert of_colour(pixels(replace(chart, panels=unpaid)), PAID, 40).sum() == 0


def test_the_usual_band_is_there_only_if_known():
    # The legend's sample alone is about 40 x 22 pixels.
    assert of_colour(pixels(one_panel(band=Band(1.0, 2.0, 3.0))), USUAL, 3).sum() > 50_000
    assert of_colour(pixels(one_panel()), USUAL, 3).sum() < 1_000


def test_the_usual_band_follows_the_days():
    chart = one_panel()
    bands = (*[Band(0.5, 0.6, 0.7)] * 10, *[None] * 4, *[Band(1.4, 1.5, 1.6)] * 6)
    mask = of_colour(pixels(one_panel(day_bands=bands)), USUAL, 3)[160 : HEIGHT - 110]
    day_width = (WIDTH - LEFT - RIGHT) / len(chart.panels[0].days)
    early, gap, late = (
        np.nonzero(mask[:, int(LEFT + first * day_width) : int(LEFT + last * day_width)])[0]
        for first, last in ((0.1, 9.9), (10.1, 13.9), (14.1, 19.9))
    )
    assert gap.size == 0
    assert np.median(early) - np.median(late) > 100


def test_a_viral_post_does_not_flatten_the_others(build):
    mask = plot_part(of_colour(pixels(build("one_viral")), SERIES[0]), lower=False)
    rows = np.nonzero(mask[:, : mask.shape[1] // 4].any(axis=1))[0]
    assert rows.max() - rows.min() > 60, "ordinary days still use a third of the height"


def test_days_without_a_figure_leave_a_gap():
    chart = one_panel()
    days = chart.panels[0].days
    lost = tuple(replace(day, value=None) if 8 <= index < 12 else day for index, day in enumerate(days))
    day_width = (WIDTH - LEFT - RIGHT) / 20
    inside = slice(int(LEFT + 8.2 * day_width), int(LEFT + 11.8 * day_width))
    plot = slice(160, HEIGHT - 120)
    whole, gapped, silent = (
        of_colour(pixels(one_panel(days=kept)), SERIES[0], 90)[plot, inside].sum()
        for kept in (days, lost, tuple(replace(day, posts=1 if day.value else 0) for day in lost))
    )
    assert whole > 300
    assert gapped == 0
    assert 0 < silent < whole, "days without posts are bridged by a thinner line"


def test_young_days_are_dashed_and_open():
    days = one_panel().panels[0].days
    final, young = (
        of_colour(pixels(one_panel(days=tuple(replace(day, final=state) for day in days))), SERIES[0])[
            160:600
        ].sum()
        for state in (True, False)
    )
    assert young < 0.85 * final


def test_rounded_days_are_fuzzy_and_say_so():
    days = one_panel().panels[0].days
    exact = pixels(one_panel())
    rounded = pixels(one_panel(days=tuple(replace(day, approximate=True) for day in days)))
    below_line = (rounded - exact)[160:600, LEFT + 60 : LEFT + 400]
    assert (np.abs(below_line).max(axis=2) > 10).sum() > 1_500, "the haze along the line"
    gutter = slice(WIDTH - RIGHT + 10, WIDTH)
    assert (rounded[:, gutter] != exact[:, gutter]).any(), "the last value gets its ≈"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_words_change_the_picture(language):
    """Letters are drawn, not boxes for what the font lacks: two words of one length differ."""
    first, second = (pixels(replace(one_panel(), title=title), language) for title in ("Ёлка", "Юбка"))
    assert (first != second).any(axis=2)[:80].sum() > 100


@pytest.mark.parametrize(
    "title",
    [
        "",
        "🔥🚀",
        "中文频道",
        "a" * 5_000,
        "$x_1^2$",
        "\\frac{1}{2}",
        "$",
        "_",
        "100 % ₽\n\tстрока",
        "\u202eоборот",
        "\ud83d",
        "e\u0301 и\u0306",
    ],
)
def test_any_title_draws(title):
    pixels(replace(one_panel(label=title), title=title, subtitle=title))


def test_dollars_are_dollars():
    """As mathtext «$x$» would lose its signs and be narrower than «x»s of the same count."""
    plain, dollars = (
        np.nonzero((pixels(replace(one_panel(), title=title))[:75].sum(axis=2) < 300).any(axis=0))[0].max()
        for title in ("ax", "$ax$")
    )
    assert dollars - plain > 35


def test_of_marked_days_the_margin_tells_their_value_and_the_usual_one():
    days = one_panel().panels[0].days
    marked = days[-3].day, days[-1].day
    plain, told = pixels(one_panel(marked=marked)), pixels(one_panel(marked=marked, marked_value=1.2))
    gutter = slice(WIDTH - RIGHT + 10, WIDTH)
    assert (plain[:, gutter] != told[:, gutter]).any()
    assert (plain[:, : WIDTH - RIGHT] == told[:, : WIDTH - RIGHT]).all()
