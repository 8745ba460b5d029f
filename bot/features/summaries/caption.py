"""The words of a summary: as much of every channel as fits under a picture, the most wanted first."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from operator import itemgetter

from bot.answers.spans import span_words
from bot.answers.wording import CAPTION_UNITS, arrow, fitting, laid_out, units
from bot.core.locales import Translator
from bot.features.summaries.channel_words import (
    channel_line,
    channel_lines,
    details,
    drops,
    main_lines,
    mover,
)
from bot.features.summaries.figures import Figures
from bot.features.summaries.request import DigestRequest
from bot.features.summaries.rivals import rival_lines

LISTED = 12  # channels of one picture; of more only those that moved are told
WEEK_DAYS = 7
MOVERS = 4  # a direction
HEADED = 2  # lines: a heading and something under it
DROPS = 5  # the line about the table must not be pushed out

Level = Callable[[Figures, DigestRequest, Translator], list[str]]
DETAILED = (channel_lines, main_lines)


def caption(told: Sequence[Figures], request: DigestRequest, t: Translator) -> str:
    """HTML of at most CAPTION_UNITS after entities; the richest telling that fits whole. Channels of others come last, in
    the fold, as far as there is room.
    """
    shown, left_out = _own(told, request, t)
    own = laid_out(shown, left_out, CAPTION_UNITS)
    others = fitting(rival_lines(request, t), CAPTION_UNITS - units(own) - 2)
    if len(others) < HEADED:
        return own
    return laid_out(shown, [*left_out, *others], CAPTION_UNITS)


def _own(told: Sequence[Figures], request: DigestRequest, t: Translator) -> tuple[list[str], list[str]]:
    """Lines by what is wanted most, and what those left out."""
    heading = list(_heading(told, request, t))
    if told and all(one.is_known and one.is_silent for one in told):
        return [*heading, t("digest.silent_all", period=_when(request, t)), *_drops(told, t)], []
    if len(told) > LISTED:
        return [*heading, *_many(told, t)], []
    for level in _levels(len(told)):
        lines = [*heading, *_paragraphs(told, level, request, t)]
        if units("\n".join(lines)) <= CAPTION_UNITS:
            break
    shown = fitting(lines, CAPTION_UNITS)
    room = CAPTION_UNITS - units("\n".join(shown)) - 1
    return shown, [] if level in DETAILED else _left_out(told, request, t, room)


def _left_out(told: Sequence[Figures], request: DigestRequest, t: Translator, room: int) -> list[str]:
    """What the lines left out, of as many channels as it fits whole."""
    kept: list[str] = []
    for one in told:
        block = details(one, request, t)
        if units("\n".join([*kept, *block])) > room:
            break
        kept += block
    return kept


def _levels(channels: int) -> tuple[Level, ...]:
    """From everything to a line each."""
    return (channel_lines,) if channels == 1 else (channel_lines, main_lines, _short, _shorter)


def _paragraphs(
    told: Sequence[Figures], level: Level, request: DigestRequest, t: Translator
) -> Iterator[str]:
    """A blank line between channels that take several lines each."""
    for one in told:
        yield from level(one, request, t)
        if level in DETAILED:
            yield ""


def _short(one: Figures, request: DigestRequest, t: Translator) -> list[str]:
    return [channel_line(one, request, t), *drops(one, t)]


def _shorter(one: Figures, request: DigestRequest, t: Translator) -> list[str]:
    return [channel_line(one, request, t, is_short=True), *drops(one, t)]


def _heading(told: Sequence[Figures], request: DigestRequest, t: Translator) -> Iterator[str]:
    yield t("digest.heading", hashtag=t("digest.hashtag"), period=_period(request, t))
    if request.missed_since:
        yield t("digest.missed", since=t.date(request.missed_since))
    if len(told) > 1 and not all(one.is_silent for one in told):
        posts = sum(one.summary.posts.used for one in told if not one.is_silent)
        views = [one.summary.totals.get("views") for one in told if not one.is_silent]
        known = [count for count in views if count is not None]
        yield t(
            "digest.totals",
            channels=t.plural("replay.channels", len(told)),
            posts=t.plural("er.posts", posts),
            views=t.plural("digest.views", sum(known)) if known else "—",
        )
    yield ""


def _many(told: Sequence[Figures], t: Translator) -> Iterator[str]:
    """Open drops, then those that moved most, surely; every channel is a row of the table that comes along."""
    yield from islice(_drops(sorted(told, key=_lost_views, reverse=True), t), DROPS)
    sure = [(one.change.percent or 0.0, one) for one in told if one.change and arrow(one.change)]
    moved = sorted(sure, key=itemgetter(0))
    for key, group in (
        ("digest.up", [one for percent, one in reversed(moved) if percent > 0]),
        ("digest.down", [one for percent, one in moved if percent < 0]),
    ):
        if group:
            yield t(key)
            yield from (mover(one, t) for one in group[:MOVERS])
    if not moved and not any(one.channel.drops for one in told):
        yield t("digest.nobody_moved")
    yield t("digest.table")


def _lost_views(one: Figures) -> float:
    """What its drops cost, by the views of a usual post."""
    usual = one.series.lines["views_per_post"].average or 0.0
    return max((drop.drop_percent for drop in one.channel.drops), default=0.0) * usual


def _drops(told: Sequence[Figures], t: Translator) -> Iterator[str]:
    for one in told:
        for line in drops(one, t):
            yield t("digest.of_channel", channel=one.channel.title, line=line)


def _period(request: DigestRequest, t: Translator) -> str:
    if request.frequency == "daily":
        year = request.first.year != request.today.year
        return f"{t.weekday(request.first.weekday())}, {t.date(request.first, year=year)}"
    if request.frequency == "monthly":
        return t.month(request.first)
    days = span_words(request.first, request.last, t, request.today)
    is_week = (request.last - request.first).days == WEEK_DAYS - 1
    return t.plain("digest.week", days=days) if is_week else days


def _when(request: DigestRequest, t: Translator) -> str:
    yesterday = request.today - timedelta(days=1)
    if request.frequency == "daily" and request.first == yesterday:
        return t("digest.yesterday")
    return _period(request, t)
