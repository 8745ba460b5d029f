"""The chance in a channel's figures, as it was measured on real ones (docs/evidence.md#3.1, the generator of the proof)."""

from math import exp, sqrt
from random import Random

WEEKDAY_SHIFTS = (0.0, 0.03, 0.01, 0.0, -0.06, -0.09, 0.04)  # of log views, Monday first
WEEKDAY_PACE = (1.18, 1.22, 1.18, 1.11, 1.14, 0.62, 0.55)  # posts a day
POST_SD, VIRAL_SHARE, VIRAL_MEAN = 0.107, 0.025, 0.5  # of log views
DAY_SD, DAY_MEMORY = 0.09, 0.5
ER_SD = 0.60
T_DEGREES = 5


def seeded(name: str) -> Random:
    """Returns the same chance for the same name, in every process."""
    return Random(name)  # noqa: S311 - an example of a channel, nothing secret


def post_views_shift(chance: Random) -> float:
    """Returns a shift of log views: Student's t with 5 degrees of freedom, and a few that go round.

    Those few posts get a jump.
    """
    chi_square = chance.gammavariate(T_DEGREES / 2, 2.0)
    student = chance.gauss(0, 1) / sqrt(chi_square / T_DEGREES)
    viral = chance.expovariate(1 / VIRAL_MEAN) if chance.random() < VIRAL_SHARE else 0.0
    return student * POST_SD / sqrt(T_DEGREES / (T_DEGREES - 2)) + viral


def next_day_shift(before: float, chance: Random) -> float:
    """Returns the next day's shift of log views: good and bad days come in runs."""
    return DAY_MEMORY * before + chance.gauss(0, DAY_SD * sqrt(1 - DAY_MEMORY**2))


def poisson(mean: float, chance: Random) -> int:
    """Returns a Poisson number by Knuth's method: fine for the few posts of a day."""
    count, product, floor = 0, chance.random(), exp(-mean)
    while product > floor:
        count += 1
        product *= chance.random()
    return count


def whole(value: float, chance: Random) -> int:
    """Returns the integer below or above, so that the mean stays."""
    below = int(value)
    return below + (chance.random() < value - below)
