"""«How was this computed?»: the arithmetic of a drop in plain words."""

from collections.abc import Iterator
from datetime import date

from bot.answers.drops.words import amount, basis, compared, name
from bot.answers.wording import points, whole_percent
from bot.core.locales import Translator
from metrics.drops.decision import Decision, quantity
from metrics.drops.parameters import Rule


def explanation(title: str, decision: Decision, rule: Rule, t: Translator, today: date) -> str:
    return "\n".join(_lines(title, decision, rule, t, today))


def _lines(title: str, decision: Decision, rule: Rule, t: Translator, today: date) -> Iterator[str]:
    yield t(
        "explain.title",
        channel=name(title),
        metric=t(f"replay.metric.{quantity(decision.metric, decision.basis)}"),
    )
    yield t("explain.compared", compared=compared(decision, t, today))
    yield t("explain.basis", basis=basis(decision, t))
    yield t("explain.drop", drop=amount(decision.drop_percent or 0.0, None, None, t))
    if decision.low_percent is not None and decision.high_percent is not None:
        low, high = (amount(edge, None, None, t) for edge in (decision.low_percent, decision.high_percent))
        yield t("explain.interval", low=low, high=high)
    yield t("explain.gate", gate=points(decision.gate_percent or rule.gate_percent, t))
    if decision.z is not None and not rule.is_literal:
        needed = decision.needed_z or rule.warning_z(decision.metric, decision.basis)
        yield t("explain.sure", z=t.number(decision.z, 1), needed=t.number(needed, 1))
    if decision.detectable_percent is not None:
        yield t("explain.detectable", drop=points(decision.detectable_percent, t))
    if decision.common_percent is not None:
        yield t("explain.common", change=whole_percent(-decision.common_percent, t))
    yield t("explain.fair")
