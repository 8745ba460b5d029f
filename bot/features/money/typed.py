"""Numbers of a money formula as people type them: by name («расходы 1000 выручка 1500»), in order, one by one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.parsing.amounts import Amount, read_one
from metrics.errors import DomainError
from metrics.money import MoneyFormula
from metrics.money.formula import Input

_COST = r"расход|затрат|потра|бюджет|цен[аы]|стоимост|стои|cost|spen[dt]|budget|price"
_REVENUE = r"выручк|доход|заработ|оборот|revenue|earn|income|sales"
_INCOME = r"(?:доход|выручк|value|income|revenue)\w*(?: (?:с|от) клиента| per customer)?"
# Beginnings of the words, in both languages: a chat writes both.
NAMES: Mapping[str, str] = {
    "cost": _COST,
    "views": r"просмотр|показ|охват|view|impression|reach",
    "followers": r"подпис|follower|subscri|joined",
    "clicks": r"клик|переход|click",
    "leads": r"заявк|заявок|лид|lead",
    "interactions": r"взаимодейств|реакци|лайк|engagement|interaction|reaction|like",
    "actions": r"действи|покуп|заказ|регистрац|конверси|лайк|action|purchase|order|signup|conversion|like",
    "revenue": _REVENUE,
    "margin": r"марж|margin",
    "total_cost": rf"(?:все |all |total )?(?:{_COST})",
    "total_revenue": rf"(?:вся |all |total )?(?:{_REVENUE})",
    "click_rate": r"ctr|кликабельност|click",
    "conversion": r"конверси|conversion|cr\b",
    "profit": r"прибыл|profit",
    "customers": r"(?:новы[ех] |new )?(?:клиент|покупател|customer|client|buyer)",
    "monthly_value": rf"{_INCOME}(?: (?:в|за) месяц| (?:a|per) month)?",
    "months": r"месяц|мес\b|срок|month|lifetime",
    "arpu": rf"arpu|{_INCOME}",
    "churn": r"отток|churn",
    "ltv": r"ltv",
    "cac": r"cac",
    "left": r"ушл|ушед|отпис|left|lost|gone|unsubscri",
    "started": r"был[оаи]|(?:в )?начал|всего|start|were|total",
}
_FROM_NUMBER = re.compile(r"[-+]?[$€£₽₸₴₺]?[.,]?\d.*", re.DOTALL)
_AROUND = " \t\n\u00a0,;:=—–"


@dataclass(frozen=True, slots=True)
class TypedAmounts:
    """What was said so far. `sure`: percent that were typed with their sign."""

    amounts: Mapping[str, float] = field(default_factory=dict)
    currency: str | None = None
    sure: frozenset[str] = frozenset()

    def with_more(self, later: "TypedAmounts") -> "TypedAmounts":
        """Returns the amounts with later ones.

        Raises DomainError("money.currencies") for money of two countries: sums of it mean nothing.
        """
        if self.currency and later.currency and self.currency != later.currency:
            raise DomainError("money.currencies", first=self.currency, second=later.currency)
        sure = (self.sure - set(later.amounts)) | later.sure
        return TypedAmounts({**self.amounts, **later.amounts}, self.currency or later.currency, sure)


def told(one: Input, amount: Amount) -> TypedAmounts:
    """Returns an amount as that of an input.

    Raises DomainError("money.no_currency"), ("money.no_percent") for what the input is not counted in.
    """
    if amount.currency and one.unit != "money":
        raise DomainError("money.no_currency", currency=amount.currency)
    if amount.is_percent and one.unit != "percent":
        raise DomainError("money.no_percent")
    sure = frozenset({one.code}) if amount.is_percent else frozenset()
    return TypedAmounts({one.code: amount.value}, amount.currency, sure)


def told_in_order(formula: MoneyFormula, amounts: Sequence[Amount]) -> TypedAmounts:
    said = TypedAmounts()
    for one, amount in zip(formula.inputs, amounts, strict=False):
        said = said.with_more(told(one, amount))
    return said


def read_named(formula: MoneyFormula, text: str) -> TypedAmounts | None:
    """Reads named amounts; None where none is named.

    Raises DomainError("money.name_them") where it stays open which number is whose.
    """
    found = list(_named(formula, text))
    if not found:
        return None
    inputs = {one.code: one for one in formula.inputs}
    said = TypedAmounts()
    for name, written in found:
        amount = _amount(written)
        if name in said.amounts or amount is None:
            raise DomainError("money.name_them")
        said = said.with_more(told(inputs[name], amount))
    return said


def _named(formula: MoneyFormula, text: str) -> Iterator[tuple[str, str]]:
    """Yields every name with what stands behind it, or before it where the text begins with a number."""
    groups = "|".join(f"(?P<{one.code}>{NAMES[one.code]})" for one in formula.inputs)
    names = list(re.finditer(rf"(?<!\w)(?:{groups})[^\W\d]*", text, re.IGNORECASE))
    edges = [0, *(edge for name in names for edge in name.span()), len(text)]
    between = [text[first:last] for first, last in zip(edges[::2], edges[1::2], strict=True)]
    number_first = bool(_FROM_NUMBER.search(between[0]))
    for name, written in zip(names, between if number_first else between[1:], strict=False):
        begun = _FROM_NUMBER.search(written)
        yield name.lastgroup or "", begun.group().strip(_AROUND) if begun else ""


def _amount(written: str) -> Amount | None:
    """Reads an amount; words behind it may be anything but a second number: «1000 ₽ на рекламу». Or None."""
    words = written.split()
    for count in range(len(words), 0, -1):
        if any(map(str.isdigit, "".join(words[count:]))):
            return None
        if amount := read_one(" ".join(words[:count]).strip(_AROUND)):
            return amount
    return None
