"""The card of a post in words: the verdict, the figures beside the usual ones, what is expected; the rest in the fold."""

from collections.abc import Iterator
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from bot.answers.lines import denominator_words
from bot.answers.reposts import post_lines
from bot.answers.spans import moment_words
from bot.answers.wording import CAPTION_UNITS, WIDEST_RATIO, dividend, laid_out, shortened, whole_percent
from bot.core.locales import Html, Translator
from bot.core.locales.translator import APPROXIMATELY
from bot.features.posts.request import HISTORY_DAYS, PostRequest, address
from metrics.beside import Beside
from metrics.maturity import FINAL_H, YOUNG_H
from metrics.post_card import PostCard
from metrics.posts import COUNTERS, Post
from metrics.registry import HEADLINES
from metrics.reposts import counts_by_post

TITLE_CHARS, POST_TITLE_CHARS = 40, 60
USUAL_PERCENT = 10  # a smaller difference is the usual
SHOWN_DIGITS = 2  # of what is expected: its band is tens of percent wide
HOURS_TO = 48  # older posts are told in days
DAY_H = 24


def caption(card: PostCard | None, request: PostRequest, t: Translator) -> str:
    """Returns HTML of at most CAPTION_UNITS after entities; the fold comes last and gives way first."""
    lines = [*_heading(request, t)]
    lines += [*_figures(card, request, t)] if card else [t("post.forwarded")]
    return laid_out(lines, [*_details(card, request, t)], CAPTION_UNITS)


def published(request: PostRequest, t: Translator) -> str:
    """Returns «21 нояб, 14:05 мск»; a source that gave no hour gets none."""
    at = datetime.fromtimestamp(request.post.published_at, ZoneInfo(request.zone))
    year = at.year != _now(request).year
    if not request.post.time_known:
        return t.date(at.date(), year=year)
    return moment_words(request.post.published_at, request.zone, request.as_of, t)


def data_moment(request: PostRequest, t: Translator) -> str:
    seen = min(request.as_of, max(row.observed_at for row in (request.post, *_own_readings(request))))
    return moment_words(seen, request.zone, request.as_of, t)


def age_words(age_h: float, t: Translator) -> str:
    """Returns an age: «6 часов», «3 дня»."""
    if age_h < HOURS_TO:
        return t.plural("er.hours", round(age_h))
    return t.plural("er.days", round(age_h / DAY_H))


def _heading(request: PostRequest, t: Translator) -> Iterator[str]:
    yield t("post.heading", channel=shortened(request.title, TITLE_CHARS), published=published(request, t))
    if title := (request.post.title or "").strip():
        yield _linked(shortened(title, POST_TITLE_CHARS), request)
    if request.deleted_at is not None:
        found = datetime.fromtimestamp(request.deleted_at, ZoneInfo(request.zone))
        yield t("post.deleted", date=t.date(found.date(), year=found.year != _now(request).year))
    yield ""


def _linked(title: str, request: PostRequest) -> str:
    link = address(request)
    shown = escape(title, quote=False)
    return f'<a href="{escape(link)}">{shown}</a>' if link and request.deleted_at is None else shown


def _figures(card: PostCard, request: PostRequest, t: Translator) -> Iterator[str]:
    leading = card.level or card.rate
    yield verdict(leading, card, t)
    if card.level is not None:
        yield _beside(t(f"post.level.{card.denominator}"), card.level, card, t, is_count=True)
    name = t(f"formula.{HEADLINES[card.denominator]}")
    yield _beside(name, card.rate, card, t, is_count=False)
    if card.rate.value is not None:
        yield _formula(card, request, t)
    yield from _expected(card, t)
    yield from _brought(request, t)


def verdict(one: Beside, card: PostCard, t: Translator) -> Html:
    """Returns the verdict on views or reach, else on the rate.

    It is never surer than what the others were brought to this age by.
    """
    level = t(f"post.level.{card.denominator}")
    if one.percent is None:
        return t("post.verdict.none", why=t(f"post.why.{one.reason}"))
    percent = whole_percent(one.percent, t)
    if one.standing is None:
        return t("post.verdict.unsure", level=level, percent=percent)
    if one.standing != "in_line" and abs(one.percent) >= USUAL_PERCENT:
        return t(f"post.verdict.{one.standing}", level=level, percent=percent)
    return t("post.verdict.in_line", level=level)


def _beside(name: Html, one: Beside, card: PostCard, t: Translator, *, is_count: bool) -> str:
    """Returns «Просмотры: 5 240 за 6 часов · обычно ≈4 260 (3 100–5 900)», or why nothing is usual."""
    if one.value is None:
        return t("post.figure.none", name=name, why=t(f"post.why.{one.reason}"))
    rough = APPROXIMATELY if card.is_rounded or card.is_brought else ""
    value = f"{rough}{_value(one.value, t, is_count=is_count)}"
    if one.usual is None and one.reason == (card.level or card.rate).reason:
        return t("post.figure.bare", name=name, value=value)  # the verdict has said why
    if one.usual is None:
        return t("post.figure.alone", name=name, value=value, why=t(f"post.why.{one.reason}"))
    usual = (APPROXIMATELY if one.approximate else "") + _value(one.usual, t, is_count=is_count)
    return t("post.figure", name=name, value=value, usual=usual, span=_span(one, t, is_count=is_count))


def _span(one: Beside, t: Translator, *, is_count: bool) -> str:
    posts = t.plural("er.posts", one.n)
    if one.usual_low is None or one.usual_high is None or one.usual_high > WIDEST_RATIO * one.usual_low:
        return f"({posts})"
    low, high = (_value(edge, t, is_count=is_count) for edge in (one.usual_low, one.usual_high))
    return f"({low.removesuffix(t.percent_sign)}–{high.removesuffix(t.percent_sign)}; {posts})"


def _value(value: float, t: Translator, *, is_count: bool) -> str:
    return t.number(round(value)) if is_count else t.percent(value)


def _formula(card: PostCard, request: PostRequest, t: Translator) -> Html:
    """Returns the same line as under every rate, with the age at which everything stands here."""
    at_age = card.compared_h >= FINAL_H
    return t(
        "post.basis",
        components=dividend(card.components, t),
        denominator=denominator_words(card.denominator, request.platform, t),
        age=t("answer.age.readings") if at_age else t("post.at_age", age=age_words(card.compared_h, t)),
    )


def _expected(card: PostCard, t: Translator) -> Iterator[Html]:
    if card.expected_24h is not None:
        low, value, high = (
            rounded(edge) for edge in (card.expected_24h.low, card.expected_24h.value, card.expected_24h.high)
        )
        yield t(
            "post.expected",
            value=t.number(value, approximate=True),
            low=t.number(low),
            high=t.number(high),
        )
    elif card.why_not_expected is not None:
        yield t("post.expected.none", why=t(f"post.why.{card.why_not_expected}"))
    elif card.at_24h is not None:
        yield t("post.at_24h", views=t.number(round(card.at_24h)))
    elif card.age_h is not None and card.age_h >= YOUNG_H and card.denominator == "views":
        yield t("post.at_24h.none", why=t("post.why.no_readings"))


def _brought(request: PostRequest, t: Translator) -> Iterator[Html]:
    """Who reposted it; how many readers that brought stands there only where counts around it show any."""
    name = request.post.external_id
    counts = counts_by_post(request.readings, {name}).get(name, [])
    yield from (t("post.brought", line=line) for line in post_lines(request.reposts, counts, t))


def rounded(views: float) -> int:
    """Returns views rounded, 2 543 -> 2 500: what is expected is no surer."""
    step = int(10 ** max(0, len(str(int(views))) - SHOWN_DIGITS))
    return round(views / step) * step


def _details(card: PostCard | None, request: PostRequest, t: Translator) -> Iterator[str]:
    post = request.post
    if post.format and post.format != "other":
        yield t("post.format", format=t(f"export.format.{post.format}"))
    counted = [
        f"{t(f'field.{name}')} {t.number(value, approximate=bool(card and card.is_rounded))}"
        for name in COUNTERS
        if (value := getattr(post, name)) is not None
    ]
    yield t("post.counters", counters=Html(", ".join(counted))) if counted else t("post.counters.none")
    if card is not None:
        if card.is_ad:
            yield t("post.ad")
        compared = card.level or card.rate
        if compared.usual is not None and compared.way is not None:
            days = t.plural("er.of_days", HISTORY_DAYS)
            yield t(f"post.way.{compared.way}", posts=t.plural("er.posts", compared.n), days=days)
    yield t("post.data", moment=data_moment(request, t))


def _own_readings(request: PostRequest) -> list[Post]:
    return [row for row in request.readings if row.external_id == request.post.external_id]


def _now(request: PostRequest) -> datetime:
    return datetime.fromtimestamp(request.as_of, ZoneInfo(request.zone))
