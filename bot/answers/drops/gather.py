"""From storage to requests: the rows of the days that a comparison can reach, and nothing older."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.answers.drops.request import (
    SHOWN_DAYS,
    ChannelRows,
    EvaluationRequest,
    FitRequest,
    PictureRequest,
    PreviewRequest,
)
from metrics.drops.compared import Fit
from metrics.drops.decision import Decision
from metrics.drops.episodes import Track
from metrics.drops.parameters import FIT_DAYS, METRICS, SLOW_LONGEST_DAYS, Rule
from metrics.drops.spans import Span
from metrics.periods import local_date, midnight
from storage.engine import Connection
from storage.workspace import audience, fits, notes, posts
from storage.workspace.channels import Channel
from storage.workspace.episodes import StoredEpisode, TrackState
from storage.workspace.workspaces import Workspace

PREVIEW_DAYS = 90
SLOW_HISTORY_DAYS = 140  # thirty posts at .2 a day are a matter of months
PREVIEWED = 12  # channels: a person waits for the answer
REACH_DAYS = (
    SLOW_LONGEST_DAYS + SLOW_HISTORY_DAYS + 2
)  # the longest window, its history, the days not old enough
AGES_S = (3 * 3600, 36 * 3600)  # what 6 and 24 hours are read from: half as young to half as old


async def gather(
    conn: Connection,
    workspace: Workspace,
    channels: Sequence[Channel],
    tracked: Mapping[tuple[int, str], TrackState],
    rule: Rule,
    as_of: int,
    country: str | None = None,
) -> EvaluationRequest:
    rows = []
    known = await fits.fits(conn, workspace.id)
    for channel in channels:
        tracks = {
            metric: tracked[channel.id, metric].track for metric in METRICS if (channel.id, metric) in tracked
        }
        fitted = {metric: known[channel.id, metric].z for metric in METRICS if (channel.id, metric) in known}
        start = _start(tracks, as_of, ZoneInfo(workspace.zone))
        rows.append(
            ChannelRows(
                id=channel.id,
                platform=channel.platform,
                posts=await posts.window(conn, workspace.id, channel.id, start, as_of),
                readings=await posts.early_readings(conn, workspace.id, channel.id, start, as_of, AGES_S),
                audience=await audience.window(conn, workspace.id, channel.id, start, as_of),
                tracks=tracks,
                fitted={metric: z for metric, z in fitted.items() if z is not None},
            )
        )
    return EvaluationRequest(workspace.zone, as_of, rule, rows, country)


async def gather_fit(
    conn: Connection,
    workspace: Workspace,
    channel: Channel,
    rule: Rule,
    country: str,
    past: Sequence[StoredEpisode],
    before: Mapping[str, Fit],
    as_of: int,
) -> FitRequest:
    zone = ZoneInfo(workspace.zone)
    today = local_date(as_of, zone)
    start = _unix(today - timedelta(days=FIT_DAYS + 2), zone)
    cut: dict[str, list[Span]] = {}
    for kept in past:
        one = kept.episode
        ended = today if one.closed is None else one.closed
        cut.setdefault(one.metric, []).append(Span(one.since.toordinal(), ended.toordinal()))
    rows = ChannelRows(
        id=channel.id,
        platform=channel.platform,
        posts=await posts.window(conn, workspace.id, channel.id, start, as_of),
        readings=await posts.early_readings(conn, workspace.id, channel.id, start, as_of, AGES_S),
        audience=await audience.window(conn, workspace.id, channel.id, start, as_of),
        tracks={},
    )
    known = {metric: one.z for metric, one in before.items() if one.z is not None}
    return FitRequest(workspace.zone, as_of, rule, country, rows, cut, known)


async def gather_picture(
    conn: Connection, workspace: Workspace, channel: Channel, decision: Decision, as_of: int, country: str
) -> PictureRequest:
    zone = ZoneInfo(workspace.zone)
    first = min(decision.window_first, local_date(as_of, zone) - timedelta(days=SHOWN_DAYS))
    start = _unix(min(first, decision.history_first), zone)
    noted = await notes.window(conn, workspace.id, channel.id, first, local_date(as_of, zone))
    return PictureRequest(
        title=channel.title,
        handle=channel.handle,
        platform=channel.platform,
        language=workspace.language,
        zone=workspace.zone,
        as_of=as_of,
        metric=decision.metric,
        basis=decision.basis,
        window_first=decision.window_first,
        window_last=decision.window_last,
        history_first=decision.history_first,
        history_last=decision.history_last,
        posts=await posts.window(conn, workspace.id, channel.id, start, as_of),
        readings=await posts.early_readings(conn, workspace.id, channel.id, start, as_of, AGES_S),
        audience=await audience.window(conn, workspace.id, channel.id, start, as_of),
        country=country,
        notes=[(one.noted_on, one.text) for one in noted],
    )


async def gather_preview(
    conn: Connection,
    workspace: Workspace,
    channels: Sequence[Channel],
    rule: Rule,
    as_of: int,
    country: str,
) -> PreviewRequest:
    """Gathers a preview, with today's thresholds of the channels and the daily look's holidays."""
    known = await fits.fits(conn, workspace.id)
    first = local_date(as_of, ZoneInfo(workspace.zone)) - timedelta(days=PREVIEW_DAYS + REACH_DAYS)
    start = _unix(first, ZoneInfo(workspace.zone))
    rows = [
        ChannelRows(
            id=channel.id,
            platform=channel.platform,
            posts=await posts.window(conn, workspace.id, channel.id, start, as_of),
            readings=(),
            audience=await audience.window(conn, workspace.id, channel.id, start, as_of),
            tracks={},
            fitted={
                metric: z
                for metric in METRICS
                if (z := _asked(known.get((channel.id, metric)), metric, rule))
            },
        )
        for channel in channels[:PREVIEWED]
    ]
    return PreviewRequest(workspace.zone, as_of, int(rule.gate_percent), PREVIEW_DAYS, rows, country)


def _asked(known: Fit | None, metric: str, rule: Rule) -> float | None:
    """Returns what the channel's own noise asks for; None where a rule asks for as much.

    That says nothing of another rule.
    """
    if known is None or known.z is None:
        return None
    return known.z if known.z > rule.warning_z(metric, "exact") else None


def _start(tracks: Mapping[str, Track], as_of: int, zone: ZoneInfo) -> int:
    """Returns the first moment to read, in unix seconds.

    An open episode is measured against its frozen history, however long ago that was.
    """
    first = local_date(as_of, zone) - timedelta(days=REACH_DAYS)
    frozen = [track.frozen.first_date for track in tracks.values() if track.frozen]
    return _unix(min([first, *frozen]), zone)


def _unix(day: date, zone: ZoneInfo) -> int:
    return int(midnight(day, zone).timestamp())
