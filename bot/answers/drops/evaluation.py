"""All channels of a workspace, all metrics, one day: looked at, freed of what they share, judged. Runs in workers."""

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

import numpy as np

from bot.answers.drops.request import ChannelRows, Evaluation, EvaluationRequest, FitRequest, Judgement
from metrics.drops.compared import Fit
from metrics.drops.daily import Channel, drop_at_24h, fit_today, look_today
from metrics.drops.decision import judge
from metrics.drops.episodes import NEW, Track
from metrics.drops.holidays import holidays
from metrics.drops.look import Look
from metrics.drops.parameters import METRICS
from metrics.drops.spans import Span
from metrics.drops.workspace import Common, common_part, less_common
from metrics.frame import audience_table, table
from metrics.periods import local_date


def evaluate_all(request: EvaluationRequest) -> Evaluation:
    zone = ZoneInfo(request.zone)
    read = [(rows, _channel(rows, zone)) for rows in request.channels]
    judged: list[Judgement] = []
    spans = _holidays(request.country, request.as_of, zone)
    common: dict[str, Common] = {}
    for metric in METRICS:
        looks = [
            look_today(channel, metric, request.as_of, request.rule, rows.tracks.get(metric, NEW), spans)
            for rows, channel in read
        ]
        shared = None if request.rule.is_literal else common_part(look.compared for look in looks)
        if shared is not None:
            common[metric] = shared
        judged.extend(_judged(request, read, looks, shared))
    return Evaluation(judged, common)


def fit_metrics(request: FitRequest) -> Mapping[str, Fit]:
    zone = ZoneInfo(request.zone)
    channel = _channel(request.channel, zone)
    spans = _holidays(request.country, request.as_of, zone)
    return {
        metric: fit_today(
            channel,
            metric,
            request.as_of,
            request.rule,
            (*request.cut.get(metric, ()), *spans),
            request.before.get(metric),
        )
        for metric in METRICS
    }


def _holidays(country: str | None, as_of: int, zone: ZoneInfo) -> tuple[Span, ...]:
    year = local_date(as_of, zone).year
    return holidays(country, year - 2, year)


def _judged(
    request: EvaluationRequest,
    read: Sequence[tuple[ChannelRows, Channel]],
    looks: Sequence[Look],
    shared: Common | None,
) -> Iterator[Judgement]:
    for (rows, channel), seen in zip(read, looks, strict=True):
        decision = judge(
            less_common(seen.compared, shared),
            request.rule,
            metric=seen.metric,
            basis=seen.basis,
            is_slow=seen.is_slow,
            common=None if shared is None else shared.shift,
            fitted_z=rows.fitted.get(seen.metric),
            is_holiday=seen.is_holiday,
        )
        confirmed = _confirmed(channel, rows.tracks.get(seen.metric, NEW), request.as_of)
        yield Judgement(rows.id, decision, confirmed, _usual_views(channel))


def _confirmed(channel: Channel, track: Track, as_of: int) -> float | None:
    if track.episode is None or track.episode.is_confirmed:
        return None
    return drop_at_24h(channel, track.episode, as_of)


def _usual_views(channel: Channel) -> float:
    views = channel.posts["views"].to_numpy()
    known = views[~np.isnan(views)]
    return float(np.median(known)) if len(known) else 0.0


def _channel(rows: ChannelRows, zone: ZoneInfo) -> Channel:
    return Channel(
        table(rows.posts), table(rows.readings), audience_table(rows.audience), rows.platform, zone
    )
