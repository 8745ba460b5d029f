"""Why a channel fell, in words: how much, the causes by their share, what is left open, what was looked at."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.answers.request import resolve
from bot.answers.spans import period_words, span_words
from bot.answers.wording import MESSAGE_UNITS, fit, folded, points, shortened, whole_percent
from bot.core.locales import Html, Translator
from bot.core.locales.translator import NBSP
from bot.features.causes.request import CausesRequest
from metrics.causes.found import Cause, Explanation, Fact
from metrics.content import WEEKDAYS
from metrics.periods import local_date

TITLE_CHARS = 60
WHOLE_SHARE = 95.0  # percent: from here on it is nearly all of the fall
OPEN_SHARE = 20.0  # percent of the fall that nothing explains, from where that is said
NOTES_SHOWN = 5
OF_LEVELS = ("format", "length", "hour", "weekday", "gap_to_next", "ad_nearby")


def words(found: Explanation, request: CausesRequest, t: Translator) -> str:
    """Returns HTML within one message."""
    asked = request.engagement
    today = local_date(asked.as_of, ZoneInfo(asked.zone))
    period = resolve(asked.period, asked.as_of, ZoneInfo(asked.zone))
    heading = t(
        "why.heading", channel=shortened(asked.title, TITLE_CHARS), period=period_words(period, asked, t)
    )
    return fit([heading, "", *_body(found, request, t, today)], MESSAGE_UNITS)


def _body(found: Explanation, request: CausesRequest, t: Translator, today: date) -> Iterator[str]:
    if found.reason is not None:
        yield from _nothing_to_explain(found, t)
        return
    yield _fall(found, t)
    if found.is_doubtful:
        yield t("why.doubtful")
    yield ""
    if not found.causes:
        yield t("why.none")
    for place, cause in enumerate(found.causes, start=1):
        yield t("why.line", place=t.number(place), cause=_cause(cause, t, today), share=_share(cause, t))
    yield from _left_open(found, t)
    if found.fewer is not None:
        yield ""
        yield t("why.fewer", **_rates(found.fewer, t))
    yield from _notes(request, t)
    looked = ", ".join(t.plain(f"why.looked.{code}") for code in found.looked_at)
    yield folded([t("why.looked_at", what=looked), t("why.how")])


def _notes(request: CausesRequest, t: Translator) -> Iterator[str]:
    """Yields the newest notes, as people wrote them."""
    if request.notes:
        told = [t("note.mark", date=t.date(day), text=text) for day, text in request.notes[-NOTES_SHOWN:]]
        yield t("why.notes", notes=Html("; ".join(told)))


def _fall(found: Explanation, t: Translator) -> str:
    return t(
        f"why.fall.{found.metric}",
        drop=whole_percent(-(found.drop_percent or 0.0), t),
        posts=t.plural("er.posts", found.n),
        history=t.plural("alert.of_posts", found.n_before),
        days=t.plural("er.days", (found.first - found.history_first).days),
    )


def _nothing_to_explain(found: Explanation, t: Translator) -> Iterator[str]:
    if found.reason == "no_fall":
        change = whole_percent(-(found.drop_percent or 0.0), t)
        yield t(f"why.no_fall.{found.metric}", change=change)
    elif found.reason == "too_few_posts":
        posts, before = t.plural("er.posts", found.n), t.plural("er.posts", found.n_before)
        yield t("why.too_few_posts", posts=posts, before=before)
    else:
        yield t("why.not_counted")
    if found.fewer is not None:
        yield t("why.fewer", **_rates(found.fewer, t))


def _share(cause: Cause, t: Translator) -> str:
    share = points(cause.share_percent, t)
    if cause.is_bound:
        return t("why.share.bound", share=share)
    return t("why.share.whole") if cause.share_percent >= WHOLE_SHARE else t("why.share.part", share=share)


def _left_open(found: Explanation, t: Translator) -> Iterator[str]:
    if not found.causes or any(one.is_bound for one in found.causes):
        return
    left = 100 - sum(one.share_percent for one in found.causes)
    if left >= OPEN_SHARE:
        yield t("why.left_open", share=points(left, t))


def _cause(cause: Cause, t: Translator, today: date) -> str:
    if cause.code in OF_LEVELS:
        return _of_level(cause, t)
    facts = {name: _fact(name, value, t) for name, value in cause.facts.items()}
    if cause.code == "fewer_posts":
        facts = _rates(cause, t)
    if cause.code == "deleted":
        facts["posts"] = t.plural("er.posts", round(_number(cause.facts, "posts")))
    if cause.code == "earlier":
        facts["since"] = _since(cause, t)
    if {"first", "last"} <= cause.facts.keys():
        first, last = cause.facts["first"], cause.facts["last"]
        if isinstance(first, date) and isinstance(last, date):
            facts["days"] = span_words(first, last, t, today)
    code = "giveaway_untitled" if cause.code == "giveaway" and not cause.facts.get("title") else cause.code
    return t(f"why.cause.{code}", **facts)


def _since(cause: Cause, t: Translator) -> str:
    """Returns the first day of the lower level."""
    last = cause.facts["last"]
    return t.date(last + timedelta(days=1)) if isinstance(last, date) else ""


def _of_level(cause: Cause, t: Translator) -> str:
    facts = cause.facts
    times = _number(facts, "times_percent")
    params = {
        "what": t(f"why.what.{cause.code}"),
        "level": _level(cause.code, str(facts["level"]), t),
        "before": points(_number(facts, "before_percent"), t),
        "now": points(_number(facts, "now_percent"), t),
    }
    if cause.is_bound:
        return t("why.cause.switched", **params)
    key = "why.cause.level_less" if times < 0 else "why.cause.level_more"
    return t(key, **params, percent=points(abs(times), t))


def _level(trait: str, level: str, t: Translator) -> str:
    if trait == "weekday":
        return t.weekday(WEEKDAYS.index(level))
    if trait == "format":
        return t.plain(f"export.format.{level}")
    return t.plain(f"why.level.{trait}.{level}")


def _rates(cause: Cause, t: Translator) -> dict[str, str]:
    return {name: t.number(_number(cause.facts, name), 1) for name in ("before", "now")}


def _number(facts: Mapping[str, Fact], name: str) -> float:
    value = facts[name]
    return float(value) if isinstance(value, int | float) else 0.0


def _fact(name: str, value: Fact, t: Translator) -> str:
    if isinstance(value, date):
        return t.date(value)
    if isinstance(value, str):
        return shortened(value.strip(), TITLE_CHARS)
    if name.endswith("_percent"):
        return points(abs(value), t)
    if name == "times":
        return f"×{NBSP}{t.number(value, 0 if value >= 10 else 1)}"
    return t.number(value)
