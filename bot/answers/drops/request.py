"""What an evaluation is computed from and comes to: plain values that cross to a worker and back. No pandas here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.answers.noted import Notes
from bot.core.jobs import Job
from metrics.drops.compared import Fit
from metrics.drops.decision import Decision
from metrics.drops.episodes import Track
from metrics.drops.parameters import Rule
from metrics.drops.spans import Span
from metrics.drops.workspace import Common
from metrics.posts import AudienceReading, Post

SHOWN_DAYS = 35  # of a drop's chart


@dataclass(frozen=True, slots=True)
class ChannelRows:
    """`readings`: every reading of these posts at the ages that are compared."""

    id: int
    platform: str
    posts: Sequence[Post]
    readings: Sequence[Post]
    audience: Sequence[AudienceReading]
    tracks: Mapping[str, Track]  # by metric; those evaluated before
    fitted: Mapping[str, float] = field(
        default_factory=dict
    )  # by metric: what its own noise asks of a warning


@dataclass(frozen=True, slots=True)
class EvaluationRequest:
    zone: str
    as_of: int
    rule: Rule
    channels: Sequence[ChannelRows]
    country: str | None = None  # whose holidays are thought of


@dataclass(frozen=True, slots=True)
class Judgement:
    """`drop_24h_percent`: what the first day says of the open episode, for `episodes.confirm`."""

    channel_id: int
    decision: Decision
    drop_24h_percent: float | None
    usual_views: float  # of a post; orders the drops of many channels by what they cost


@dataclass(frozen=True, slots=True)
class Evaluation:
    judged: Sequence[Judgement]
    common: Mapping[str, Common]  # by metric; where enough channels report


@dataclass(frozen=True, slots=True)
class FitRequest:
    """`cut`: the days of the drops there were; `before`: the thresholds of a week ago, by metric."""

    zone: str
    as_of: int
    rule: Rule
    country: str
    channel: ChannelRows
    cut: Mapping[str, Sequence[Span]]
    before: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """The chart of one drop: its last weeks, with the days that were compared marked."""

    title: str
    handle: str | None
    platform: str
    language: str
    zone: str
    as_of: int
    metric: str
    basis: str
    window_first: date
    window_last: date
    history_first: date
    history_last: date
    posts: Sequence[Post]
    readings: Sequence[Post]
    audience: Sequence[AudienceReading]
    country: str | None = None  # whose holidays no usual level holds
    notes: Notes = ()  # of the days that are shown


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """The history over which every sensitivity is replayed, at one gate."""

    zone: str
    as_of: int
    gate_percent: int
    days: int  # the last of them count
    channels: Sequence[ChannelRows]
    country: str  # whose holidays are thought of


# Run by a worker.
evaluate = Job[EvaluationRequest, Evaluation]("bot.answers.drops.evaluation:evaluate_all")
fit_channel = Job[FitRequest, Mapping[str, Fit]](
    "bot.answers.drops.evaluation:fit_metrics"
)  # the threshold of each metric
draw = Job[PictureRequest, bytes | None](
    "bot.answers.drops.picture:draw_drop"
)  # a PNG; None where there is nothing to draw
count_alerts = Job[PreviewRequest, Mapping[str, int | None]](
    "bot.answers.drops.preview:count"
)  # episodes by sensitivity; None where the history is too short
