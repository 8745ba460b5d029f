"""What breaks: an answer whose verdict says that there is nothing to compare with, above lines that compare."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.answers.request import EngagementRequest
from bot.answers.wording import folded_in, trimmed, units, visible
from bot.core.parsing.periods import PeriodChoice
from bot.features.engagement.compute import build_report
from metrics.posts import COLUMNS, AudienceReading, Post

AS_OF = int(datetime(2026, 11, 23, 9, 0, tzinfo=UTC).timestamp())
HOUR_S, DAY_S = 3600, 86_400
WORDS = {
    "ru": ("≈−", "уверенно сказать нельзя", "Сравнить рано", "прочитаю страницу"),
    "en": ("≈−", "to be sure", "Too early to compare", "next reading"),
}


def _post(hours_ago: float, views: int | None) -> Post:
    at = AS_OF - round(hours_ago * HOUR_S)
    known = {"external_id": str(at), "published_at": at, "observed_at": AS_OF, "observed_exact": True}
    counted = {"views": views, "reactions": 10 if views is None else views // 50, "time_known": True}
    return Post(**(dict.fromkeys(COLUMNS) | known | counted | {"is_ad": False, "is_forwarded": False}))


def _asked(language: str, posts: list[Post], days: int, **how) -> str:
    request = EngagementRequest(
        title="Книги", platform="telegram", language=language, zone="UTC", as_of=AS_OF,
        period=PeriodChoice(days=days), posts=posts, audience=[AudienceReading(AS_OF, 5000, 0)], readings=[],
        draw=False,
    )  # fmt: skip
    return build_report(replace(request, **how)).text.replace("\xa0", " ")


def _fallen() -> list[Post]:
    """A post every eight hours for 60 days, each read once, now; those of the last week have a sixth of the views."""
    return [_post(hour + 1, (160 if hour < 7 * 24 else 1000) + hour % 5 * 8) for hour in range(0, 60 * 24, 8)]


@pytest.mark.parametrize("language", WORDS)
def test_a_fall_that_only_a_foreign_growth_curve_shows_is_told_with_its_doubt(language):
    percent, doubt, *_ = WORDS[language]
    said = _asked(language, _fallen(), 7)
    first = said.split("\n")[3]
    assert percent in first
    assert doubt in first


@pytest.mark.parametrize("language", WORDS)
def test_posts_under_a_day_old_are_called_too_young_to_compare_and_not_alone(language):
    posts = [_post(hour, 900) for hour in (10, 15, 20)] + _fallen()[9:]
    assert WORDS[language][2] in _asked(language, posts, 1)


@pytest.mark.parametrize("language", WORDS)
def test_a_channel_whose_page_is_read_is_not_asked_for_a_file(language):
    fresh = [_post(hour, None) for hour in (30, 31, 32)]
    told = _asked(language, [*fresh, *_fallen()[30:]], 2, is_collected=True, handle="knigi")
    assert WORDS[language][3] in told
    assert "файл" not in told
    assert " file" not in told


def test_a_heading_never_stands_alone_at_the_end_of_a_fold():
    lines = ["Форматы", "фото +3 %", "Реклама", "реклама −40 %" * 9]
    told = folded_in(lines, 60, "Остальное — на картинке.", {"Форматы", "Реклама"})
    assert "фото" in told
    assert "Реклама" not in told


def test_what_is_put_above_an_answer_leaves_as_much_in_sight_as_a_phone_shows():
    card = "\n".join(
        [*(f"строка {number} " + "а" * 40 for number in range(9)), "<blockquote expandable>ещё</blockquote>"]
    )
    told = trimmed(["Наблюдал 48 часов.", "Вывод не изменился."], card)
    assert told.startswith("Наблюдал 48 часов.\nВывод не изменился.\nстрока 0")
    assert units(visible(told)) <= 500
    assert "строка 8" in told
