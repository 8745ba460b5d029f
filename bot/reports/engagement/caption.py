"""The words of `/er`: one fact a line, the most wanted first; what does not fit into a caption goes from the end."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.locales import Translator
from bot.reports.engagement.request import EngagementRequest
from bot.reports.engagement.spans import period_words
from bot.reports.wording import difference, estimate, fit, interval, names, sum_of
from metrics.posts import Post
from metrics.summary import Summary

CAPTION_UNITS = 1024  # Telegram's limit on a caption, in UTF-16 units after entities
SECONDARY = ("view_rate", "er_by_subscribers", "er_day")
DIFFERENCES = ("er_by_views", "view_rate")


def caption(summary: Summary, today: Summary | None, request: EngagementRequest, t: Translator) -> str:
    """HTML of at most CAPTION_UNITS after entities. `today`: the unfinished day, where it has posts of its own."""
    return fit(
        [*_heading(summary, request, t), *_rates(summary, t), *_context(summary, today, request, t)],
        CAPTION_UNITS,
    )


def _heading(summary: Summary, request: EngagementRequest, t: Translator) -> Iterator[str]:
    yield t("er.heading", channel=request.title, period=period_words(summary.period, request, t))
    if request.asked:
        yield t("er.shifted", days=t.plural("er.days", request.asked.length_days))
    if summary.fallback:
        yield t("er.fallback", posts=t.plural("er.posts", summary.posts.used))
    yield ""


def _rates(summary: Summary, t: Translator) -> Iterator[str]:
    headline = summary.rates["er_by_views"]
    yield t(
        "er.headline",
        name=t("formula.er_by_views"),
        value=estimate(headline, t),
        interval=interval(headline, t),
    )
    yield (
        t("er.basis", components=sum_of(summary.components, t), n=t.plural("er.posts", headline.n))
        if (headline.value is not None)
        else t("er.undefined", reason=t(f"reason.{headline.reason}"))
    )
    if summary.few_posts:
        yield t("er.few_posts")
    for code in SECONDARY:
        rate = summary.rates[code]
        if rate.value is not None:
            yield t("er.rate", name=t(f"formula.{code}"), value=estimate(rate, t), interval=interval(rate, t))
    unknown = [code for code in SECONDARY if summary.rates[code].value is None]
    if unknown and summary.rates[unknown[0]].reason == "no_subscribers":
        yield t("er.no_subscribers")
    yield ""


def _context(
    summary: Summary, today: Summary | None, request: EngagementRequest, t: Translator
) -> Iterator[str]:
    yield from _totals(summary, t)
    yield from _differences(summary, t)
    yield from _beside(summary, t)
    yield from _caveats(summary, request, t)
    if today is not None:
        yield _today(today, t)


def _totals(summary: Summary, t: Translator) -> Iterator[str]:
    rounded = summary.rates["er_by_views"].approximate
    counted = [
        f"{t(f'field.{name}')} {t.number(summary.totals[name], approximate=rounded)}"
        for name in ("views", *summary.components)
        if summary.totals.get(name) is not None
    ]
    if counted:
        yield t("er.totals", totals=", ".join(counted))


def _differences(summary: Summary, t: Translator) -> Iterator[str]:
    for key, side in (("er.against_history", "history"), ("er.against_previous", "previous")):
        told = [
            f"{t(f'er.short.{code}')} {difference(getattr(summary.change[code], side), t)}"
            for code in DIFFERENCES
            if code in summary.change and getattr(summary.change[code], side).percent is not None
        ]
        if told:
            yield t(key, changes="; ".join(told))


def _beside(summary: Summary, t: Translator) -> Iterator[str]:
    if summary.paid and summary.paid.rates["er_by_views"].value is not None:
        rate = summary.paid.rates["er_by_views"]
        yield t("er.paid", value=estimate(rate, t), posts=t.plural("er.posts", summary.paid.posts))
    elif summary.posts.ads:
        yield t("er.ads_left_out", posts=t.plural("er.posts", summary.posts.ads))
    if summary.posts.forwarded:
        yield t("er.forwarded", posts=t.plural("er.posts", summary.posts.forwarded))


def _caveats(summary: Summary, request: EngagementRequest, t: Translator) -> Iterator[str]:
    if summary.posts.young:
        yield t(
            "er.young", young=t.number(summary.posts.young), posts=t.plural("er.of_posts", summary.posts.used)
        )
    absent = [missing.field for missing in summary.missing if missing.reason == "field_absent"]
    if absent:
        yield t("er.missing", fields=names(absent, t))
    zone = ZoneInfo(request.zone)
    if summary.subscribers:
        seen = datetime.fromtimestamp(summary.subscribers.read_at, zone).date()
        yield t(
            "er.subscribers",
            subscribers=t.number(summary.subscribers.value, approximate=summary.subscribers.approximate),
            date=t.date(seen),
        )
    yield t("er.data_age", moment=t.moment(_data_until(request.posts, zone)), zone=request.zone)


def _today(today: Summary, t: Translator) -> str:
    rate = today.rates["er_by_views"]
    posts = t.plural("er.posts", today.posts.used)
    if rate.value is None:
        return t("er.today", posts=posts)
    return t("er.today_rate", posts=posts, value=estimate(rate, t))


def _data_until(posts: Sequence[Post], zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(max(post.observed_at for post in posts), zone)
