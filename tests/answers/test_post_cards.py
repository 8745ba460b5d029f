"""What breaks: a card that Telegram refuses or a phone can't show at once, that hides a deletion, or rounds a forecast."""

import re

import pytest

from bot.answers.wording import CAPTION_UNITS, VISIBLE_UNITS, plain, units, visible
from bot.core.locales import translator
from bot.core.locales.translator import NBSP
from bot.features.posts.compute import build_card, card_of, explain_card
from bot.features.posts.request import PostRequest, address
from bot.features.posts.words import caption
from metrics.posts import AudienceReading, Post
from metrics.reposts import Repost
from tests.metrics.test_post_card import EARLY, LATE, NOW, channel, grown


def asked(mine: list[Post], others: list[list[Post]], **changes: object) -> PostRequest:
    histories = [*others, mine]
    known = {
        "title": "Кухня",
        "platform": "telegram",
        "handle": "kitchen",
        "chat_id": None,
        "language": "ru",
        "zone": "Europe/Moscow",
        "as_of": NOW,
        "post": mine[-1],
        "posts": [history[-1] for history in histories],
        "readings": [row for history in histories for row in history],
        "audience": [AudienceReading(NOW, 50_000, 0)],
    }
    return PostRequest(**{**known, **changes})


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("ages", [EARLY, LATE])
@pytest.mark.parametrize("days_ago", [0.02, 0.25, 3, 40])
@pytest.mark.parametrize("neighbours", [0, 8, 30])
def test_the_card_of_the_longest_names_and_largest_counts_fits_a_phone(language, ages, days_ago, neighbours):
    title = {"title": "Ж" * 80, "format": "photo"}
    mine = grown(99, days_ago, 10**9, ages, **title)
    others = [grown(n, days_ago + 1 + n, 10**9, ages) for n in range(neighbours)]
    request = asked(
        mine,
        others,
        title="<b>R&D</b>" * 40,
        language=language,
        zone="America/Argentina/ComodRivadavia",
        deleted_at=NOW,
    )
    text = caption(card_of(request), request, translator(language))
    assert units(text) <= CAPTION_UNITS
    assert units(visible(text)) <= VISIBLE_UNITS
    assert "None" not in text
    assert not re.search(r"\bnan\b", text)
    assert units(explain_card(request)) <= 4096


def test_the_verdict_comes_before_every_number_and_the_rest_is_in_the_fold():
    report = build_card(asked(grown(99, 0.25, 16_000, EARLY, format="photo"), channel(30, EARLY)))
    shown = plain(report.text).replace("\xa0", " ")
    assert re.search(r"Просмотры: выше обычного, \+5\d %\.\nПросмотры: 6 \d{3} · обычно", shown)
    assert re.search(
        r"К 24 часам жду ≈\d+00 просмотров",
        shown.replace(" ", " ").replace(" 000", "000").replace("≈9 ", "≈9"),
    )
    assert "Формат: фото." not in plain(visible(report.text))
    assert report.picture is not None


def test_a_deleted_post_says_so_and_links_nowhere():
    mine = grown(99, 9, 10_000, LATE, title="Ушёл")
    text = build_card(asked(mine, channel(20, LATE), deleted_at=NOW)).text
    assert "Удалён в канале" in text
    assert "<a href" not in text
    assert '<a href="https://t.me/kitchen/99">' in build_card(asked(mine, channel(20, LATE))).text


def test_a_forwarded_post_shows_its_counters_and_no_comparison():
    mine = [row._replace(is_forwarded=True) for row in grown(99, 9, 10_000, LATE)]
    report = build_card(asked(mine, channel(20, LATE)))
    assert "Переслан из другого канала" in report.text
    assert "просмотры 10" in report.text
    assert report.picture is None


def test_how_it_was_computed_adds_up_to_the_rate_of_the_card():
    request = asked(grown(99, 0.25, 10_000, EARLY), channel(30, EARLY))
    told = plain(explain_card(request)).replace("\xa0", " ")
    reactions, comments, forwards, total, below, rate = (
        float(number.replace(" ", "").replace(",", "."))
        for number in re.search(
            r"реакции ([\d ]+) \+ комментарии ([\d ]+) \+ репосты ([\d ]+) = ([\d ]+)\n"
            r"[\d ]+ ÷ ([\d ]+) \(просмотры\) = ([\d,]+) %",
            told,
        ).groups()
    )
    assert reactions + comments + forwards == total
    assert 100 * total / below == pytest.approx(rate, abs=0.06)
    assert f"ER по просмотрам: {told.rpartition(' = ')[2].split()[0]}" in plain(
        build_card(request).text
    ).replace("\xa0", " ")


def _reposted(mine: list[Post], at: int) -> list[Repost]:
    return [
        Repost("forward", mine[-1].external_id, f"t.me/{name}/7", at + n * 60, name, f"«{name}»", 10**n)
        for n, name in enumerate(("x" * 32, "big_news", "y" * 32, "z" * 32, "w" * 32))
    ]


def _read_by_the_hour(jump: int) -> tuple[list[Post], int]:
    """Seventy hours of a post that gets `jump` views within three hours of its sixtieth, and that moment."""
    first = grown(99, 71 / 24, 10_000, (1,), title="Ж" * 80)[0]
    at = first.published_at + 60 * 3600
    hours = range(1, 71)
    views = [
        round(8_000 * (1 - 0.5 ** (hour / 10))) + round(jump * min(max((hour - 60) / 3, 0), 1))
        for hour in hours
    ]
    moments = [first.published_at + hour * 3600 for hour in hours]
    return [
        first._replace(views=seen, observed_at=when) for seen, when in zip(views, moments, strict=True)
    ], at


@pytest.mark.parametrize(
    ("language", "told"),
    [("ru", "↗ репост у @big_news: +1 900 просмотров"), ("en", "↗ repost by @big_news: +1,900 views")],
)
def test_who_reposted_it_is_told_with_what_counts_show_and_never_as_a_zero(language, told):
    mine, at = _read_by_the_hour(2_100)
    alone = [_reposted(mine, at)[1]]
    shown = plain(build_card(asked(mine, channel(30, EARLY), reposts=alone, language=language)).text).replace(
        NBSP, " "
    )
    assert told in shown
    for readings in (mine[-1:], _read_by_the_hour(0)[0]):
        quiet = plain(build_card(asked(readings, channel(30, EARLY), reposts=alone, language=language)).text)
        assert f"{told.partition(':')[0]}\n" in f"{quiet}\n"
    assert "↗" not in build_card(asked(mine, channel(30, EARLY), language=language)).text
    crowd = build_card(
        asked(mine, channel(30, EARLY), reposts=_reposted(mine, at), title="Ж" * 128, language=language)
    ).text
    assert units(crowd) <= CAPTION_UNITS
    assert units(visible(crowd)) <= VISIBLE_UNITS


def test_a_private_channels_post_opens_for_its_readers():
    mine = grown(99, 9, 10_000, LATE)
    assert address(asked(mine, [], handle=None, chat_id=-1_000_000_001_234)) == "https://t.me/c/1234/99"
    assert address(asked(mine, [], handle=None, chat_id=None)) is None
