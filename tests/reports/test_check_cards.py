"""What breaks: a card that does not fit, a price compared with the wrong usual one, a stranger's title as markup."""

import pytest

from bot.reports.check.entry import build
from bot.reports.check.request import CheckRequest
from bot.reports.wording import units
from metrics.posts import AudienceReading, Post

NOW = 1_764_000_000
DAY_S = 86_400


def posts(count=40):
    return [
        Post(
            external_id=str(number), published_at=NOW - (count + 3 - number) * DAY_S, observed_at=NOW,
            observed_exact=True, time_known=True, format="text", text_length=90, hashtags=None, is_ad=False,
            is_forwarded=False, title=None, link=None, views=4_000 + 37 * number, reach=None,
            reactions=80 + number, dislikes=None, comments=None, forwards=None, saves=None, clicks=None,
            stars=None, interactions_sum=None, steps="views:100",
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


def asked(**how):
    usual = {
        "title": "Канал", "handle": "the_channel", "platform": "telegram", "language": "ru", "zone": "UTC",
        "as_of": NOW, "readings": posts(), "audience": [AudienceReading(NOW, 12_000, 0)], "source": "page",
        "may_watch": True, "price": 9_000.0, "draw": False,
    }  # fmt: skip
    return CheckRequest(**{**usual, **how})


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"own_cpm": (300.0, 700.0, 3)}, "300–700 ₽ (ваши размещения 2025)"),
        ({"own_cpm": (300.0, 700.0, 2), "topic": "business"}, "500–1 000 ₽ (marketing_uma 2025)"),
        ({"own_cpm": (300.0, 700.0, 9), "topic": "business"}, "300–700 ₽"),
        ({}, "тема канала не названа"),
    ],
)
def test_what_the_chat_paid_itself_goes_before_any_table(how, says):
    assert says in build(asked(**how)).caption.replace("\xa0", " ")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("title", ["<b>&" * 60, "Ж" * 300, "\u202eмина", "👍🏿" * 80])
def test_any_title_fits_and_stays_a_title(language, title):
    card = build(asked(title=title, language=language, topic="news"))
    assert units(card.caption) <= 1024
    assert units(card.full) <= 4096
    assert "<b><b>" not in card.caption


def test_a_channel_without_posts_says_what_is_missing():
    card = build(asked(readings=[], audience=[], price=None))
    assert "просмотров в данных нет" in card.caption
    assert card.picture is None
