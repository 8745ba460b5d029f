"""A money question on its way: what was told, and what has to be asked before there is an answer. Kept between messages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.core.parsing.amounts import read_one, read_several
from bot.features.money.typed import TypedAmounts, read_named, told, told_in_order
from metrics.errors import DomainError
from metrics.money import MONEY, Money, MoneyFormula, compute, why_not
from metrics.money.formula import Input

DOUBTS = ("more_than_whole", "maybe_share")  # asked about: the numbers may have been meant otherwise
ORDER = "order"  # two numbers without names, of a formula that is read in another order than people name them
_NOTHING = frozenset({"пропустить", "нет", "не знаю", "-", "—", "skip", "no", "none"})


@dataclass(frozen=True, slots=True)
class Reckoning:
    """`asks_all`: inputs with a usual value are asked for, too; `is_unordered`: the first two may be the other way round."""

    formula: MoneyFormula
    told: TypedAmounts = TypedAmounts()  # noqa: RUF009 - frozen, and nobody writes into its mapping
    asks_all: bool = True
    is_unordered: bool = False

    @property
    def doubt(self) -> str | None:
        """What has to be made clear of the numbers told: ORDER or one of DOUBTS."""
        if self.is_unordered:
            return ORDER
        reason, _ = why_not(self.formula, self.told.amounts, self.told.sure)
        return reason if reason in DOUBTS else None

    @property
    def refusal(self) -> tuple[str, str] | None:
        """The reason why a number told can't be, and its input."""
        reason, culprit = why_not(self.formula, self.told.amounts, self.told.sure)
        return None if reason is None or reason in DOUBTS or culprit is None else (reason, culprit)

    @property
    def missing(self) -> Input | None:
        """The input to ask for next."""
        asked = self.formula.inputs if self.asks_all else self.formula.required
        return next((one for one in asked if one.code not in self.told.amounts), None)

    @property
    def pair(self) -> tuple[str, str]:
        """The two inputs that are easily taken for each other."""
        first, second = (one.code for one in self.formula.inputs[:2])
        return self.formula.part_of or (first, second)

    def answer(self) -> Money:
        return compute(self.formula.code, self.told.amounts, self.told.sure)

    def more(self, text: str) -> "Reckoning":
        """Returns the reckoning with what a message says.

        Raises what reading it raises: nothing of it is taken then.
        """
        if (one := self.missing) and one.usual is not None and text.strip().casefold() in _NOTHING:
            return replace(self, asks_all=False)
        if named := read_named(self.formula, text):
            return replace(self, told=self.told.with_more(named), is_unordered=False)
        if self.doubt == "maybe_share":
            return self._more_of(self._culprit, text)
        if self.doubt:
            raise DomainError("money.name_them")
        if one is not None and read_one(text):
            return self._more_of(one, text)
        if self.told.amounts:
            raise DomainError("money.one_number")
        return begin(self.formula, text)

    def swapped(self) -> "Reckoning":
        first, second = self.pair
        amounts = dict(self.told.amounts)
        amounts[first], amounts[second] = amounts[second], amounts[first]
        return replace(self, told=replace(self.told, amounts=amounts), is_unordered=False)

    def meant_as(self, *, share: bool) -> "Reckoning":
        """Returns the reckoning with 0.6 as 60 %, or as 0.6 %."""
        code = self._culprit.code
        amounts = dict(self.told.amounts)
        amounts[code] *= 100 if share else 1
        return replace(self, told=replace(self.told, amounts=amounts, sure=self.told.sure | {code}))

    @property
    def _culprit(self) -> Input:
        _, culprit = why_not(self.formula, self.told.amounts, self.told.sure)
        return next(one for one in self.formula.inputs if one.code == culprit)

    def _more_of(self, one: Input, text: str) -> "Reckoning":
        amount = read_one(text)
        if amount is None:
            raise DomainError("amounts.not_a_number", text=text.strip()[:40])
        return replace(self, told=self.told.with_more(told(one, amount)))

    def payload(self) -> dict[str, Any]:
        return {
            "code": self.formula.code,
            "amounts": dict(self.told.amounts),
            "currency": self.told.currency,
            "sure": sorted(self.told.sure),
            "asks_all": self.asks_all,
            "is_unordered": self.is_unordered,
        }


def kept(payload: Mapping[str, Any]) -> Reckoning:
    """Returns a reckoning; one kept before numbers were asked one by one knows its formula only."""
    said = TypedAmounts(
        payload.get("amounts", {}), payload.get("currency"), frozenset(payload.get("sure", ()))
    )
    return Reckoning(
        MONEY[payload["code"]], said, payload.get("asks_all", True), payload.get("is_unordered", False)
    )


def begin(formula: MoneyFormula, text: str) -> Reckoning:
    """Begins from one line. Raises what reading it raises."""
    if not text.strip():
        return Reckoning(formula)
    if named := read_named(formula, text):
        return Reckoning(formula, named, asks_all=False)
    if len(formula.required) > 1 and formula.has_one_order and (first := _only_one(formula, text)):
        return first
    amounts = read_several(text, range(len(formula.required), len(formula.inputs) + 1))
    open_order = not formula.has_one_order and amounts[0].value != amounts[1].value
    return Reckoning(formula, told_in_order(formula, amounts), asks_all=False, is_unordered=open_order)


def _only_one(formula: MoneyFormula, text: str) -> Reckoning | None:
    """Returns «/money cpc 1000»: the first number is told, the others are asked for. None for others."""
    try:
        read_several(text, range(len(formula.required), len(formula.inputs) + 1))
    except DomainError as error:
        amount = read_one(text) if error.code == "amounts.count" else None
        return Reckoning(formula, told(formula.inputs[0], amount)) if amount else None
    return None
