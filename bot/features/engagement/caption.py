"""The words of `/er`: one fact a line, the most wanted first; what does not fit into a caption goes from the end."""

import math
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from bot.answers.goals import goal_lines
from bot.answers.lines import basis_line, left_out_lines, reason_words, verdict_line
from bot.answers.noted import noted_lines
from bot.answers.request import EngagementRequest, resolve
from bot.answers.spans import moment_words, period_words
from bot.answers.wording import (
    CAPTION_UNITS,
    difference,
    estimate,
    interval,
    laid_out,
    names,
    shortened,
)
from bot.core.locales import Translator
from metrics.estimates import Estimate
from metrics.formulas import FORMULAS
from metrics.periods import local_date
from metrics.summary import Summary
from metrics.verdict import verdict
from metrics.young import YoungPosts

SECONDARY = ("view_rate", "er_by_reach", "er_by_subscribers", "er_day")
SEEN_TITLE_CHARS = 60
SHORTEST_HISTORY_DAYS = 14  # of a comparison
SHOWN_DIGITS = 2  # of a forecast: its band is tens of percent wide


def caption(
    summary: Summary,
    today: Summary | None,
    young: YoungPosts,
    facts: Mapping[str, float | None],
    request: EngagementRequest,
    t: Translator,
) -> str:
    """Returns HTML of at most CAPTION_UNITS after entities.

    `today`: the unfinished day, where it has posts of its own; `facts`: what there is of each metric that a
    goal aims at.
    """
    shown = [
        *_heading(summary, request, t),
        *_verdict(summary, request, t),
        *_rates(summary, request, t),
        *goal_lines(request.goals, facts, local_date(request.as_of, ZoneInfo(request.zone)), t),
        *_standing(summary, request, t),
    ]
    return laid_out(shown, list(_details(summary, today, young, t, request)), CAPTION_UNITS)


def _heading(summary: Summary, request: EngagementRequest, t: Translator) -> Iterator[str]:
    zone = ZoneInfo(request.zone)
    title = shortened(request.title, SEEN_TITLE_CHARS)
    yield t("er.heading", channel=title, period=period_words(summary.period, request, t))
    if request.asked:
        asked = resolve(request.asked, request.as_of, zone)
        yield t("er.shifted", period=period_words(asked, request, t))
    if summary.fallback:
        last = max(at for at in _own_posts(request) if at < summary.period.end_unix)
        yield t(
            _why_fallback(summary),
            posts=t.plural("er.posts", summary.posts.used),
            date=_date(last, request, t),
        )
    yield ""


def _why_fallback(summary: Summary) -> str:
    """Tells whether nothing was published, or nobody looked."""
    if summary.posts.days:
        return "er.fallback"
    return "er.fallback.no_data" if summary.period.days > 1 else "er.fallback.no_data_of_day"


def _verdict(summary: Summary, request: EngagementRequest, t: Translator) -> Iterator[str]:
    """Yields whether it is more or less than usual, where anything was published, or an open drop."""
    if request.episode is not None or (summary.posts.used and not summary.fallback):
        yield verdict_line(verdict(summary, request.episode), summary.basis.level, t)


def _rates(summary: Summary, request: EngagementRequest, t: Translator) -> Iterator[str]:
    code, headline = summary.basis.headline, summary.headline
    yield t(
        "er.headline",
        name=t(f"formula.{code}"),
        value=estimate(headline, t),
        interval=interval(headline, t),
    ).rstrip()
    yield _basis(summary, t)
    yield from _wide(summary, t)
    if summary.few_posts:
        yield t("er.few_posts")
    yield from _others(summary, t)[:1]
    if any(summary.rates[code].reason == "no_subscribers" for code in SECONDARY):
        yield t("er.no_subscribers", how=request.how_to_tell_subscribers)
    yield ""


def _others(summary: Summary, t: Translator) -> list[str]:
    """Returns the rates beside the headline, the most asked for first: one in sight, the rest folded."""
    known = [(code, summary.rates[code]) for code in SECONDARY if code != summary.basis.headline]
    return [_secondary(code, rate, summary.headline, t) for code, rate in known if rate.value is not None]


def _wide(summary: Summary, t: Translator) -> Iterator[str]:
    """Yields the posts' own range, where the interval of their rate would say nothing."""
    if summary.headline.low is None or interval(summary.headline, t) or summary.spread is None:
        return
    low, median, high = (t.percent(value) for value in summary.spread)
    yield t("answer.wide", low=low, median=median, high=high)


def _basis(summary: Summary, t: Translator) -> str:
    if summary.headline.value is not None:
        return basis_line(summary, t)
    reason = reason_words(summary.headline.reason or "no_posts", summary.platform, t)
    posts = t.plural("er.posts", summary.posts.used)
    return t("er.undefined", n=posts, reason=reason) if summary.posts.used else reason


def _secondary(code: str, rate: Estimate, headline: Estimate, t: Translator) -> str:
    """Returns a rate's line, with its own n where that is not the headline's."""
    line = t(
        "er.rate", name=t(f"formula.{code}"), value=estimate(rate, t), interval=interval(rate, t)
    ).rstrip()
    if FORMULAS[code].rows == "days":
        return f"{line} · {t.plural('er.days', rate.n)}"
    return line if rate.n == headline.n else f"{line} · {t.plural('er.posts', rate.n)}"


def _why_no_views(request: EngagementRequest) -> str:
    """Tells who can give views: a page that is read has given them to earlier posts, and will to these."""
    if request.has_page:
        return "er.no_views_page"
    is_read = request.handle is not None and any(row.views is not None for row in request.posts)
    return "er.views_later" if is_read else "er.no_views"


def _standing(summary: Summary, request: EngagementRequest, t: Translator) -> Iterator[str]:
    """Yields how old the data is, the comparisons, what it lacks: as much of it as a phone shows."""
    yield t("er.data_age", moment=moment_words(request.data_until, request.zone, request.as_of, t))
    yield from _differences(summary, t)
    absent = [missing.field for missing in summary.missing if missing.reason == "field_absent"]
    if request.is_collected and summary.totals.get("views") is None:
        yield t(_why_no_views(request))
        absent = [field for field in absent if field != "views"]
    yield from noted_lines(request.notes, t)
    for start, end in request.gaps:
        yield t("er.gap", first=_date(start, request, t), last=_date(end, request, t))
    if absent:
        yield t("er.missing", fields=names(absent, t))


def _details(
    summary: Summary, today: Summary | None, young: YoungPosts, t: Translator, request: EngagementRequest
) -> Iterator[str]:
    yield from _others(summary, t)[1:]
    yield from left_out_lines(summary, t)
    yield from _totals(summary, t)
    if summary.subscribers:
        seen = _date(summary.subscribers.read_at, request, t)
        count = t.number(summary.subscribers.value, approximate=summary.subscribers.approximate)
        yield t("er.subscribers", subscribers=count, date=seen)
    if summary.posts.silent_days and summary.rates["er_day"].value is not None:
        yield t("er.silent_days", days=t.plural("er.days", summary.posts.silent_days))
    yield from _beside(summary, t)
    if today is not None:
        yield _today(today, t)
    fresh = fresh_post(young, t)
    if fresh is not None:
        yield fresh


def _totals(summary: Summary, t: Translator) -> Iterator[str]:
    rounded = summary.is_rounded
    counted = [
        f"{t(f'field.{name}')} {t.number(summary.totals[name], approximate=rounded)}"
        for name in ("views", *summary.components)
        if summary.totals.get(name) is not None
    ]
    if counted:
        yield t("er.totals", totals=", ".join(counted))


def _differences(summary: Summary, t: Translator) -> Iterator[str]:
    sides = [("er.against_previous", "previous")]
    if summary.history_days >= SHORTEST_HISTORY_DAYS:
        sides.insert(0, ("er.against_history", "history"))
    before: list[str] = []
    for key, side in sides:
        told = [
            f"{t(f'er.short.{code}')} {difference(getattr(summary.change[code], side), t)}"
            for code in (summary.basis.headline, "view_rate")
            if getattr(summary.change[code], side).percent is not None
        ]
        if told and told != before:  # where both are the same days, they are told once
            yield t(key, changes="; ".join(told), days=t.plural("er.of_days", summary.history_days))
        before = told


def _beside(summary: Summary, t: Translator) -> Iterator[str]:
    if summary.paid and summary.paid.rates[summary.basis.headline].value is not None:
        rate = summary.paid.rates[summary.basis.headline]
        yield t("er.paid", value=estimate(rate, t), posts=t.plural("er.posts", summary.paid.posts))
    elif summary.posts.ads:
        yield t("er.ads_left_out", posts=t.plural("er.posts", summary.posts.ads))
    if summary.posts.forwarded:
        yield t("er.forwarded", posts=t.plural("er.posts", summary.posts.forwarded))


def _today(today: Summary, t: Translator) -> str:
    rate = today.headline
    posts = t.plural("er.posts", today.posts.used)
    if rate.value is None:
        return t("er.today", posts=posts)
    return t("er.today_rate", posts=posts, value=estimate(rate, t))


def _date(moment: int, request: EngagementRequest, t: Translator) -> str:
    """Returns a date, with its year where that is not this one."""
    zone = ZoneInfo(request.zone)
    day = local_date(moment, zone)
    return t.date(day, year=day.year != local_date(request.as_of, zone).year)


def _own_posts(request: EngagementRequest) -> Iterator[int]:
    """Returns when each of the channel's own posts was published."""
    return (post.published_at for post in request.posts if not post.is_forwarded)


def fresh_post(young: YoungPosts, t: Translator) -> str | None:
    """Returns the newest post of which something can be expected; None without one."""
    for post in young.posts:
        if post.expected_24h is not None and post.views is not None:
            return t(
                "er.fresh" if post.standing is None else f"er.fresh.{post.standing}",
                views=t.number(post.views),
                age=t.plural("er.hours", round(post.age_h)),
                value=t.number(_shown(post.expected_24h.value), approximate=True),
                low=t.number(_shown(post.expected_24h.low)),
                high=t.number(_shown(post.expected_24h.high)),
            )
    return None


def _shown(views: float) -> int:
    """Returns views in two digits: 2 543 -> 2 500."""
    step = int(10 ** max(0, math.floor(math.log10(max(views, 1))) - SHOWN_DIGITS + 1))
    return round(views / step) * step
