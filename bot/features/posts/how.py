"""How the figures of a card were computed: this post's own sum, what it was divided by, and whom it was held against."""

from collections.abc import Iterator

from bot.answers.lines import denominator_words
from bot.answers.wording import MESSAGE_UNITS, fit
from bot.core.locales import Html, Translator
from bot.features.posts.request import HISTORY_DAYS, PostRequest
from bot.features.posts.words import age_words
from metrics.beside import Beside
from metrics.maturity import FINAL_H
from metrics.post_card import PostCard
from metrics.registry import HEADLINES


def explanation(card: PostCard | None, request: PostRequest, t: Translator) -> str:
    if card is None:
        return t("post.forwarded")
    return fit(
        [t("post.how"), "", *_rate(card, request, t), "", *_compared(card, t), *_expected(card, t)],
        MESSAGE_UNITS,
    )


def _rate(card: PostCard, request: PostRequest, t: Translator) -> Iterator[str]:
    name = t(f"formula.{HEADLINES[card.denominator]}")
    if card.rate.value is None:
        yield t("post.figure.none", name=name, why=t(f"post.why.{card.rate.reason}"))
        return
    parts = [
        f"{t(f'field.{part}')} {t.number(card.counters[part])}"
        for part in card.components
        if part in card.counters
    ]
    if card.interactions is not None and len(parts) > 1:
        yield t("how.sum", parts=Html(" + ".join(parts)), total=t.number(round(card.interactions)))
    below = card.counters.get(card.denominator)
    if below and card.interactions is not None:
        yield t(
            "how.division",
            total=t.number(round(card.interactions)),
            denominator=denominator_words(card.denominator, request.platform, t),
            below=t.number(below),
            value=t.percent(100 * card.interactions / below),
        )
    if card.compared_h >= FINAL_H:
        yield t("post.how.at_7d", name=name, value=t.percent(card.rate.value))


def _compared(card: PostCard, t: Translator) -> Iterator[Html]:
    for one in (card.level, card.rate):
        if one is not None and one.way is not None and one.usual is not None:
            yield _way(one, card, t)
            return


def _way(one: Beside, card: PostCard, t: Translator) -> Html:
    age = age_words(card.compared_h, t)
    posts, days = t.plural("er.posts", one.n), t.plural("er.of_days", HISTORY_DAYS)
    return t("post.how.compared", age=age, way=t(f"post.way.{one.way}", posts=posts, days=days))


def _expected(card: PostCard, t: Translator) -> Iterator[Html]:
    if card.expected_24h is not None:
        yield t("post.how.own_growth" if card.expected_24h.is_own_curve else "post.how.fleet_growth")
