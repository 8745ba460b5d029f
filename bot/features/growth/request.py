"""What `/growth` is computed from. No pandas here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.answers.noted import Notes
from bot.answers.report import Report
from bot.core.jobs import Job
from bot.core.parsing.periods import PeriodChoice
from metrics.followers import Movement
from metrics.posts import AudienceReading
from metrics.reposts import Repost


@dataclass(frozen=True, slots=True)
class GrowthRequest:
    """`readings` of the period, of as many days before it, and the nearest on each side. `movement` None: not told.

    `sellers`: by invite link, in whose channel it was advertised.
    """

    title: str
    platform: str
    handle: str | None
    language: str
    zone: str
    as_of: int
    period: PeriodChoice
    readings: Sequence[AudienceReading]
    newest: AudienceReading
    movement: Movement | None
    gaps: Sequence[tuple[int, int]] = ()  # times without updates that touch the period
    sellers: Mapping[str, str] = field(default_factory=dict)
    reposts: Sequence[Repost] = ()  # and mentions of the period
    notes: Notes = ()  # of the period


# Run by a worker.
build = Job[GrowthRequest, Report]("bot.features.growth.compute:build_report")
