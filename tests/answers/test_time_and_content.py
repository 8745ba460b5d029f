"""The words of /when and /content: luck told as advice, a difference that is not told, a caption that Telegram refuses."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from bot.answers.wording import CAPTION_UNITS, plain, units
from bot.core.parsing.periods import PeriodChoice
from bot.features.content.compute import build_report as content
from bot.features.timing.compute import build_report as when
from bot.sandbox.entities import parse_html
from metrics import maturity
from tests.answers.requests import er_of
from tests.answers.test_one_value import channels
from tests.kit.examples import examples
from tests.metrics.test_content import long
from tests.metrics.zoo import WEEK, ZONE, Channel, moments, post


def asked(channel: Channel, **changes):
    return replace(er_of(channel, draw=False), **changes)


def said(build, channel: Channel, **changes):
    return plain(build(asked(channel, **changes)).text).replace("\xa0", " ")


def of_format(rng):
    is_video = bool(rng.random() < 0.3)
    return {"format": "video" if is_video else "text", "times": 1.6 if is_video else 1}


def test_where_the_hour_changes_nothing_it_is_said_so():
    text = said(when, long(3, every=(9, 13, 18, 21)))
    assert "Время выхода почти ничего не меняет: ни один из" in text
    assert "День недели тоже почти ничего не меняет." in text
    assert re.search(r"будни 9–12: [+−]?\d+ % \(.*\) · n \d+", text)


@pytest.mark.parametrize(
    ("language", "place", "rest"),
    [("ru", "Часы: Москва.", "на картинке."), ("en", "Hours: Moscow.", "in the picture.")],
)
def test_a_day_that_has_no_room_in_the_caption_is_not_left_out_in_silence(language, place, rest):
    channel = long(3, every=(7, 9, 13, 16, 18, 21))
    text = said(when, channel, language=language, zone="Europe/Moscow")
    assert place in text
    assert text.endswith(rest)
    listed = [line for line in text.splitlines() if " · n " in line]
    assert 0 < len(listed) < 19


def test_an_hour_that_does_better_is_named_with_its_interval():
    channel = long(5, every=(9, 13, 18))
    evening = tuple(
        row._replace(views=round(row.views * 1.5)) if (row.published_at // 3600 + 2) % 24 == 18 else row
        for row in channel.posts
    )
    text = said(when, replace(channel, posts=evening))
    assert "От времени выхода результат зависит" in text
    assert re.search(r"• будни 18–21: просмотры \+\d+ % \(\+\d+…\+\d+\)", text)


def test_who_has_made_the_bot_an_admin_is_not_asked_to_do_it():
    assert "когда бот сам читает канал: /add" in said(when, long(1))
    begun = said(when, long(1), is_collected=True)
    assert "Часы появятся, когда бот проследит за новыми постами." in begun
    assert "/add" not in begun


def test_few_posts_are_no_advice():
    assert "Судить о времени выхода рано: 30 постов, нужно хотя бы 100." in said(when, long(1, days=10))
    assert "Сказать наверняка пока нельзя: 30 постов, нужно хотя бы 100." in said(
        content, long(1, days=10, of=of_format)
    )


def test_what_differs_is_told_first_and_what_does_not_beside_it():
    text = said(content, long(1, of=of_format))
    assert re.search(
        r"Надёжно отличаются от остальных \(\d+ постов\):\n• (видео|текст): просмотры [+−]\d+ % \(", text
    )
    assert "Не видно разницы: день недели." in text


def test_posts_of_one_kind_have_nothing_beside_them():
    alike = long(2, of=lambda _rng: {"format": "text", "text_length": 50})
    assert "Nothing makes a reliable difference: weekday (360 posts)." in said(content, alike, language="en")


def test_a_period_without_old_posts_says_what_to_ask_for():
    young = Channel(
        (post(WEEK.end_unix - 7200, views=10, reactions=1, age_s=3600),), period=WEEK, as_of=WEEK.end_unix
    )
    text = said(content, young)
    assert "Попробуйте дольше: /content 365d." in text


def awake(*, hours=(9, 15), days=21, even=False):
    """Posts read every hour for three days, by people who read from 18 to 22, or evenly around the clock."""
    rows = []
    for at in moments(WEEK.first, days, hours):
        views = 0.0
        for age_h in range(1, 72):
            moment = at + age_h * 3600
            share = maturity.VIEWS.share([float(age_h)])[0] - (
                maturity.VIEWS.share([age_h - 1.0])[0] if age_h > 1 else 0
            )
            is_evening = 18 <= (moment // 3600 + 1) % 24 < 22
            views += 100_000 * share * (1 if even else 4 if is_evening else 0.7)
            rows.append(post(at, age_s=age_h * 3600, views=round(views), reactions=9))
    return rows


@pytest.mark.parametrize(
    ("even", "expected"),
    [
        (False, r"Читают чаще всего в (18|19)–(21|22) ч: в \d,\d раза больше обычного"),
        (True, r"Читают почти ровно весь день \(\d+ пост"),
    ],
)
def test_the_hours_of_the_audience_are_told_and_drawn(even, expected):
    rows = awake(even=even)
    newest = {row.external_id: row for row in rows}
    first, last = WEEK.first, WEEK.first + timedelta(days=20)
    whole = Channel(tuple(newest.values()), as_of=WEEK.end_unix + 40 * 86_400)
    report = when(asked(whole, readings=rows, period=PeriodChoice(first=first, last=last)))
    assert re.search(expected, plain(report.text).replace("\xa0", " "))
    assert report.picture


@settings(max_examples=examples(30))
@given(channels())
def test_any_channel_gets_a_caption_that_telegram_takes(channel):
    for build in (when, content):
        for language in ("ru", "en"):
            report = build(asked(channel, language=language, title="<b>R&D</b> 👩‍💻" * 12, zone=str(ZONE)))
            text, _ = parse_html(report.text)
            assert 0 < units(report.text) <= CAPTION_UNITS
            assert not re.search(r"\b(?:nan|None)\b", text)
