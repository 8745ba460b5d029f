"""What breaks: a card that does not fit, a price compared with the wrong usual one, a stranger's title as markup."""

import re

import pytest

from bot.answers.wording import VISIBLE_UNITS, units, visible
from bot.core.locales import translator
from bot.core.locales.translator import NBSP
from bot.features.check.keyboards import CheckButton, under_comparison
from bot.features.check.request import CheckRequest, build, build_comparison
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
        ({"own_cpm": (300.0, 700.0, 3)}, "Ваши размещения обходились в CPM 300–700: такой пост"),
        ({"own_cpm": (300.0, 700.0, 2), "topic": "business"}, "500–1 000 ₽ (marketing_uma 2025)"),
        ({"own_cpm": (300.0, 700.0, 9), "topic": "business"}, "CPM 300–700"),
        ({}, "тема канала не названа"),
    ],
)
def test_what_the_chat_paid_itself_goes_before_any_table(how, says):
    assert says in build(asked(**how)).caption.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"price": 1_000.0, "own_cpm": (300.0, 700.0, 3)}, "Обычная цена: как в ваших размещениях."),
        ({"price": 500.0, "own_cpm": (300.0, 700.0, 3)}, "Дёшево: ниже, чем в ваших размещениях."),
        ({"price": 9_000.0, "own_cpm": (300.0, 700.0, 3)}, "Дорого: выше, чем в ваших размещениях."),
        ({"price": 9_000.0, "topic": "news"}, "Дорого для этой темы."),
        ({"price": 120.0, "currency": "$", "topic": "news"}, "известен только в рублях, а цена — в $"),
        ({"price": 120.0, "currency": "$", "own_cpm": (30.0, 70.0, 3)}, "CPM 30–70 $"),
        ({"price": 9_000.0, "currency": "грн"}, "Цена 9 000 грн: CPM"),
        (
            {"price": 9_000.0, "currency": "₽", "topic": "news"},
            "CPM темы: 65–400 ₽ (telegram-channel-scanner 2026)",
        ),
    ],
)
def test_a_price_is_dear_usual_or_cheap_in_its_own_currency(how, says):
    assert says in build(asked(**how)).caption.replace("\xa0", " ")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("title", ["<b>&" * 60, "Ж" * 300, "\u202eмина", "👍🏿" * 80])
def test_any_title_fits_and_stays_a_title(language, title):
    card = build(asked(title=title, language=language, topic="news"))
    assert units(card.caption) <= 1024
    assert units(visible(card.caption)) <= VISIBLE_UNITS
    assert units(card.full) <= 4096
    assert "<b><b>" not in card.caption


def test_a_channel_without_posts_says_what_is_missing():
    card = build(asked(readings=[], audience=[], price=None))
    assert "просмотров в данных нет" in card.caption
    assert card.picture is None


def stopped(days_after=49, *, silent=0):
    """240 posts of about 1 100 views, three a day, then 50 views a post, one a day; read once, after `silent` days."""
    read_at = NOW - DAY_S
    last = read_at - max(silent, 3) * DAY_S
    first = last - (80 + days_after - 1) * DAY_S
    moments = [first + n * DAY_S // 3 for n in range(240)] + [
        first + (80 + n) * DAY_S for n in range(days_after)
    ]
    return [
        posts(1)[0]._replace(
            external_id=str(n), published_at=at, observed_at=read_at, reactions=None, steps=None,
            views=1_100 + n % 7 if n < 240 else 40 + 5 * (n % 5),
        )
        for n, at in enumerate(moments)
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ru", "en"])
def test_boosting_that_stopped_is_told_with_its_dates_on_a_card_that_fits(language):
    card = build(asked(readings=stopped(), language=language))
    assert units(card.caption) <= 1024
    assert units(visible(card.caption)) <= VISIBLE_UNITS
    for text in (card.caption, card.full):
        assert {"ru": "Стоит присмотреться", "en": "Look closer"}[language] in text
        assert {"ru": "разброс просмотров между постами", "en": "spread of views"}[language] in text
        assert "2025" in text


def test_a_silent_channel_says_so_before_its_verdict():
    lines = build(asked(readings=stopped(silent=35))).caption.split("\n")
    assert "молчит: 35 дней без постов" in lines[1]
    assert "присмотреться" in lines[2]
    assert "молчит" not in build(asked()).caption


def test_one_light_sign_is_never_told_as_none():
    """Forwards of .02 % of views are a sign of 10 points: too few for a verdict."""
    few = [post._replace(forwards=1, reactions=(50, 90, 160, 300)[n % 4]) for n, post in enumerate(posts())]
    card = build(asked(readings=few))
    assert "Слабые признаки: 1" in card.caption
    assert "Известных признаков накрутки нет" not in card.full
    assert "слабые признаки" in build_comparison([asked(readings=few)] * 2)


@pytest.mark.parametrize(
    ("prices", "says"),
    [
        ((9_000.0, 5_000.0), "Сначала выгоднее"),
        ((9_000.0, None), "нет цены 1 канала. Назовите её кнопкой"),
        ((None, None), "нет цены 2 каналов"),
    ],
)
def test_a_price_that_is_missing_is_said_and_never_a_zero(prices, says):
    text = build_comparison([asked(price=price, title=f"Канал {price}") for price in prices])
    shown = text.replace(NBSP, " ")
    assert says in shown
    assert shown.count("цена не названа") == prices.count(None)
    assert "💰 0" not in shown
    assert ("CPE" in shown) is any(prices)


def test_the_price_of_an_engaged_reader_is_the_price_over_the_interactions_expected():
    """Some 3,000 of a post's views are there at 24 hours, and 1.8 % of them react: about 54."""
    shown = build_comparison([asked(), asked(price=900.0, currency="$", title="Другой")]).replace(NBSP, " ")
    assert (
        "По цене не сравнить: цены в разных валютах" not in shown
    )  # where none was typed roubles may be meant
    [cheap, dear] = re.findall(r"CPE ≈([\d,]+)", shown)
    assert float(dear.replace(",", ".")) == pytest.approx(10 * float(cheap.replace(",", ".")), rel=0.06)
    assert float(dear.replace(",", ".")) == pytest.approx(9_000 / 54, rel=0.1)
    no_views = [post._replace(views=None, reach=3_000 + n) for n, post in enumerate(posts())]
    blind = build_comparison([asked(readings=no_views)] * 2)
    assert "CPE ≈" not in blind
    assert "CPM не посчитать" in blind


@pytest.mark.parametrize("language", ["ru", "en"])
def test_five_channels_with_the_longest_names_fit_one_message_and_their_buttons_are_told_whole(language):
    many = [
        asked(title="<b>Ж</b>" * 40, handle="a" * 31 + str(n), price=price, currency="₽", language=language)
        for n, price in enumerate((None, 999_999_999.0, 1.0, None, 5_000.0))
    ]
    assert units(build_comparison(many)) <= 4096
    rows = under_comparison(many, translator(language)).inline_keyboard
    assert [CheckButton.unpack(row[0].callback_data).question.handle for row in rows] == [
        one.handle for one in many
    ]
    assert [CheckButton.unpack(row[0].callback_data).question.price for row in rows] == [
        one.price for one in many
    ]
