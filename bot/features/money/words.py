"""A money answer in words: the value, the formula with names and with numbers, what it tells.

No pandas here: a chat answers without a worker.
"""

import math
import re
from collections.abc import Callable

from bot.answers.wording import with_currency
from bot.core.locales import Translator
from metrics.money import MONEY, Money, MoneyFormula
from metrics.money.formula import Unit

_SIGNS = {"-": "−", "*": "×"}
_TOKEN = re.compile(r"[a-z_]+|\d+|[-*]")
_WHOLE_FROM, _CENTS_FROM, _FIGURES = 1000, 1, 3
_INPUT_DIGITS = 6


def lines(answer: Money, t: Translator, currency: str | None = None) -> list[str]:
    """Returns HTML, a line each; money in the `currency` that was typed."""
    formula = MONEY[answer.code]
    told = t(
        "money.answer",
        title=t(f"money.{answer.code}"),
        value=value_words(answer.value, answer.unit, t, currency),
    )
    return [
        f"<b>{told}</b>",
        t("money.filled", formula=in_names(formula, t), filled=in_numbers(formula, answer, t, currency)),
        reason_words(answer, t) or t(f"money.words.{answer.code}"),
    ]


def reason_words(answer: Money, t: Translator) -> str | None:
    return t(f"error.money.{answer.reason}", input=culprit_name(answer, t)) if answer.reason else None


def culprit_name(answer: Money, t: Translator) -> str:
    """Returns the input that stands in the way, as a sentence begins with it or quotes it."""
    return t(f"money.input.{answer.culprit}") if answer.culprit else ""


def in_names(formula: MoneyFormula, t: Translator) -> str:
    """Returns the formula in names: «(выручка − затраты) / затраты»."""
    return _written(formula.symbols, lambda name: t(f"money.input.{name}"), t)


def in_numbers(formula: MoneyFormula, answer: Money, t: Translator, currency: str | None = None) -> str:
    """Returns the formula in numbers: «(1 500 − 1 000) / 1 000»."""
    units = {one.code: one.unit for one in formula.inputs}
    return _written(
        formula.symbols, lambda name: input_words(answer.inputs[name], units[name], t, currency), t
    )


def input_words(amount: float, unit: Unit, t: Translator, currency: str | None = None) -> str:
    """Returns an input as it was typed, to six digits behind the point."""
    text = t.number(amount, _digits(amount, _INPUT_DIGITS)).replace("-", "−")
    if unit == "money":
        return with_currency(text, currency, t)
    return f"{text}{t.percent_sign}" if unit == "percent" else text


def value_words(value: float | None, unit: Unit, t: Translator, currency: str | None = None) -> str:
    if value is None:
        return t.number(None)
    if unit == "percent":
        return t.percent(value)
    text = t.number(value, _digits(value, _shown_digits(abs(value))))
    if unit == "money":
        return with_currency(text, currency, t)
    return t("money.times", value=text) if unit == "times" else text


def _written(symbols: str, name: Callable[[str], str], t: Translator) -> str:
    def one(found: re.Match[str]) -> str:
        token = found.group()
        return _SIGNS.get(token) or (t.number(int(token)) if token.isdigit() else name(token))

    return _TOKEN.sub(one, symbols)


def _shown_digits(size: float) -> int:
    """Returns digits to show: none behind thousands, cents, and three figures of what is smaller."""
    if size >= _WHOLE_FROM:
        return 0
    if size >= _CENTS_FROM or size == 0:
        return 2
    return _FIGURES - 1 - math.floor(math.log10(size))


def _digits(value: float, at_most: int) -> int:
    """Returns as few digits behind the point as show the same as `at_most` of them."""
    return next(
        (digits for digits in range(at_most) if round(value, digits) == round(value, at_most)), at_most
    )
