"""What one interaction is made of: one set of counters on both sides of every comparison (docs/evidence.md#A.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from metrics.frame import Bools, Floats
from metrics.posts import INTERACTIONS

ENOUGH = 0.8  # a counter takes part from this share of the posts on
STILL_ENOUGH = 0.6  # and stays down to this one, where the earlier posts have it
SUM = "interactions_sum"
OF_INTERACTIONS = ("interactions", "weighted")  # quantities that are made of the components
Cells = Mapping[str, Floats]  # counter -> one value a post, NaN where nobody counted

# Why a field is named as missing.
MISSING_REASONS = (
    "field_absent",  # no post carries it
    "field_partial",  # fewer than 80 % of the period's posts do
    "field_not_before",  # the period's posts do, the earlier ones they are compared with do not
    "only_sum",  # the source gives only the sum of all interactions
    "no_subscribers",
)


@dataclass(frozen=True, slots=True)
class Missing:
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    components: tuple[str, ...]  # (SUM,) where only the sum serves, () where nothing does
    parts: tuple[str, ...]  # all that the platform counts
    missing: tuple[Missing, ...]
    comparable: bool  # False: the earlier posts lack every one of the components

    @property
    def whole(self) -> bool:
        """Every part takes part, or their sum: then a post's own sum stands in where a part of it is missing."""
        return self.components in ((SUM,), self.parts)


def choose(cells: Cells, platform: str, period: Bools, before: Bools) -> Choice:
    """`period` and `before` mark the posts of the two sides; a side without posts has no say."""
    parts = INTERACTIONS.get(platform, INTERACTIONS["other"])
    cells = {**dict.fromkeys(parts, np.full(len(cells[SUM]), np.nan)), **cells}
    sides = [side for side in (period, before) if side.any()]
    components = _common(cells, parts, period, before)
    comparable = True
    if not components and len(sides) == 2:
        components = _common(cells, parts, period, np.zeros_like(before))
        comparable = False
    missing = tuple(
        Missing(part, _why(cells, part, period, components)) for part in parts if part not in components
    )
    return Choice(components, parts, missing, comparable)


def shared(choices: Sequence[Choice]) -> tuple[str, ...]:
    """The components that all of these channels count; those of which only the sum is known have no say."""
    known = [choice.components for choice in choices if choice.components]
    parts = [components for components in known if components != (SUM,)]
    if not parts:
        return (SUM,) if known else ()
    return tuple(part for part in parts[0] if all(part in components for components in parts))


def narrowed(choice: Choice, components: Sequence[str]) -> Choice:
    """Only these components. A sum stands for all of its parts or for nothing."""
    if choice.components == (SUM,):
        stands = set(components) in ({SUM}, set(choice.parts))
        return choice if stands else replace(choice, components=())
    kept = tuple(part for part in choice.components if part in components)
    return replace(choice, components=kept)


def count(cells: Cells, choice: Choice, weights: Mapping[str, float]) -> Floats:
    """Interactions a post, each component by its weight (1 where none is given). NaN where one is unknown."""
    if not choice.components:
        return np.full(len(cells[SUM]), np.nan)
    if choice.components == (SUM,):
        return weights.get(SUM, 1.0) * _whole(cells, choice.parts)
    parts = _added(cells, choice.components, weights)
    factors = {weights.get(name, 1.0) for name in choice.components}
    if choice.whole and len(factors) == 1:
        return np.where(np.isnan(parts), factors.pop() * cells[SUM], parts)
    return parts


def present(values: Floats, side: Bools) -> bool:
    """Whether enough of these posts carry the counter; there must be at least one."""
    return bool(side.any()) and _share(values, side) >= ENOUGH


def _share(values: Floats, side: Bools) -> float:
    return float((~np.isnan(values[side])).mean())


def _common(cells: Cells, parts: tuple[str, ...], period: Bools, before: Bools) -> tuple[str, ...]:
    if not period.any() and not before.any():
        return ()
    covered = tuple(part for part in parts if _takes_part(cells[part], period, before))
    if covered != parts and _takes_part(_whole(cells, parts), period, before):
        return (SUM,)
    return covered


def _takes_part(values: Floats, period: Bools, before: Bools) -> bool:
    """On both sides; a counter of the earlier posts stays until fewer than 60 % of the period's carry it."""
    if before.any() and not present(values, before):
        return False
    least = STILL_ENOUGH if before.any() else ENOUGH
    return not period.any() or _share(values, period) >= least


def _whole(cells: Cells, parts: tuple[str, ...]) -> Floats:
    added = _added(cells, parts, {})
    return np.where(np.isnan(added), cells[SUM], added)


def _added(cells: Cells, names: tuple[str, ...], weights: Mapping[str, float]) -> Floats:
    total = np.zeros(len(cells[SUM]))
    for name in names:
        total = total + weights.get(name, 1.0) * cells[name]
    return total


def _why(cells: Cells, part: str, period: Bools, components: tuple[str, ...]) -> str:
    if components == (SUM,):
        return "only_sum"
    if np.isnan(cells[part]).all():
        return "field_absent"
    return "field_not_before" if present(cells[part], period) else "field_partial"
