"""The words of /benchmark: a published figure mixed into one's own, a comparison with channels of nobody's size."""

from dataclasses import replace

import pytest

from bot.answers.wording import MESSAGE_UNITS, plain, units
from bot.core.parsing.periods import PeriodChoice
from bot.features.benchmark.compute import build_report
from bot.features.benchmark.request import BenchmarkRequest, Peer
from bot.sandbox.entities import parse_html
from metrics.posts import AudienceReading
from tests.metrics.zoo import WEEK, ZONE, week

AS_OF = WEEK.end_unix + 3600


def peer(title, reactions, subscribers=5000):
    posts = week(views=1000, reactions=reactions, comments=0, forwards=0)
    newest = AudienceReading(WEEK.start_unix, subscribers or 1, 0)
    return Peer(title, newest if subscribers else None, posts, [newest], ())


def request(own=None, peers=(), **changes):
    period = PeriodChoice(first=WEEK.first, last=WEEK.last)
    made = BenchmarkRequest("ru", str(ZONE), AS_OF, period, "telegram", own or peer("Кухня", 20), peers)
    return replace(made, **changes)


def said(*args, **changes):
    return plain(build_report(request(*args, **changes)).text).replace("\xa0", " ")


def test_the_own_figure_its_peers_and_what_was_published_are_three_parts():
    text = said(peer("Кухня", 90), [peer(f"Канал {number}", 10 * number) for number in range(1, 10)])
    assert "ER по просмотрам: 9,0 %" in text
    assert "Выше, чем у трёх четвертей похожих каналов." in text
    assert "у похожих: четверть ниже 3,0 %, половина ниже 5,0 %, четверть выше 7,0 % (9 каналов)" in text
    own, _, published = text.partition("Что опубликовано")
    assert "медиана 32,0 %" in published
    assert "2025; измерено" in published
    assert "32,0 %" not in own
    assert "Канал 9: 9,0 % · 5 000 подписчиков" in text


def test_few_peers_are_told_as_a_range_with_the_way_to_more():
    text = said(None, [peer("Чай", 10), peer("Сок", 30)])
    assert "у похожих: от 1,0 % до 3,0 % (2 канала)" in text
    assert "Похожих каналов в этом чате 2, а нужно хотя бы 8." in text


def test_without_a_size_nobody_is_similar():
    assert "не могу подобрать похожие каналы: /subs 12500" in said(peer("Кухня", 20, None))


def test_without_posts_the_way_to_some_is_told():
    nothing = Peer("Кухня", AudienceReading(WEEK.start_unix, 5000, 0), [], [], ())
    assert "Попробуйте период подлиннее: /benchmark 90d" in said(nothing)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("platform", ["telegram", "youtube", "instagram", "x", "vk", "other"])
def test_any_network_is_answered_within_a_message(language, platform):
    peers = [peer("<b>Очень</b> длинное название " * 6, 10 * number) for number in range(1, 21)]
    report = build_report(request(peer("<i>&" * 60, 20), peers, language=language, platform=platform))
    text, _ = parse_html(report.text)
    assert 0 < units(report.text) <= MESSAGE_UNITS
    assert "None" not in text
