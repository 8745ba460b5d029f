"""`otklik report`: the answer to `/er` from files alone."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.answers.report import Report
from bot.answers.request import EngagementRequest, last_known, resolve
from bot.answers.wording import plain
from bot.core.locales import Translator, translator
from bot.core.parsing.periods import PeriodChoice, parse_period
from bot.features.engagement.compute import build_report
from bot.terminal.inputs import (
    channel_title,
    newest_moment,
    read_history,
    typed_hints,
    typed_subscribers,
)
from bot.terminal.talk import progress, read_moment, read_zone, refuse, show_json, speaker
from metrics.errors import DomainError
from metrics.frame import audience_table, table
from metrics.json_shape import shape
from metrics.members import ChannelTables, open_members
from metrics.posts import AudienceReading, Post
from metrics.ranking.channels import BY, rank
from metrics.team import team
from storage.files.upload.sinks import HistorySink
from storage.files.upload.understood import Understood


def report(
    files: Sequence[Path],
    *,
    subscribers: str | None,
    period: str,
    as_of: str | None,
    zone: str,
    language: str | None,
    as_json: bool,
    png: Path | None,
    columns: str | None = None,
    day_first: bool | None = None,
) -> int:
    t = translator("en")
    try:
        t = speaker(language)
        where = read_zone(zone)
        asked_moment = read_moment(as_of, where)
        typed = typed_subscribers(subscribers)
        hints = typed_hints(columns, day_first=day_first)
        with progress(t.plain("cli.reading")):
            understood, sink = read_history(files, zone, asked_moment, hints)
            moment = asked_moment if asked_moment is not None else newest_moment(sink, time.time())
            choice = parse_period(period, datetime.fromtimestamp(moment, where).date())
            requests = [
                replace(request, draw=png is not None, detailed=as_json)
                for request in _requests(understood, sink, choice, moment, zone, t, typed)
            ]
            reports = [build_report(request) for request in requests]
            team = team_data(requests, choice, where) if as_json else {}
        _write_pictures(reports, png)
    except DomainError as error:
        return refuse(error, t, as_json=as_json)
    if as_json:
        _show_json(reports, team, moment, where)
    else:
        print("\n\n".join(plain(answer.text) for answer in reports))  # noqa: T201 - this is the command's result
    return 0


def _requests(
    understood: Understood,
    sink: HistorySink,
    choice: PeriodChoice,
    as_of: int,
    zone: str,
    t: Translator,
    typed: AudienceReading | None,
) -> Iterator[EngagementRequest]:
    """Yields a request for each channel with posts. Raises DomainError("file.no_posts") where none has."""
    with_posts = [contents.channel for contents in understood.channels if sink.posts(contents.channel.key)]
    if not with_posts:
        raise DomainError("file.no_posts")
    for channel in with_posts:
        posts = sink.posts(channel.key)
        shifted = last_known(choice, max(post.published_at for post in posts), as_of, zone)
        audience = sink.audience(channel.key)
        yield EngagementRequest(
            title=channel_title(channel, understood),
            platform=channel.platform,
            language=t.language,
            zone=zone,
            as_of=as_of,
            period=shifted or choice,
            posts=posts,
            audience=[*audience, typed._replace(observed_at=as_of)] if typed else audience,
            asked=choice if shifted else None,
            readings=_again(sink.readings(channel.key), posts),
            how_to_tell_subscribers="--subscribers 12500",
        )


def _again(readings: Sequence[Post], posts: Sequence[Post]) -> Sequence[Post]:
    """Returns readings; nothing where each post was read once: the posts say the same."""
    return readings if len(readings) > len(posts) else ()


def _write_pictures(reports: Sequence[Report], png: Path | None) -> None:
    """Writes the pictures; from the second channel's on they carry a number: `er.png`, `er-2.png`.

    Raises DomainError("cli.png").
    """
    drawn = [answer.picture for answer in reports if answer.picture]
    for number, picture in enumerate(drawn, start=1):
        if png is not None:
            path = png if number == 1 else png.with_stem(f"{png.stem}-{number}")
            _write(path, picture)


def _write(path: Path, picture: bytes) -> None:
    try:
        path.write_bytes(picture)
    except OSError as error:
        raise DomainError("cli.png", path=str(path), reason=error.strerror or str(error)) from None


def _show_json(reports: Sequence[Report], team: dict[str, Any], as_of: int, zone: ZoneInfo) -> None:
    channels = [answer.data for answer in reports]
    moment = datetime.fromtimestamp(as_of, UTC).isoformat()
    show_json({"as_of": moment, "zone": zone.key, "channels": channels, "team": team})


def team_data(requests: Sequence[EngagementRequest], asked: PeriodChoice, zone: ZoneInfo) -> dict[str, Any]:
    """Returns the figures of all channels, over the period asked for; there is at least one request.

    A channel's own answer may be of another period.
    """
    as_of = requests[0].as_of
    members = open_members(
        [_tables(request) for request in requests],
        period=resolve(asked, as_of, zone),
        zone=zone,
        as_of=as_of,
    )
    ranking = {by: shape(rank(members, by)) for by in BY}
    return {**shape(team(members)), "ranking": ranking}


def _tables(request: EngagementRequest) -> ChannelTables:
    posts, audience = table(request.posts), audience_table(request.audience)
    readings = table(request.readings) if request.readings else None
    return ChannelTables(request.title, posts, audience, request.platform, readings)
