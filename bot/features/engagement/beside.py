"""Two periods of one channel beside each other: what is more, what is less, and what may be chance. Runs in workers."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from bot.answers.report import Report
from bot.answers.request import EngagementRequest, resolve
from bot.answers.spans import period_words
from bot.answers.tables import asked_tables
from bot.answers.wording import MESSAGE_UNITS, difference, estimate, laid_out, shortened
from bot.core.locales import Translator, translator
from bot.core.locales.translator import MISSING
from bot.features.engagement.caption import SEEN_TITLE_CHARS
from bot.features.engagement.request import BesideRequest
from metrics import interactions
from metrics.estimates import Estimate
from metrics.periods import Period
from metrics.registry import LEVELS
from metrics.summary import Summary, summary_of
from metrics.two_periods import Beside, beside

BESIDE = ("view_rate", "er_by_subscribers")  # under the headline and the level


def build_report(request: BesideRequest) -> Report:
    both = (request.first, request.second)
    t = translator(request.first.language).on(request.first.platform)
    opened = [(asked_tables(one), _period(one)) for one in both]
    first, second = scopes = [tables.scope(period) for tables, period in opened]
    parts = interactions.shared([scope.choice for scope in scopes if not scope.fallback])
    narrowed = [interactions.narrowed(scope.choice, parts) for scope in scopes]
    if any(one.components != scope.choice.components for one, scope in zip(narrowed, scopes, strict=True)):
        first, second = (tables.scope(period, parts) for tables, period in opened)
    summaries = [summary_of(scope) for scope in (first, second)]
    found = [beside(first, second, code) for code in _codes(summaries[0])]
    shown = [one for one in found if one.first.value is not None or one.second.value is not None]
    return Report(text=_words(shown, both, summaries, t))


def _period(request: EngagementRequest) -> Period:
    return resolve(request.period, request.as_of, ZoneInfo(request.zone))


def _codes(summary: Summary) -> list[str]:
    return list(dict.fromkeys((summary.basis.headline, summary.basis.level, *BESIDE)))


def _words(
    found: Sequence[Beside],
    both: Sequence[EngagementRequest],
    summaries: Sequence[Summary],
    t: Translator,
) -> str:
    """Returns HTML: the verdict, a line a figure, and what the comparison rests on."""
    heading = t(
        "er.beside.heading",
        channel=shortened(both[0].title, SEEN_TITLE_CHARS),
        first=period_words(summaries[0].period, both[0], t),
        second=period_words(summaries[1].period, both[1], t),
    )
    lines = [_line(one, summaries, t) for one in found]
    has_difference = any(one.difference.percent is not None for one in found)
    columns = [t("er.beside.columns")] if has_difference else []
    rest = [*_asides(both, summaries, t), *_counts(summaries, t)]
    return laid_out(
        [heading, "", *_verdict(found, t), "", *columns, *lines, *rest], [t("er.beside.how")], MESSAGE_UNITS
    )


def _verdict(found: Sequence[Beside], t: Translator) -> Iterator[str]:
    """Yields what is more and what is less beyond chance; or why that can't be said."""
    compared = [one for one in found if one.difference.percent is not None]
    if not compared:
        yield t(_why_none([one.difference.reason for one in found]))
        return
    for key, direction in (("er.beside.above", 1), ("er.beside.below", -1)):
        names = [_name(one.code, t) for one in compared if one.difference.direction == direction]
        if names:
            yield t(key, names=", ".join(names))
    if not any(one.difference.direction for one in compared):
        yield t("er.beside.same")


def _why_none(reasons: Sequence[str | None]) -> str:
    known = {"shared_days": "er.beside.shared_days", "posts_too_young": "answer.verdict.too_young"}
    return next((known[one] for one in reasons if one in known), "answer.verdict.too_few_posts")


def _line(one: Beside, summaries: Sequence[Summary], t: Translator) -> str:
    first, second = (
        MISSING if summary.fallback else _value(one.code, side, t)
        for side, summary in zip((one.first, one.second), summaries, strict=True)
    )
    line = t("er.beside.line", name=_name(one.code, t), first=first, second=second)
    return line if one.difference.percent is None else f"{line} · {difference(one.difference, t)}"


def _value(code: str, side: Estimate, t: Translator) -> str:
    if side.value is None:
        return MISSING
    return t.number(round(side.value), approximate=side.approximate) if code in LEVELS else estimate(side, t)


def _name(code: str, t: Translator) -> str:
    return t(f"answer.level.{code}") if code in LEVELS else t(f"formula.{code}")


def _asides(both: Sequence[EngagementRequest], summaries: Sequence[Summary], t: Translator) -> Iterator[str]:
    """Yields which of the periods has no posts, or stands in for one that was asked for."""
    for request, summary in zip(both, summaries, strict=True):
        if request.asked:
            asked = resolve(request.asked, request.as_of, ZoneInfo(request.zone))
            yield t("er.shifted", period=period_words(asked, request, t))
        elif summary.fallback or not summary.posts.used:
            yield t("er.beside.empty", period=period_words(summary.period, request, t))


def _counts(summaries: Sequence[Summary], t: Translator) -> Iterator[str]:
    first, second = (t.number(0 if one.fallback else one.posts.used) for one in summaries)
    yield t("er.beside.posts", first=first, second=second)
    known = [one.subscribers for one in summaries]
    if any(known):
        shown = (
            MISSING if one is None else t.number(one.value, approximate=one.approximate) for one in known
        )
        yield t("er.beside.subscribers", first=next(shown), second=next(shown))
