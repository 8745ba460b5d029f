"""What one interaction is made of: one set of counters on both sides of every comparison (docs/evidence.md#A.2)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from metrics.frame import Bools, Floats
from metrics.posts import INTERACTIONS

ENOUGH = 0.8  # a counter takes part from this share of the channel's posts of 56 days on
STILL_ENOUGH = 0.6  # and stays down to this one, where it took part before
SUM = "interactions_sum"
OF_INTERACTIONS = ("interactions", "weighted")  # quantities that are made of the components
Cells = Mapping[str, Floats]  # counter -> one value a post, NaN where nobody counted

# Why a field is named as missing.
MISSING_REASONS = (
    "field_absent",  # no post carries it
    "field_partial",  # fewer posts do than it takes
    "field_not_before",  # the period's posts do, not yet most of the channel's posts of 56 days
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
    comparable: bool  # False: a component entered or left since the earlier posts
    entered: tuple[str, ...] = ()  # components that the earlier posts lack
    left: tuple[str, ...] = ()  # parts that counted before and do not any more

    @property
    def whole(self) -> bool:
        """Every part takes part, or their sum: then a post's own sum stands in where a part of it is missing."""
        return self.components in ((SUM,), self.parts)


@dataclass(frozen=True, slots=True)
class Sides:
    """Which posts have a say: those of the answer, the channel's of the 56 days to its end, those they are compared with.

    A side without posts has no say; where there are no posts of 56 days, those of the answer are asked.
    """

    used: Bools
    recent: Bools
    before: Bools


def choose(cells: Cells, platform: str, period: Bools, before: Bools) -> Choice:
    """Returns what two sides of a comparison have in common; a side without posts has no say."""
    parts, cells = _parts(cells, platform)
    components = _counted(cells, parts, lambda values: _is_in_both(values, period, before))
    comparable = True
    if not components and period.any() and before.any():
        components = _counted(cells, parts, lambda values: present(values, period))
        comparable = False
    return Choice(components, parts, _missing(cells, parts, period, components), comparable)


def of_channel(cells: Cells, platform: str, sides: Sides) -> Choice:
    """Returns the components of a channel; those of the answer's own posts where none counts over 56 days."""
    parts, cells = _parts(cells, platform)
    components = _counted(cells, parts, lambda values: _takes_part(values, sides))
    if not components:
        components = _counted(cells, parts, lambda values: present(values, sides.used))
    entered, left = _changed(cells, parts, components, sides.before)
    missing = _missing(cells, parts, sides.used, components)
    return Choice(components, parts, missing, not entered and not left, entered, left)


def _changed(
    cells: Cells, parts: tuple[str, ...], components: tuple[str, ...], before: Bools
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the components that the earlier posts lack, and the parts that only they have."""
    if not before.any():
        return (), ()
    values = {name: _whole(cells, parts) if name == SUM else cells[name] for name in components}
    entered = tuple(name for name in components if _share(values[name], before) < STILL_ENOUGH)
    counted = parts if components == (SUM,) else components
    left = tuple(part for part in parts if part not in counted and present(cells[part], before))
    return entered, left


def shared(choices: Sequence[Choice]) -> tuple[str, ...]:
    """Returns the components that all of these channels count.

    Those of which only the sum is known have no say.
    """
    known = [choice.components for choice in choices if choice.components]
    parts = [components for components in known if components != (SUM,)]
    if not parts:
        return (SUM,) if known else ()
    return tuple(part for part in parts[0] if all(part in components for components in parts))


def narrowed(choice: Choice, components: Sequence[str]) -> Choice:
    """Returns the choice with only these components. A sum stands for all of its parts or for nothing."""
    if choice.components == (SUM,):
        stands = set(components) in ({SUM}, set(choice.parts))
        return choice if stands else replace(choice, components=())
    kept = tuple(part for part in choice.components if part in components)
    return replace(choice, components=kept)


def count(cells: Cells, choice: Choice, weights: Mapping[str, float]) -> Floats:
    """Returns the interactions of each post, components weighted (1 where no weight is given).

    NaN: one is unknown.
    """
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
    """Tells whether enough of these posts carry the counter; there must be at least one."""
    return bool(side.any()) and _share(values, side) >= ENOUGH


def _share(values: Floats, side: Bools) -> float:
    return float((~np.isnan(values[side])).mean())


def _parts(cells: Cells, platform: str) -> tuple[tuple[str, ...], Cells]:
    """Returns what the platform counts, and the cells with a column for each of these."""
    parts = INTERACTIONS.get(platform, INTERACTIONS["other"])
    return parts, {**dict.fromkeys(parts, np.full(len(cells[SUM]), np.nan)), **cells}


def _counted(cells: Cells, parts: tuple[str, ...], takes_part: Callable[[Floats], bool]) -> tuple[str, ...]:
    covered = tuple(part for part in parts if takes_part(cells[part]))
    if covered != parts and takes_part(_whole(cells, parts)):
        return (SUM,)
    return covered


def _takes_part(values: Floats, sides: Sides) -> bool:
    """Tells whether most posts of 56 days carry the counter, or enough where it counted before.

    Enough of the answer's own posts must carry it as well.
    """
    recent = sides.recent if sides.recent.any() else sides.used
    if not sides.used.any() or not recent.any():
        return present(values, sides.before)
    least = STILL_ENOUGH if present(values, sides.before) else ENOUGH
    return _share(values, recent) >= least and _share(values, sides.used) >= STILL_ENOUGH


def _is_in_both(values: Floats, period: Bools, before: Bools) -> bool:
    """Tells whether both sides carry the counter.

    A counter of the earlier posts stays until fewer than 60 % of the period's carry it.
    """
    if before.any() and not present(values, before):
        return False
    least = STILL_ENOUGH if before.any() else ENOUGH
    if not period.any():
        return bool(before.any())
    return _share(values, period) >= least


def _missing(
    cells: Cells, parts: tuple[str, ...], used: Bools, components: tuple[str, ...]
) -> tuple[Missing, ...]:
    absent = (part for part in parts if part not in components)
    return tuple(Missing(part, _why(cells, part, used, components)) for part in absent)


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
