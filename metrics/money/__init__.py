"""Money: from the price of a thousand views to what a customer brings.

`compute("roi", in_order("roi", [15_000, 45_000]))`. Titles, explanations and reasons stand in the locales under the codes.
"""

import math
from collections.abc import Mapping, Sequence

from metrics.errors import DomainError
from metrics.money.costs import COSTS
from metrics.money.customers import CUSTOMERS
from metrics.money.formula import Money, MoneyFormula
from metrics.money.returns import RETURNS

MONEY: dict[str, MoneyFormula] = {formula.code: formula for formula in (*COSTS, *RETURNS, *CUSTOMERS)}

__all__ = ["MONEY", "Money", "MoneyFormula", "compute", "find", "in_order"]


def compute(code: str, values: Mapping[str, float]) -> Money:
    """Every required input by its code; percent as people say them. Raises KeyError where one is not there."""
    formula = MONEY[code]
    given = {
        one.code: values[one.code] if one.usual is None else values.get(one.code, one.usual)
        for one in formula.inputs
    }
    reason, culprit = _why_not(formula, given)
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
    """Inputs from numbers in the order of the formula; those with a usual value may be left out at the end.

    Raises DomainError("money.amounts") for another number of them.
    """
    formula = MONEY[code]
    if not len(formula.required) <= len(amounts) <= len(formula.inputs):
        raise DomainError("money.amounts", count=len(formula.required), given=len(amounts))
    return {one.code: amount for one, amount in zip(formula.inputs, amounts, strict=False)}


def find(text: str) -> MoneyFormula | None:
    """By the name as people write it: `LTV:CAC`, `ltv/cac`, `break-even CPV`."""
    wanted = _letters(text)
    return next((formula for code, formula in MONEY.items() if _letters(code) == wanted), None)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _why_not(formula: MoneyFormula, given: Mapping[str, float]) -> tuple[str | None, str | None]:
    for one in formula.inputs:
        amount = given[one.code]
        if not math.isfinite(amount):
            return "not_finite", one.code
        if amount < 0:
            return "negative", one.code
        if one.unit == "percent" and amount > 100:
            return "over_100", one.code
    for name in formula.divisors:
        if given[name] == 0:
            return "zero_denominator", name
    if formula.part_of and given[formula.part_of[0]] > given[formula.part_of[1]]:
        return "more_than_whole", formula.part_of[0]
    return None, None
