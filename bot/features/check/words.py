"""An audit in words: the verdict, every reason with its usual range and an innocent cause, what was not checked, money.

A line says one thing; the terminal shows them as they are, a card may take the first of them.
"""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from bot.answers.lines import basis_line, reason_words, verdict_line
from bot.answers.wording import estimate, interval, with_currency
from bot.core.locales import Html, Translator
from metrics.audit import Audit
from metrics.audit.findings import Finding, NotChecked
from metrics.audit.limits import Unit
from metrics.audit.price import Cost
from metrics.verdict import OpenEpisode
from metrics.verdict import verdict as level_verdict

_WHOLE_FROM = 10  # of two digits that are known; smaller prices keep one behind the point
_OF_DAYS = frozenset({"subscriber_jump", "subscriber_bleed", "growth_without_readers"})  # their n counts days


def lines(checked: Audit, channel: str, price: float | None, zone: tzinfo, t: Translator) -> list[str]:
    """Returns HTML, a line each; days are those of `zone`."""
    return [
        t("audit.heading", channel=channel),
        *silence(checked, t),
        verdict(checked, t),
        *confidence(checked, t),
        *rate(checked, t),
        *facts(checked, t),
        *(line for found in checked.findings for line in finding_lines(found, zone, t)),
        *usual(checked, t),
        *not_checked(checked.not_checked, t),
        *views(checked, t),
        *money(checked, price, t),
        *compliance(checked, t),
    ]


def silence(checked: Audit, t: Translator) -> Iterator[Html]:
    """Yields before anything else that a channel has stopped: nobody buys an ad there."""
    if checked.facts.silent_days is not None:
        yield t("audit.silent", days=t.plural("audit.days", checked.facts.silent_days))


def verdict(checked: Audit, t: Translator) -> Html:
    """Returns the verdict, which never contradicts the list of signs under it."""
    if checked.is_elsewhere:
        return t("audit.verdict.elsewhere")
    if checked.has_weak_signs_only:
        return t("audit.verdict.weak_signs", n=t.number(len(checked.findings)))
    return t(f"audit.verdict.{checked.verdict}")


def verdict_code(checked: Audit) -> str:
    """Returns the code of a verdict's shorter words: its own, `weak_signs`, or `elsewhere`."""
    if checked.is_elsewhere:
        return "elsewhere"
    return "weak_signs" if checked.has_weak_signs_only else checked.verdict


def value_words(value: float | None, unit: Unit, t: Translator) -> str:
    """Returns shares and deviations of logs in percent, a correlation as it is."""
    if value is None:
        return t.number(None)
    if unit == "correlation":
        return t.number(value, 2).replace("-", "−")
    if unit == "times":
        return f"×{t.number(value, 1)}"
    return t.percent(value if unit == "percent" else 100 * value)


def confidence(checked: Audit, t: Translator) -> Iterator[str]:
    if checked.confidence != "week" and not checked.is_elsewhere:
        yield t(f"audit.confidence.{checked.confidence}")


def rate(checked: Audit, t: Translator, episode: OpenEpisode | None = None) -> Iterator[str]:
    """Yields the channel's rate as every other answer tells it, what it rests on, and its verdict."""
    summary = checked.summary
    if summary.headline.value is None:
        if summary.posts.used:
            yield reason_words(summary.headline.reason or "no_posts", summary.platform, t)
        return
    told = t.plural("er.days", summary.period.days)
    yield t(
        "audit.rate.last_posts" if summary.fallback else "audit.rate",
        name=t(f"formula.{summary.basis.headline}"),
        value=estimate(summary.headline, t),
        interval=f" {span}" if (span := interval(summary.headline, t)) else "",
        days=told,
    ).rstrip()
    yield basis_line(summary, t)
    if episode is not None or not summary.fallback:
        yield verdict_line(level_verdict(summary, episode), summary.basis.level, t)


def facts(checked: Audit, t: Translator) -> Iterator[str]:
    known, counted = checked.facts, checked.summary.subscribers
    rounded = counted is not None and counted.approximate
    yield t(
        "audit.facts",
        subscribers=t.number(known.subscribers, approximate=rounded and known.subscribers is not None),
        posts=t.plural("audit.posts", known.posts),
        per_day=t.number(known.posts_per_day, 1),
        views=t.number(known.views_median),
    )


def finding_lines(found: Finding, zone: tzinfo, t: Translator) -> tuple[Html, Html]:
    return (
        t(
            "audit.finding",
            name=t(f"audit.indicator.{found.indicator}"),
            value=value_words(found.value, found.unit, t),
            usual=_usual_range(found, t),
            strength=t(f"audit.strength.{found.strength}"),
            n=t.plural("audit.days" if found.indicator in _OF_DAYS else "audit.posts", found.n),
            dates=f", {dates(found, zone, t)}" if found.since is not None else "",
        ),
        t("audit.innocent", cause=t(f"audit.innocent.{found.explanation}")),
    )


def dates(found: Finding, zone: tzinfo, t: Translator) -> str:
    """Returns the days that a finding was seen in; empty where it has none."""
    if found.since is None or found.until is None:
        return ""
    first, last = (datetime.fromtimestamp(moment, zone).date() for moment in (found.since, found.until))
    if first == last:
        return t.date(last, year=True)
    return f"{t.date(first, year=first.year != last.year)} – {t.date(last, year=True)}"


def _usual_range(finding: Finding, t: Translator) -> str:
    low, high = (value_words(side, finding.unit, t) for side in (finding.usual_low, finding.usual_high))
    if finding.usual_low is None and finding.usual_high is None:
        return t("audit.range.unknown")
    if finding.usual_low is None:
        return t("audit.range.to", high=high)
    return t("audit.range", low=low, high=high)


def usual(checked: Audit, t: Translator) -> Iterator[str]:
    if checked.usual:
        told = "; ".join(
            f"{t(f'audit.indicator.{found.indicator}')} {value_words(found.value, found.unit, t)}"
            for found in checked.usual
        )
        yield t("audit.usual", told=told)


def not_checked(missing: tuple[NotChecked, ...], t: Translator) -> Iterator[str]:
    for needs in dict.fromkeys(one.needs for one in missing):
        names = ", ".join(t(f"audit.indicator.{one.indicator}") for one in missing if one.needs == needs)
        yield t("audit.not_checked", names=names, needs=t(f"audit.needs.{needs}"))


def views(checked: Audit, t: Translator) -> Iterator[str]:
    expected = checked.expected_views_24h
    if expected.value is None:
        yield t(f"audit.views.{expected.reason}")
        return
    yield t(
        "audit.views",
        value=t.number(roughly(expected.value), approximate=True),
        low=t.number(roughly(expected.low)),
        high=t.number(roughly(expected.high)),
        n=t.plural("audit.posts", expected.n),
    )


def money(checked: Audit, price: float | None, t: Translator) -> Iterator[str]:
    cpm = checked.cpm
    if cpm.asked is not None and price is not None:
        told = with_currency(t.number(price), cpm.currency, t)
        yield t("audit.cpm", price=told, cpm=cpm_words(cpm, t))
        if cpm.usable is not None and cpm.usable > cpm.asked:
            yield t("audit.cpm.usable", cpm=cpm_words(cpm, t, usable=True))
    if cpm.usual_low is not None:
        yield from _usual_price(cpm, t)
    elif price is not None:
        yield t(f"audit.cpm.{cpm.usual_reason}", currency=cpm.currency or "")


def cpm_words(cpm: Cost, t: Translator, *, usable: bool = False) -> str:
    """Returns a range, for the views are a forecast: «320–560 ₽».

    `usable`: without the views that come in steps.
    """
    if cpm.asked is None or cpm.usable is None or cpm.asked_low is None or cpm.asked_high is None:
        return t.number(None)
    times = cpm.usable / cpm.asked if usable else 1
    low, high = (per_thousand(roughly(times * side) or 0, t) for side in (cpm.asked_low, cpm.asked_high))
    return with_currency(low if low == high else f"{low}–{high}", cpm.currency, t)


def _usual_price(cpm: Cost, t: Translator) -> Iterator[str]:
    """Yields dear, usual or cheap first; then what it was held against."""
    kind = "own" if cpm.usual_is_own else "topic"
    currency = cpm.usual_currency or cpm.currency
    usual = with_currency(f"{t.number(cpm.usual_low)}–{t.number(cpm.usual_high)}", currency, t)
    fair = f"{t.number(roughly(cpm.fair_low))}–{t.number(roughly(cpm.fair_high))}"
    told = t(f"audit.cpm.{kind}", cpm=usual, source=cpm.source, price=with_currency(fair, currency, t))
    standing = f"{t(f'audit.standing.{kind}.{cpm.standing}')} " if cpm.standing else ""
    yield f"{standing}{told}"


def compliance(checked: Audit, t: Translator) -> Iterator[str]:
    """Yields questions for the seller, with the date of the rule."""
    for rule in checked.compliance:
        yield t(f"audit.compliance.{rule['code']}", n=t.number(int(rule["from_subscribers"])))


def roughly(value: float | None) -> float | None:
    """Returns two significant digits: an expectation carries no more."""
    return None if value is None else float(f"{value:.2g}")


def per_thousand(value: float, t: Translator) -> str:
    return t.number(value, 0 if value >= _WHOLE_FROM else 1)
