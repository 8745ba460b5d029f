"""The arithmetic of rates in words: what was added up, what it was divided by, over how many posts, and who is not in."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.answers.lines import denominator_words, reason_words
from bot.answers.spans import period_words
from bot.answers.wording import MESSAGE_UNITS, estimate, interval, laid_out, shortened
from bot.core.locales import Html, Translator
from bot.features.explain.request import ExplainRequest

if TYPE_CHECKING:  # they load pandas
    from metrics.reckoning import Reckoning
    from metrics.scope import Scope

TITLE_CHARS = 60


def explanation(told: Sequence["Reckoning"], scope: "Scope", request: ExplainRequest, t: Translator) -> str:
    asked = request.engagement
    period = period_words(scope.period, asked, t)
    shown: list[str] = [t("how.heading", channel=shortened(asked.title, TITLE_CHARS), period=period)]
    if request.is_newer:
        shown.append(t("how.newer"))
    shown += ["", *_rate(told[0], scope, t, with_sum=True), "", *_posts(told[0], scope, t)]
    details = [line for one in told[1:] for line in _rate(one, scope, t, with_sum=False)]
    return laid_out(shown, details, MESSAGE_UNITS)


def _rate(one: "Reckoning", scope: "Scope", t: Translator, *, with_sum: bool) -> Iterator[str]:
    name = t(f"formula.{one.code}") if t.has(f"formula.{one.code}") else t(f"how.level.{one.code}")
    if one.estimate.value is None:
        reason = reason_words(one.estimate.reason or "no_posts", scope.platform, t)
        yield t("how.none", name=name, reason=reason)
        if not one.n:
            return
    else:
        level = round(one.estimate.value)
        value = (
            t.number(level, approximate=one.estimate.approximate)
            if _is_level(one)
            else estimate(one.estimate, t)
        )
        yield t("how.rate", name=name, value=value)
    if with_sum and len(one.parts) > 1:
        parts = [f"{t(f'field.{part}')} {_count(total, one, t)}" for part, total in one.parts.items()]
        yield t("how.sum", parts=Html(" + ".join(parts)), total=_count(one.total, one, t))
    yield from _division(one, scope, t)
    if limits := interval(one.estimate, t):
        yield t("how.interval", limits=limits.strip("()"))


def _division(one: "Reckoning", scope: "Scope", t: Translator) -> Iterator[str]:
    """Yields sum over sum; or the mean (median) of each post's own, with its least and largest."""
    numerator = t("how.interactions") if one.numerator == "interactions" else t(f"field.{one.numerator}")
    if _is_level(one):
        n = t.plural("er.posts", one.n)
        value = t.number(round(one.total / one.base), approximate=one.estimate.approximate)
        yield t("how.per_post", numerator=numerator, total=_count(one.total, one, t), posts=n, value=value)
        return
    below = denominator_words(one.denominator, scope.platform, t)
    if one.average == "pooled" and one.base:
        yield t(
            "how.division",
            total=_count(one.total, one, t),
            below=_count(one.base, one, t),
            denominator=below,
            value=t.percent(100 * one.total / one.base, approximate=one.estimate.approximate),
        )
    elif one.lowest is not None and one.highest is not None:
        key = "er.days" if one.rows == "days" else "er.posts"
        yield t(
            f"how.mean.{one.rows}",
            n=t.plural(key, one.n),
            numerator=numerator,
            denominator=below,
            low=t.percent(one.lowest),
            high=t.percent(one.highest),
        )


def _posts(first: "Reckoning", scope: "Scope", t: Translator) -> Iterator[str]:
    """Yields which posts these are, at which age, and who was left out."""
    basis = scope.basis
    yield t("how.posts", posts=t.plural("er.posts", first.n))
    yield t(f"how.age.{basis.age}")
    left = [
        (t(f"how.left.{kind}"), count)
        for kind, count in (
            ("young", 0 if basis.all_young else basis.young),
            *basis.kept_out.items(),
            ("without", first.without),
        )
        if count
    ]
    if left:
        yield t("how.left", left=Html(", ".join(f"{name} — {t.number(count)}" for name, count in left)))


def _is_level(one: "Reckoning") -> bool:
    return one.code.endswith("_per_post")


def _count(value: float, one: "Reckoning", t: Translator) -> str:
    return t.number(round(value), approximate=one.estimate.approximate)
