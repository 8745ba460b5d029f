"""`otklik replay`: the drop rule day by day over the history in files."""

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from bot.core.locales import Translator, translator
from bot.core.locales.territories import territory_of
from bot.terminal.inputs import channel_title, newest_moment, read_files
from bot.terminal.talk import progress, read_moment, read_zone, refuse, show_json, speaker
from metrics.drops.decision import quantity
from metrics.drops.episodes import Episode
from metrics.drops.holidays import NO_COUNTRY, TABLE
from metrics.drops.parameters import rule as make_rule
from metrics.drops.replay import (
    CommonShift,
    History,
    Replay,
    ReplayedChannel,
    history,
    holidays_over,
    replay_json,
)
from metrics.drops.replay import replay as run_rule
from metrics.errors import DomainError
from metrics.frame import audience_table, table
from storage.files.upload.sinks import MemorySink
from storage.files.upload.understood import Understood


def replay(
    files: Sequence[Path],
    *,
    rule: str,
    gate_percent: float,
    country: str | None,
    as_of: str | None,
    zone: str,
    language: str | None,
    as_json: bool,
) -> int:
    t = translator("en")
    try:
        t = speaker(language)
        where = read_zone(zone)
        asked_moment = read_moment(as_of, where)
        asked_rule = make_rule(rule, gate_percent)
        whose = _country(country, where)
        with progress(t.plain("cli.reading")):
            understood, sink = read_files(files, zone, None)
            histories = list(_histories(understood, sink, asked_moment, where))
            result = run_rule(histories, asked_rule, spans=holidays_over(histories, whose))
    except DomainError as error:
        return refuse(error, t, as_json=as_json)
    if as_json:
        show_json(replay_json(result))
    _tell(result, t, as_json=as_json)
    return 0


def _country(asked: str | None, zone: ZoneInfo) -> str:
    """Returns the country asked for, else the zone's.

    Raises DomainError("cli.country") for one whose holidays nobody knows.
    """
    if asked is None:
        return territory_of(zone.key)
    for known in (*TABLE, NO_COUNTRY):
        if asked.upper() == known.upper():
            return known
    raise DomainError("cli.country", country=asked[:20], countries=", ".join((*TABLE, NO_COUNTRY)))


def _histories(
    understood: Understood, sink: MemorySink, asked: int | None, zone: ZoneInfo
) -> Iterator[History]:
    """Yields one history a channel that has posts. Raises DomainError("file.no_posts") where none has.

    The counters are those of the file's end, also where the question is an earlier moment: told so, the posts of that
    moment would be taken for younger than their counters are.
    """
    as_of = newest_moment(sink, time.time()) if asked is None else asked
    for contents in understood.channels:
        # Posts of no known day belong to no day of a replay.
        rows = [post for post in sink.posts(contents.channel.key) if post.published_at]
        if rows:
            yield history(
                channel_title(contents.channel, understood),
                _seen_at(table(rows), as_of),
                audience_table(sink.audience(contents.channel.key)),
                platform=contents.channel.platform,
                zone=zone,
                as_of=as_of,
            )


def _seen_at(posts: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """Returns posts as seen by `as_of`: a file that does not say when it was made may be as late as that."""
    observed = posts["observed_at"].to_numpy()
    latest = np.where(posts["observed_exact"].to_numpy(), observed, np.maximum(observed, as_of))
    return posts.assign(observed_at=latest)


def _tell(result: Replay, t: Translator, *, as_json: bool) -> None:
    """Prints the result; what all channels share has no place in the JSON: it goes beside it."""
    common = [_common(shift, t) for shift in result.common]
    if as_json:
        sys.stderr.write("".join(f"{line}\n" for line in common))
        return
    paragraphs = ["\n".join(_channel(channel, t)) for channel in result.channels]
    if common:
        paragraphs.append("\n".join([t.plain("replay.common_title"), *common]))
    sys.stdout.write("\n\n".join([*paragraphs, t.plain("replay.basis.final")]) + "\n")


def _channel(channel: ReplayedChannel, t: Translator) -> Iterator[str]:
    rate = t.number(channel.posts_per_day, 1)
    days = t.plural("replay.days", channel.days)
    yield t.plain("replay.channel", name=channel.name, days=days, rate=rate)
    yield t.plain("replay.now", state=t.plain(f"replay.state.{channel.state_now}"))
    yield from (
        _reason(quantity(metric, decision.basis), decision.reason, t)
        for metric, decision in channel.decisions.items()
        if decision.reason
    )
    yield t.plural("replay.episodes", len(channel.episodes)) if channel.episodes else t.plain("replay.none")
    yield from (_episode(episode, channel, t) for episode in channel.episodes)


def _reason(metric: str, reason: str, t: Translator) -> str:
    why = t.plain(f"replay.reason.{reason}")
    return t.plain("replay.undecided", metric=t.plain(f"replay.metric.{metric}"), reason=why)


def _episode(episode: Episode, channel: ReplayedChannel, t: Translator) -> str:
    code = "replay.episode.open" if episode.closed is None else "replay.episode.closed"
    opening = (episode.metric, episode.opened)
    why = (
        ("holidays" if opening in channel.in_holidays else "summary") if opening in channel.unpushed else None
    )
    told = _told(code, episode, channel, t)
    return f"{told} {t.plain(f'replay.aside.{why}')}" if why else told


def _told(code: str, episode: Episode, channel: ReplayedChannel, t: Translator) -> str:
    return t.plain(
        code,
        metric=t.plain(f"replay.metric.{quantity(episode.metric, episode.basis)}"),
        state=t.plain(f"replay.state.{episode.state}"),
        opened=t.date(episode.opened, year=True),
        closed="" if episode.closed is None else t.date(episode.closed, year=True),
        change=t.percent(-episode.drop_percent),
        deepest=_deepest(episode, channel, t),
        posts=t.plural("replay.posts", episode.n),
    )


def _deepest(episode: Episode, channel: ReplayedChannel, t: Translator) -> str:
    change = t.percent(-episode.deepest_percent)
    is_floored = (episode.metric, episode.opened) in channel.floored
    return t.plain("replay.deeper", change=change) if is_floored else change


def _common(shift: CommonShift, t: Translator) -> str:
    return t.plain(
        "replay.common",
        on=t.date(shift.on, year=True),
        metric=t.plain(f"replay.metric.{shift.metric}"),
        change=t.percent(-shift.drop_percent, signed=True),
        channels=t.plural("replay.channels", shift.channels),
    )
