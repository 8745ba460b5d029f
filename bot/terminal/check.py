"""`otklik check`: the evidence of a fake audience in files, and what an ad would cost."""

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.answers.wording import plain
from bot.core.locales import Translator, translator
from bot.core.parsing.amounts import Amount
from bot.features.check.asked import read_price
from bot.features.check.words import lines
from bot.terminal.inputs import channel_title, newest_moment, read_history, typed_subscribers
from bot.terminal.talk import progress, read_moment, read_zone, refuse, show_json, speaker
from metrics.audit import Audit, check_channel
from metrics.audit.json_shape import channel_json
from metrics.audit.limits import DAILY_GAP_S
from metrics.audit.price import NORMS, Norm
from metrics.errors import DomainError
from metrics.frame import audience_table, table
from metrics.posts import AudienceReading
from storage.files.upload.sinks import HistorySink
from storage.files.upload.understood import FoundChannel, Understood

SAME_POSTS = 5  # that make two tables those of one channel


@dataclass(frozen=True, slots=True)
class _Question:
    as_of: int
    zone: ZoneInfo
    typed: AudienceReading | None
    price: Amount | None
    norm: Norm | None


def check(
    files: Sequence[Path],
    *,
    subscribers: str | None,
    price: str | None,
    topic: str | None,
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
        typed, paid, norm = (
            typed_subscribers(subscribers),
            None if price is None else read_price(price),
            _norm(topic),
        )
        with progress(t.plain("cli.reading")):
            understood, sink = read_history(files, zone, asked_moment)
            moment = newest_moment(sink, time.time()) if asked_moment is None else asked_moment
            question = _Question(moment, where, typed, paid, norm)
            checked = list(_checked(understood, sink, question))
    except DomainError as error:
        return refuse(error, t, as_json=as_json)
    if as_json:
        show_json({"channels": [channel_json(found, name) for name, found in checked]})
    else:
        _tell(checked, paid.value if paid else None, where, t)
    return 0


def _checked(understood: Understood, sink: HistorySink, question: _Question) -> Iterator[tuple[str, Audit]]:
    """Yields an audit for each channel that has posts. Raises DomainError("file.no_posts") where none has."""
    with_posts = [found.channel for found in understood.channels if sink.readings(found.channel.key)]
    if not with_posts:
        raise DomainError("file.no_posts")
    for same in one_channel(with_posts, sink):
        channel, keys = same[0], [one.key for one in same]
        audience = _audience([row for key in keys for row in sink.audience(key)], question)
        checked = check_channel(
            table([row for key in keys for row in sink.readings(key)]),
            audience_table(audience),
            zone=question.zone,
            as_of=question.as_of,
            platform=channel.platform,
            posts=table(sink.posts(channel.key)) if len(keys) == 1 else None,
            price_asked=question.price.value if question.price else None,
            currency=question.price.currency if question.price else None,
            norm=question.norm,
        )
        yield channel_title(channel, understood), checked


def one_channel(channels: Sequence[FoundChannel], sink: HistorySink) -> list[list[FoundChannel]]:
    """Returns tables keyed by id and by name of one channel, together: the named one first."""
    groups: list[list[FoundChannel]] = []
    for channel in sorted(channels, key=_is_numbered):
        same = next((group for group in groups if _is_same(group[0], channel, sink)), None)
        if same is None:
            groups.append([channel])
        else:
            same.append(channel)
    return groups


def _is_numbered(channel: FoundChannel) -> bool:
    """Tells whether a channel is known by its id alone, as an id or where a name would stand."""
    known_by = channel.external_id or channel.name or ""
    return channel.handle is None and known_by.lstrip("-").isdecimal()


def _is_same(named: FoundChannel, other: FoundChannel, sink: HistorySink) -> bool:
    """Tells whether one is known by name alone, one by id alone, and most of their posts are the same."""
    by_both = named.external_id is None and not _is_numbered(named) and _is_numbered(other)
    if not by_both or named.platform != other.platform:
        return False
    first, second = (
        {(row.external_id, row.published_at // 60) for row in sink.readings(one.key)}
        for one in (named, other)
    )
    return 2 * len(first & second) > min(len(first), len(second)) and len(first & second) >= SAME_POSTS


def _audience(read: list[AudienceReading], question: _Question) -> list[AudienceReading]:
    """Returns the audience, with the typed count where the files' own is not of that day.

    Two sources side by side would look like a jump.
    """
    known = any(abs(reading.observed_at - question.as_of) <= DAILY_GAP_S for reading in read)
    if question.typed is None or known:
        return read
    return [*read, question.typed._replace(observed_at=question.as_of)]


def _norm(topic: str | None) -> Norm | None:
    """Returns the usual CPM of a topic, or None. Raises DomainError("check.topic")."""
    if topic is None:
        return None
    if topic not in NORMS:
        raise DomainError("check.topic", topic=topic[:40], known=", ".join(NORMS))
    return NORMS[topic]


def _tell(checked: Sequence[tuple[str, Audit]], price: float | None, zone: ZoneInfo, t: Translator) -> None:
    told = ("\n".join(lines(found, name, price, zone, t)) for name, found in checked)
    sys.stdout.write(plain("\n\n".join(told)) + "\n")
