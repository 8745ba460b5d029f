"""Points -> a verdict (docs/evidence.md, section 4.4)."""

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from metrics.audit import limits
from metrics.audit.findings import Finding
from metrics.audit.limits import Family

Verdict = Literal["no_known_pattern", "look_closer", "suspicious", "very_likely_inflated"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)  # in order of severity
Confidence = Literal["glance", "watch", "week"]

# Which indicators need readings over time, and so how far the data go.
AFTER_48H = frozenset({"step", "night_growth", "subscriber_jump"})
AFTER_7D = frozenset({"slow_start", "subscriber_bleed"})


def family_points(findings: Iterable[Finding]) -> dict[Family, int]:
    """Returns the most points of each family: its indicators see the same thing from several sides."""
    most: dict[Family, int] = {}
    for finding in findings:
        most[finding.family] = max(finding.points, most.get(finding.family, 0))
    return {family: points for family, points in most.items() if points}


def total(points: Mapping[Family, int]) -> int:
    return min(limits.POINTS_CAP, sum(points.values()))


def confidence(checked: Iterable[str]) -> Confidence:
    known = set(checked)
    if known & AFTER_7D:
        return "week"
    return "watch" if known & AFTER_48H else "glance"


def decide(points: Mapping[Family, int], data: Confidence) -> Verdict:
    """Returns the verdict; one family alone never passes "look closer", nor does a glance."""
    families = sum(earned >= limits.LIGHT_POINTS for earned in points.values())
    reached = total(points)
    if reached < limits.LOOK_CLOSER_FROM:
        return "no_known_pattern"
    if data == "glance" or reached < limits.SUSPICIOUS_FROM or families < limits.SUSPICIOUS_FAMILIES:
        return "look_closer"
    if reached >= limits.INFLATED_FROM and families >= limits.INFLATED_FAMILIES:
        return "very_likely_inflated"
    return "suspicious"
