"""An audit in words: the verdict, every reason with its usual range and an innocent cause, what was not checked, money.

A line says one thing; the terminal shows them as they are, a card may take the first of them.
"""

from collections.abc import Iterator

from bot.locales import Translator
from metrics.audit import Audit
from metrics.audit.findings import Finding, NotChecked
from metrics.audit.limits import Unit

_WHOLE_FROM = 100  # smaller prices keep a digit behind the point
_OF_DAYS = frozenset({"subscriber_jump", "subscriber_bleed"})  # their n counts days


def lines(checked: Audit, channel: str, price: float | None, t: Translator) -> list[str]:
    """HTML, a line each."""
    return [
        t("audit.heading", channel=channel),
        t(f"audit.verdict.{checked.verdict}"),
        *_confidence(checked, t),
        *_facts(checked, t),
        *_findings(checked, t),
        *_usual(checked, t),
        *_not_checked(checked.not_checked, t),
        *_views(checked, t),
        *_money(checked, price, t),
        *(
            t(f"audit.compliance.{rule['code']}", n=t.number(int(rule["from_subscribers"])))
            for rule in checked.compliance
        ),
    ]


def value_words(value: float | None, unit: Unit, t: Translator) -> str:
    """Shares and deviations of logs in percent, a correlation as it is."""
    if value is None:
        return t.number(None)
    if unit == "correlation":
        return t.number(value, 2).replace("-", "−")
    return t.percent(value if unit == "percent" else 100 * value)


def _confidence(checked: Audit, t: Translator) -> Iterator[str]:
    if checked.confidence != "week":
        yield t(f"audit.confidence.{checked.confidence}")


def _facts(checked: Audit, t: Translator) -> Iterator[str]:
    facts = checked.facts
    yield t(
        "audit.facts",
        subscribers=t.number(facts.subscribers),
        posts=t.plural("audit.posts", facts.posts),
        per_day=t.number(facts.posts_per_day, 1),
        views=t.number(facts.views_median),
        er=t.percent(facts.er_by_views),
    )


def _findings(checked: Audit, t: Translator) -> Iterator[str]:
    for finding in checked.findings:
        yield t(
            "audit.finding",
            name=t(f"audit.indicator.{finding.indicator}"),
            value=value_words(finding.value, finding.unit, t),
            usual=_usual_range(finding, t),
            strength=t(f"audit.strength.{finding.strength}"),
            n=t.plural("audit.days" if finding.indicator in _OF_DAYS else "audit.posts", finding.n),
        )
        yield t("audit.innocent", cause=t(f"audit.innocent.{finding.explanation}"))


def _usual_range(finding: Finding, t: Translator) -> str:
    low, high = (value_words(side, finding.unit, t) for side in (finding.usual_low, finding.usual_high))
    if finding.usual_low is None and finding.usual_high is None:
        return t("audit.range.unknown")
    if finding.usual_low is None:
        return t("audit.range.to", high=high)
    return t("audit.range", low=low, high=high)


def _usual(checked: Audit, t: Translator) -> Iterator[str]:
    if checked.usual:
        told = "; ".join(
            f"{t(f'audit.indicator.{found.indicator}')} {value_words(found.value, found.unit, t)}"
            for found in checked.usual
        )
        yield t("audit.usual", told=told)


def _not_checked(missing: tuple[NotChecked, ...], t: Translator) -> Iterator[str]:
    for needs in dict.fromkeys(one.needs for one in missing):
        names = ", ".join(t(f"audit.indicator.{one.indicator}") for one in missing if one.needs == needs)
        yield t("audit.not_checked", names=names, needs=t(f"audit.needs.{needs}"))


def _views(checked: Audit, t: Translator) -> Iterator[str]:
    views = checked.expected_views_24h
    if views.value is None:
        yield t(f"audit.views.{views.reason}")
        return
    yield t(
        "audit.views",
        value=t.number(_roughly(views.value), approximate=True),
        low=t.number(_roughly(views.low)),
        high=t.number(_roughly(views.high)),
        n=t.plural("audit.posts", views.n),
    )


def _money(checked: Audit, price: float | None, t: Translator) -> Iterator[str]:
    cpm = checked.cpm
    if cpm.asked is not None and price is not None:
        yield t("audit.cpm", price=t.number(price), cpm=_per_thousand(cpm.asked, t))
        if cpm.usable is not None and cpm.usable > cpm.asked:
            yield t("audit.cpm.usable", cpm=_per_thousand(cpm.usable, t))
    if cpm.usual_low is not None:
        yield t(
            "audit.cpm.usual",
            low=t.number(cpm.usual_low),
            high=t.number(cpm.usual_high),
            source=cpm.source,
            fair_low=t.number(_roughly(cpm.fair_low)),
            fair_high=t.number(_roughly(cpm.fair_high)),
        )
    elif price is not None:
        yield t(f"audit.cpm.{cpm.usual_reason}")


def _roughly(value: float | None) -> float | None:
    """Two significant digits: an expectation carries no more."""
    return None if value is None else float(f"{value:.2g}")


def _per_thousand(value: float, t: Translator) -> str:
    return t.number(value, 0 if value >= _WHOLE_FROM else 1)
