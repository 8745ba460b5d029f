"""What a chart shows. Plain values without matplotlib, so that a report can hold them in any process."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Unit = Literal["percent", "count"]


@dataclass(frozen=True, slots=True)
class DayPoint:
    """One local day. `value` None beside posts is a missing figure, beside no posts a silent day.

    `young`: other posts of the day, which do not count yet and take no part in the value.
    """

    day: date
    value: float | None
    posts: int
    final: bool  # every post of the day is at least 7 days old
    approximate: bool  # computed from rounded counters
    young: int = 0


@dataclass(frozen=True, slots=True)
class PostDot:
    at: datetime  # aware, in the zone the chart is read in
    value: float
    final: bool
    paid: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Where the channel itself usually stands."""

    low: float
    centre: float
    high: float


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure over time. Percentages are in percent: 2.4 is 2.4 %.

    `day_bands`, one a day, stand in for `band` where the usual depends on how old a day was when it was read.
    `marked`: first and last of the days that the picture is about. `marked_value`: what they came to, held against the
    average, which is then the usual level.
    """

    label: str  # localized, names the denominator
    unit: Unit
    days: tuple[DayPoint, ...]
    dots: tuple[PostDot, ...]
    band: Band | None
    average: float | None
    day_bands: tuple[Band | None, ...] = ()
    marked: tuple[date, date] | None = None
    marked_value: float | None = None


@dataclass(frozen=True, slots=True)
class EngagementChart:
    title: str
    subtitle: str
    panels: tuple[Panel, ...]  # one or two, stacked over one time axis
    noted: tuple[date, ...] = ()  # days that somebody noted something of


@dataclass(frozen=True, slots=True)
class GridCell:
    """One channel of many. `panel` None: there is nothing to draw. `figure`: its number for the period, in words.

    `noted`: days that somebody noted something of.
    """

    title: str
    panel: Panel | None
    figure: str
    noted: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class GridChart:
    title: str
    subtitle: str
    cells: tuple[GridCell, ...]  # 2-12


@dataclass(frozen=True, slots=True)
class CountedSubscribers:
    at: datetime  # aware, in the zone the chart is read in
    count: float
    approximate: bool


@dataclass(frozen=True, slots=True)
class FlowDay:
    """A local day's people. None: not known; `net` is drawn where joins and leaves are not."""

    day: date
    joined: int | None
    left: int | None
    net: float | None


@dataclass(frozen=True, slots=True)
class FollowersChart:
    """`net`: in words, of the whole period."""

    title: str
    subtitle: str
    counts: tuple[CountedSubscribers, ...]  # oldest first
    days: tuple[FlowDay, ...]  # all of the period
    net: str
    noted: tuple[date, ...] = ()  # days that somebody noted something of


@dataclass(frozen=True, slots=True)
class HeatRow:
    """`cells`: times the usual; None where it is not known. `note`: at the row's end."""

    label: str
    cells: tuple[float | None, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeatChart:
    """The first row is the one of all: figures are written into it. `columns`: a label each."""

    title: str
    subtitle: str
    label: str
    rows: tuple[HeatRow, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """A difference in percent with its interval; None where there is none. `is_sure`: it may be said aloud."""

    value: float | None
    low: float | None
    high: float | None
    is_sure: bool


@dataclass(frozen=True, slots=True)
class RangeRow:
    """`ranges`: one a column of the chart; none of them: the row is a heading."""

    label: str
    note: str = ""
    ranges: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class RangesChart:
    title: str
    subtitle: str
    columns: tuple[str, ...]  # what is compared, one or two
    rows: tuple[RangeRow, ...]


@dataclass(frozen=True, slots=True)
class AgePoint:
    age_h: float
    value: float


@dataclass(frozen=True, slots=True)
class AgeBand:
    """The channel's usual at an age; without ends where too few posts tell of it."""

    age_h: float
    low: float | None
    centre: float
    high: float | None


@dataclass(frozen=True, slots=True)
class GrowthChart:
    """One post growing, over the log of its age. Counts; `expected`: at 24 hours, of a younger post."""

    title: str
    subtitle: str
    label: str
    points: tuple[AgePoint, ...]  # the youngest first
    usual: tuple[AgeBand, ...]
    expected: Band | None = None
