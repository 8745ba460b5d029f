"""How much of a difference between two sides each trait carries: one regression of all posts, each trait held back.

log level = side + traits + day, by ridge: an effect of a level of a trait is as far from 0 as its prior and the posts
allow (docs/causes.md). What a trait carries is the change of its shares times these effects, with its own error; what
can't be told from the side itself stays uncertain, and is not named.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from metrics.causes.parameters import LEVEL_POSTS, TRAIT_SD
from metrics.causes.traits import Words
from metrics.drops.parameters import PRIORS, Priors
from metrics.frame import Bools, Floats, Ints

PRIOR_POSTS = 8
ROUNDS = 3  # of the spread and the effects, each from the other


@dataclass(frozen=True, slots=True)
class TraitEffect:
    """`effect` of the trait on the difference, with its sd; of its levels: the effect, and the shares of both sides."""

    trait: str
    effect: float
    sd: float
    levels: Mapping[str, float]
    before: Mapping[str, float]
    now: Mapping[str, float]

    @property
    def worst(self) -> str:
        """The level that carries most of it."""
        usual = sum(self.before[level] * effect for level, effect in self.levels.items())
        return min(
            self.levels,
            key=lambda level: (self.now[level] - self.before[level]) * (self.levels[level] - usual),
        )

    def times_others(self, level: str) -> float:
        """Returns how the posts of this level stand beside the others, as a factor."""
        others = {one: self.before[one] + self.now[one] for one in self.levels if one != level}
        weight = sum(others.values())
        usual = sum(self.levels[one] * share for one, share in others.items()) / weight if weight else 0.0
        return float(np.exp(self.levels[level] - usual))


@dataclass(frozen=True, slots=True)
class TraitFit:
    shift: float  # mean log now less before
    se: float
    carried: tuple[TraitEffect, ...]


def fit(x: Floats, is_now: Bools, day: Ints, traits: Mapping[str, Words], metric: str) -> TraitFit:
    priors = PRIORS["views" if metric in ("views", "reach") else "er"]
    names, columns, sds = _columns(traits)
    days = _dummies(day)
    design = np.column_stack([np.ones(len(x)), is_now.astype(np.float64), *columns, *days])
    precision = np.concatenate([[0.0, 0.0], [sd**-2 for sd in sds], [priors.day_sd**-2] * len(days)])
    variance = priors.post_sd**2
    for _ in range(ROUNDS):
        inverse = design.T @ design / variance + np.diag(precision)
        covariance = np.asarray(np.linalg.pinv(inverse, hermitian=True), dtype=np.float64)
        effects = np.asarray(covariance @ (design.T @ x) / variance, dtype=np.float64)
        residual = x - design @ effects
        used = float((design @ covariance * design).sum()) / variance
        free = max(len(x) - used, 1.0)
        variance = (float(residual @ residual) + PRIOR_POSTS * priors.post_sd**2) / (free + PRIOR_POSTS)
    moved = np.asarray(design[is_now].mean(axis=0) - design[~is_now].mean(axis=0), dtype=np.float64)
    places = {trait: [2 + at for at, one in enumerate(names) if one[0] == trait] for trait in traits}
    return TraitFit(
        float(x[is_now].mean() - x[~is_now].mean()),
        _standard_error(variance, is_now, day, priors),
        tuple(
            _carried(trait, [names[at - 2][1] for at in at_], at_, moved, effects, covariance, design, is_now)
            for trait, at_ in places.items()
            if at_
        ),
    )


def _columns(traits: Mapping[str, Words]) -> tuple[list[tuple[str, str]], list[Floats], list[float]]:
    names, columns, sds = [], [], []
    for trait, words in traits.items():
        for level in sorted({word for word in words if word}):
            mask = words == level
            if mask.sum() >= LEVEL_POSTS:
                names.append((trait, level))
                columns.append(mask.astype(np.float64))
                sds.append(TRAIT_SD[trait])
    return names, columns, sds


def _dummies(day: Ints) -> list[Floats]:
    return [(day == one).astype(np.float64) for one in np.unique(day)]


def _carried(
    trait: str,
    levels: list[str],
    places: list[int],
    moved: Floats,
    effects: Floats,
    covariance: Floats,
    design: Floats,
    is_now: Bools,
) -> TraitEffect:
    change = moved[places]
    return TraitEffect(
        trait,
        float(change @ effects[places]),
        math.sqrt(max(0.0, float(change @ covariance[np.ix_(places, places)] @ change))),
        dict(zip(levels, effects[places].tolist(), strict=True)),
        dict(zip(levels, design[~is_now][:, places].mean(axis=0).tolist(), strict=True)),
        dict(zip(levels, design[is_now][:, places].mean(axis=0).tolist(), strict=True)),
    )


def _standard_error(variance: float, is_now: Bools, day: Ints, priors: Priors) -> float:
    rho = priors.day_correlation
    posts = variance / is_now.sum() + variance / (~is_now).sum()
    days = sum(1 / len(np.unique(day[side])) for side in (is_now, ~is_now))
    return math.sqrt(float(posts) + priors.day_sd**2 * (1 + rho) / (1 - rho) * days)
