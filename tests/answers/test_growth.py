"""The words of /growth: a sentence about people nobody saw, a caption that Telegram refuses, a picture of another number."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.wording import CAPTION_UNITS, plain, units
from bot.core.parsing.periods import PeriodChoice
from bot.features.growth.compute import build_report
from bot.features.growth.request import GrowthRequest
from bot.sandbox.entities import parse_html
from metrics.durations import DAY_S
from metrics.followers import Movement, Stay
from metrics.posts import AudienceReading
from metrics.reposts import Repost
from tests.kit.examples import examples
from tests.metrics.test_followers import AS_OF, END, MONTH, START, daily
from tests.metrics.zoo import ZONE

AD = "https://t.me/+ad"


def request(readings=None, movement=None, **changes):
    readings = daily(*[1] * 30) if readings is None else readings
    made = GrowthRequest(
        "Кухня", "telegram", "kitchen", "ru", str(ZONE), AS_OF, PeriodChoice(days=30), readings, readings[-1], movement
    )  # fmt: skip
    return replace(made, **changes)


def said(*args, **changes):
    return plain(build_report(request(*args, **changes)).text).replace("\xa0", " ")


def movement(since=0):
    came = [Stay(START + number * DAY_S, None, AD, "Реклама") for number in range(20)]
    came += [Stay(START + DAY_S, START + 2 * DAY_S)] * 20
    return Movement(since, came, [START + 2 * DAY_S] * 10)


def test_verdict_people_churn_and_sources_are_said_with_their_numbers():
    text = said(movement=movement())
    assert "Канал растёт: подписчиков 1 030, +30 за период (+3,0 %)." in text
    assert "Пришли 40 · ушли 10" in text
    assert "Отток 1,0 % = ушли 10 ÷ было 1 000" in text
    assert "«Реклама»: 20; через 7 дней остались 100 % (84–100) из 20" in text
    assert "приходит в открытый канал без ссылки" in text


def test_a_placement_names_its_seller_and_a_closed_channel_has_no_trap():
    text = said(movement=movement(), sellers={AD: "@walks"}, handle=None)
    assert "реклама в @walks: 20" in text
    assert "без ссылки: по ссылкам" not in text


def test_where_nobody_looked_only_the_net_is_told():
    text = said()
    assert "+30 за период" in text
    assert "только боту-администратору" in text
    assert not re.search(r"Пришли|Отток|Откуда", text)
    assert "только в каналах Telegram" in said(platform="vk")


def test_people_seen_for_a_part_of_the_period_are_told_with_their_day_and_without_churn():
    text = said(movement=movement(since=START + 10 * DAY_S))
    assert "до 11 июн бот этого не видел" in text
    assert "Отток" not in text


def test_unknown_ends_are_told_with_the_newest_count():
    old = [AudienceReading(START - 90 * DAY_S, 900, 0)]
    report = build_report(request(old))
    assert "неизвестно. Последнее число: 900, 2 мар 2025" in plain(report.text).replace("\xa0", " ")
    assert report.picture is None


def test_who_mentioned_the_channel_is_named_where_it_is_known():
    mention = Repost("mention", None, "https://t.me/walks/5", START + DAY_S, "walks", "Прогулки", 9000)
    assert "За эти дни: упоминание у @walks." in said(movement=movement(), reposts=[mention])
    assert "Telegram ботам не говорит" in said(movement=movement())


def test_counts_and_people_that_differ_are_told_apart():
    assert "По счётчику +30, по вступлениям и уходам +10." in said(
        movement=Movement(0, [Stay(START, None)] * 20, [START] * 10)
    )


TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)
STAYS = st.builds(
    lambda at, stay, link, name: Stay(at, None if stay is None else at + stay, link, link and name),
    st.integers(START - 30 * DAY_S, END - 1),
    st.none() | st.integers(0, 40 * DAY_S),
    st.none() | st.sampled_from([f"https://t.me/+{number:020}" for number in range(12)]),
    st.none() | TITLES,
)


@settings(max_examples=examples(60))
@given(
    title=TITLES,
    language=st.sampled_from(["ru", "en"]),
    counts=st.lists(st.tuples(st.integers(START - 40 * DAY_S, END), st.integers(1, 10**8), st.sampled_from([0, 100])), min_size=1, max_size=40),
    joins=st.lists(STAYS, max_size=60),
    seen=st.booleans(),
)  # fmt: skip
def test_any_answer_is_a_caption_that_telegram_takes(title, language, counts, joins, seen):
    readings = [AudienceReading(*row) for row in sorted({at: (at, *rest) for at, *rest in counts}.values())]
    told = Movement(START - DAY_S, joins, []) if seen else None
    report = build_report(request(readings, told, title=title, language=language))
    text, _ = parse_html(report.text)
    assert 0 < units(report.text) <= CAPTION_UNITS
    assert not re.search(r"\b(?:nan|None)\b", text.replace(title, ""))


@pytest.mark.parametrize("days", [1, 30, 365])
def test_any_length_of_period_is_drawn(days):
    assert build_report(request(movement=movement(), period=PeriodChoice(days=days))).picture


def test_the_number_in_the_picture_is_the_one_in_the_words(monkeypatch):
    drawn = []
    monkeypatch.setattr("bot.features.growth.compute.draw", lambda chart, _t: drawn.append(chart) or b"png")
    build_report(request([*daily(*[1] * 30), AudienceReading(AS_OF, 1900, 0)]))
    assert (round(drawn[0].counts[-1].count), drawn[0].net) == (1030, "+30")
    assert drawn[0].counts[0].at == MONTH.start
