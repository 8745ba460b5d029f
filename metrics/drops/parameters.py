"""Every threshold of the drop rule, in one place, each with where it was measured.

Levels are means of logs. A *drop* is the fraction of the level that is gone, in percent wherever a name says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from metrics.errors import DomainError

METRICS = ("views", "er")

# The age at which posts are compared (docs/evidence.md#3.3): 6-hour views are as good as those of 24 hours, and save a day.
COMPARED_AT_H = MappingProxyType({"views": 6.0, "er": 24.0})
CONFIRMED_AT_H = 24.0

# The window and the history (docs/evidence.md#3.3; the length of the history: docs/evidence.md#3.2).
WINDOW_DAYS = 3
WINDOW_POSTS = 6  # with fewer the window grows day by day
WINDOW_LONGEST_DAYS = 7
WINDOW_LEAST_POSTS = 3
HISTORY_DAYS = 56
HISTORY_LEAST_POSTS = 15
HISTORY_LEAST_DAYS = 10  # days with posts

# Slow channels: the last posts however old, against those before them.
SLOW_BELOW_A_DAY, FAST_ABOVE_A_DAY = 0.8, 1.2  # between the two a channel stays what it was
SLOW_POSTS = 6
SLOW_LONGEST_DAYS = 42
SLOW_HISTORY_POSTS = 30
SLOW_HISTORY_LONGEST_DAYS = 364

# Clipping (docs/evidence.md#3.3): viral posts blow up a mean and a sigma (docs/evidence.md#3.2).
CLIP_MADS = 3.0
CLIP_DOWN_AT_LEAST = 1.0  # in logs: a drop must stay visible in a channel that hardly varies
FLOORED_SHARE = 0.5  # of a window's posts below the clip: from there a drop is told as «this much and more»
MAD_TO_SD = 1.4826
MAD_FLOOR = 0.03

# Weights of the priors, in degrees of freedom (docs/evidence.md#A.6).
WEEKDAYS = 7
POST_PRIOR_DF = 8
DAY_PRIOR_DF = 10

Z_95 = 1.96
Z_POWER_80 = 0.84  # docs/evidence.md#3.1: the drop that is found with 80 % power


@dataclass(frozen=True, slots=True)
class Priors:
    """Log sd of a post within its day, of a day, the correlation of neighbouring days, log sd of a weekday's effect."""

    post_sd: float
    day_sd: float
    day_correlation: float
    weekday_sd: float


PRIORS = MappingProxyType(
    {"views": Priors(0.12, 0.09, 0.4, 0.05), "er": Priors(0.62, 0.12, 0.1, 0.08)}
)  # docs/evidence.md#3.3

# States (docs/evidence.md#3.3).
NOTE_DROP_PERCENT = 15.0
NOTE_Z = MappingProxyType({"views": 2.0, "er": 2.5})
CRITICAL_DROP_PERCENT = 40.0
CRITICAL_Z = 3.0
CRITICAL_METRICS = ("views",)
SUBSCRIBERS_Z = 3.0  # docs/evidence.md#A.6 (c): interactions by subscribers
ROUNDED_PUSH_SD = 0.03  # docs/evidence.md#A.6 (b): rougher counters are told in the digest only

# Episodes (docs/evidence.md#3.3, #A.6).
RECOVERED_SHARE = 3 / 8  # of the gate
RECOVERED_EVALUATIONS = 2
COOL_DOWN_DAYS = 7
START_REACH_DAYS = 28  # how far before its opening a drop may have begun
START_GATE_SHARE = 0.5
OFFER_AFTER_DAYS = 28
ACCEPT_AFTER_DAYS = 56

# Many channels (docs/evidence.md#3.4).
COMMON_LEAST_CHANNELS = 10
COMMON_TOLD_PERCENT = 7.0

# The customer's literal rule (docs/evidence.md#3.2).
LITERAL_HISTORY_DAYS = 28

GATE_PERCENT = 20.0
GATE_LOW_PERCENT, GATE_HIGH_PERCENT = 10.0, 50.0

# z that a warning needs (docs/evidence.md#3.3). `sensitive`: ER at 2.5 was measured there. `calm` asks more certainty and
# leaves the gate to the person: on made-up channels that drift (benchmarks/drops.py, 3 posts a day) z 3 halves the false alarms of views,
# .62 -> .31 a quarter, and still finds 30 % within 3 days in 75 of 100; z 2.5 only comes to .47, the gate decides there.
WARNING_Z: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "calm": {"views": 3.0, "er": 3.5},
        "normal": {"views": 2.0, "er": 3.0},
        "sensitive": {"views": 2.0, "er": 2.5},
    }
)
LITERAL = "literal"

# The threshold that fits a channel's own noise (docs/alerts.md).
FIT_DAYS = 364
FIT_LEAST_DAYS, FIT_LEAST_JUDGED_DAYS = 84, 60
FIT_MEDIAN_DAYS = 29
FIT_FALSE_A_QUARTER = 0.5
FIT_HIGHEST_Z = 4.0
FIT_LARGEST_STEP_A_WEEK = 0.3
QUARTER_DAYS = 91
PROMISED_WITHIN_DAYS = (3, 7, 14)
RULES = ("normal", "calm", "sensitive", LITERAL)


@dataclass(frozen=True, slots=True)
class Rule:
    name: str = "normal"
    gate_percent: float = GATE_PERCENT

    @property
    def is_literal(self) -> bool:
        return self.name == LITERAL

    @property
    def recovered_percent(self) -> float:
        """An open episode closes below this."""
        return self.gate_percent * RECOVERED_SHARE

    @property
    def critical_percent(self) -> float:
        """A gate above 40 % is a person's word that less is not worth a message."""
        return max(CRITICAL_DROP_PERCENT, self.gate_percent)

    def warning_z(self, metric: str, basis: str, fitted: float | None = None) -> float:
        """Returns the z that a warning needs.

        `fitted`: what the channel's own noise asks for, where it was measured. The literal rule counts as
        normal here.
        """
        asked = max(WARNING_Z.get(self.name, WARNING_Z["normal"])[metric], fitted or 0.0)
        return max(SUBSCRIBERS_Z, asked) if basis == "subscribers" else asked


def rule(name: str, gate_percent: float = GATE_PERCENT) -> Rule:
    """Returns the drop rule of a name and a gate.

    Raises DomainError("drops.rule") for an unknown name, ("drops.gate") for a gate outside 10-50 %.
    """
    if name not in RULES:
        raise DomainError("drops.rule", rule=name[:20], rules=", ".join(RULES))
    if not GATE_LOW_PERCENT <= gate_percent <= GATE_HIGH_PERCENT:
        raise DomainError(
            "drops.gate", gate=f"{gate_percent:g}", low=f"{GATE_LOW_PERCENT:g}", high=f"{GATE_HIGH_PERCENT:g}"
        )
    return Rule(name, gate_percent)
