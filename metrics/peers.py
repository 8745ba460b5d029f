"""Where a channel stands among others of its size: the quartiles of their rates, never one of them in its own number."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.estimates import Estimate
from metrics.formulas import FORMULAS, Formula
from metrics.members import Member, Members

QUARTILES_FROM = 8  # channels; of fewer only the range is told (docs/evidence.md#5)
RANGE_FROM = 2
CODES = ("er_by_views", "er_by_reach", "view_rate", "er_by_subscribers")


@dataclass(frozen=True, slots=True)
class PeerRate:
    name: str
    value: float  # percent


@dataclass(frozen=True, slots=True)
class Standing:
    """Percent. `quartiles`: 25, 50, 75 %, of at least QUARTILES_FROM peers; the peers by value, the highest first."""

    code: str
    own: Estimate
    peers: tuple[PeerRate, ...]
    quartiles: tuple[float, float, float] | None

    @property
    def place(self) -> str | None:
        """Gives "above", "upper", "lower" or "below" by the quartile that the own value lies in; None without them."""
        if self.quartiles is None or self.own.value is None:
            return None
        low, middle, high = self.quartiles
        if self.own.value >= middle:
            return "above" if self.own.value > high else "upper"
        return "below" if self.own.value < low else "lower"


def standings(members: Members, own: str) -> tuple[Standing, ...]:
    """Returns where the channel `own` (a name) stands among all the others, rate by rate.

    Rates that it has no value of are left out.
    """
    mine = next(one for one in members.members if one.name == own)
    others = [one for one in members.members if one.name != own]
    found = [_standing(FORMULAS[code], mine, others) for code in CODES]
    return tuple(one for one in found if one.own.value is not None)


def _standing(formula: Formula, mine: Member, others: Sequence[Member]) -> Standing:
    values = [(one.name, one.figure(formula).value) for one in others]
    known = sorted(
        (PeerRate(name, value) for name, value in values if value is not None), key=lambda one: -one.value
    )
    quartiles = None
    if len(known) >= QUARTILES_FROM:
        low, middle, high = np.percentile([one.value for one in known], (25, 50, 75)).tolist()
        quartiles = (low, middle, high)
    return Standing(formula.code, mine.figure(formula), tuple(known), quartiles)
