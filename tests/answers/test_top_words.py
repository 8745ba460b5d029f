"""What breaks: a ranking that a phone can't show at once, that ranks by another figure than was asked, or claims what the
data lacks.
"""

import io
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.answers.request import EngagementRequest
from bot.answers.wording import MESSAGE_UNITS, VISIBLE_UNITS, plain, units, visible
from bot.core.parsing.periods import PeriodChoice
from bot.core.parsing.rankings import MOST_SHOWN, SHOWN
from bot.features.explain.compute import explanation_of
from bot.features.explain.request import ABOUT, ExplainRequest
from bot.features.posts.compute import build_card
from bot.features.top.compute import build_report
from bot.features.top.request import BY, TopRequest
from metrics.posts import AudienceReading, Post
from metrics.ranking.posts import BY as RANKED_FIRST
from metrics.registry import EVERY
from tests.answers.test_post_cards import asked as asked_card
from tests.metrics.test_post_card import LATE, NOW, channel, grown


def asked(posts: list[Post], **changes: object) -> EngagementRequest:
    known = {
        "title": "Кухня",
        "platform": "telegram",
        "language": "ru",
        "zone": "Europe/Moscow",
        "as_of": NOW,
        "period": PeriodChoice(days=30),
        "posts": posts,
        "audience": [AudienceReading(NOW, 50_000, 0)],
        "draw": False,
        "handle": "kitchen",
    }
    return EngagementRequest(**{**known, **changes})


def month(**fields: object) -> list[Post]:
    """Thirty posts; the later one is, the more it was forwarded and the less commented on."""
    return [
        grown(n, 8 + n, 10_000, LATE, **fields)[0]._replace(forwards=300 - 10 * n, comments=10 + 10 * n)
        for n in range(22)
    ]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("count", [SHOWN, 2 * MOST_SHOWN])
def test_the_longest_names_and_largest_counts_fit_a_phone(language, by, count):
    posts = [row._replace(title="Ж" * 80, views=10**12 + row.views) for row in month()]
    request = asked(posts, title="<b>R&D</b>" * 40, language=language)
    text = build_report(TopRequest(request, "kitchen", by, count, deleted=["Ж" * 80] * 9)).text
    assert units(visible(text)) <= VISIBLE_UNITS
    assert units(text) <= MESSAGE_UNITS
    assert plain(visible(text)).count("Ж" * 33) == 3  # the best ones are in sight
    if count > SHOWN:
        assert plain(text).count("Ж" * 33) >= MOST_SHOWN  # the others behind a touch, none left out
        assert ["Больше 10 в", "10 at most"][language == "en"] in text.replace("\xa0", " ")
    for about in ABOUT:
        assert units(explanation_of(ExplainRequest(request, about, is_newer=True))) <= MESSAGE_UNITS


def test_fewer_than_were_asked_for_are_told_with_the_one_reason_there_is():
    text = build_report(TopRequest(asked(month()[:12]), "kitchen", None, 2 * MOST_SHOWN)).text
    assert "не больше половины" in text
    assert "в сообщение не входит" not in text


def test_the_best_by_reposts_are_the_weakest_by_comments():
    def ranked(by: str, side: str) -> list[str]:
        report = build_report(TopRequest(asked(month()), "kitchen", by))
        return [post["external_id"] for post in report.data["top"][side]]

    assert ranked("forward_rate", "best") == ranked("comment_rate", "weakest")
    assert set(ranked("forward_rate", "best")) == {"0", "1", "2"}


@pytest.mark.parametrize(
    ("by", "says"), [("forward_rate", "нет репостов"), ("comment_rate", "нет комментариев")]
)
def test_what_the_data_lacks_is_said_of_that_counter(by, says):
    posts = [row._replace(forwards=None, comments=None) for row in month()]
    text = build_report(TopRequest(asked(posts), "kitchen", by)).text
    assert says in text
    assert "ни просмотров, ни реакций" not in text


def test_a_button_of_how_asks_about_the_figure_that_posts_are_ranked_by():
    assert len(ABOUT) == len(BY)
    for by, about in zip(BY, ABOUT, strict=True):
        assert about == ("views_per_post" if by == "views" else by)
        assert about is None or about in EVERY
    assert {by for by in BY if by} - {"view_rate", "forward_rate", "comment_rate"} <= set(RANKED_FIRST)


def test_the_explanation_ends_in_the_average_that_the_ranking_tells():
    request = asked(month())
    top = plain(build_report(TopRequest(request, "kitchen", "forward_rate")).text).replace("\xa0", " ")
    how = plain(explanation_of(ExplainRequest(request, "forward_rate"))).replace("\xa0", " ")
    average = re.search(r"Репосты ÷ просмотры\. В среднем ([\d,]+) %", top)[1]
    assert f"(просмотры) = {average} %" in how


@pytest.mark.parametrize(
    ("language", "usual", "average"), [("ru", "обычн", "средн"), ("en", "usual", "average")]
)
def test_the_usual_is_a_median_of_56_days_and_the_average_the_rate_of_the_asked_days(
    language, usual, average
):
    """A post's card holds it against the usual of its age; `/top` against the rate of the period. Never one word for both."""
    file = Path(__file__).parents[2] / f"bot/core/locales/{language}/top.po"
    catalogue = read_po(io.BytesIO(file.read_bytes()))
    told = {str(one.id): str(one.string) for one in catalogue if one.id}
    assert [code for code, text in told.items() if usual in re.sub(r"{\w+}", "", text).casefold()] == []
    assert sum(average in text.casefold() for text in told.values()) >= 10
    card = build_card(asked_card(grown(99, 9, 10_000, LATE), channel(20, LATE), language=language)).text
    assert usual[:5] in card.casefold()
    assert average not in card.casefold()
