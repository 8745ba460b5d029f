"""Money: from the price of a thousand views to what a customer brings.

`compute("roi", in_order("roi", [15_000, 45_000]))`. Titles, explanations and reasons stand in the locales under the codes.
"""

import math
from collections.abc import Collection, Mapping, Sequence

from metrics.errors import DomainError
from metrics.money.costs import COSTS
from metrics.money.customers import CUSTOMERS
from metrics.money.formula import Input, Money, MoneyFormula
from metrics.money.returns import RETURNS

MONEY: dict[str, MoneyFormula] = {formula.code: formula for formula in (*COSTS, *RETURNS, *CUSTOMERS)}

__all__ = ["MONEY", "Money", "MoneyFormula", "compute", "find", "in_order", "why_not"]


def compute(code: str, values: Mapping[str, float], sure: Collection[str] = ()) -> Money:
    """Returns what a formula gives for every required input by its code; percent as people say them.

    Raises KeyError where one is not there. `sure`: inputs that were said to be percent, so that 0.6 is 0.6 %.
    """
    formula = MONEY[code]
    given = {
        one.code: values[one.code] if one.usual is None else values.get(one.code, one.usual)
        for one in formula.inputs
    }
    reason, culprit = why_not(formula, given, sure)
    if reason is not None:
        return Money(code, given, formula.unit, None, reason, culprit)
    units = {one.code: one.unit for one in formula.inputs}
    value = formula.compute(
        **{name: amount / 100 if units[name] == "percent" else amount for name, amount in given.items()}
    )
    value = 100 * value if formula.unit == "percent" else value
    if not math.isfinite(value):
        return Money(code, given, formula.unit, None, "not_finite")
    return Money(code, given, formula.unit, value)


def in_order(code: str, amounts: Sequence[float]) -> dict[str, float]:
    """Returns inputs by code from numbers in the order of the formula.

    Those with a usual value may be left out last.
    Raises DomainError("money.amounts") for another number of them.
    """
    formula = MONEY[code]
    if not len(formula.required) <= len(amounts) <= len(formula.inputs):
        raise DomainError("money.amounts", count=len(formula.required), given=len(amounts))
    return {one.code: amount for one, amount in zip(formula.inputs, amounts, strict=False)}


def find(text: str) -> MoneyFormula | None:
    """Returns the formula by its name as people write it (`LTV:CAC`, `ltv/cac`, `break-even CPV`).

    None if unknown.
    """
    wanted = _letters(text)
    return next((formula for code, formula in MONEY.items() if _letters(code) == wanted), None)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def why_not(
    formula: MoneyFormula, given: Mapping[str, float], sure: Collection[str] = ()
) -> tuple[str | None, str | None]:
    """Returns why these inputs give no answer, and the input it lies in; (None, None) where they do.

    Some of the inputs are enough to be asked.
    """
    known = [one for one in formula.inputs if one.code in given]
    for one in known:
        if reason := _fault(one, given[one.code]):
            return reason, one.code
    for name in formula.divisors:
        if given.get(name) == 0:
            return "zero_denominator", name
    if formula.part_of and set(formula.part_of) <= set(given):
        part, whole = formula.part_of
        if given[part] > given[whole]:
            return "more_than_whole", part
    for one in known:
        if one.maybe_share and one.code not in sure and 0 < given[one.code] <= 1:
            return "maybe_share", one.code
    return None, None


def _fault(one: Input, amount: float) -> str | None:
    if not math.isfinite(amount):
        return "not_finite"
    if amount < 0:
        return "negative"
    return "over_100" if one.unit == "percent" and amount > 100 else None
