"""The words of a summary: as much of every channel as fits under a picture, the most wanted first."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from operator import itemgetter
from zoneinfo import ZoneInfo

from bot.answers.lines import deleted_titles
from bot.answers.links import address_of
from bot.answers.spans import span_words
from bot.answers.tables import tables_of
from bot.answers.wording import CAPTION_UNITS, arrow, fitting, laid_out, shortened, units
from bot.core.locales import Html, Translator
from bot.features.summaries.channel_words import (
    channel_line,
    channel_lines,
    details,
    drops,
    main_lines,
    mover,
)
from bot.features.summaries.figures import Figures
from bot.features.summaries.request import RIVAL_DAYS, DigestRequest, Rival
from metrics import periods
from metrics.breakouts import breakouts

LISTED = 12  # channels of one picture; of more only those that moved are told
WEEK_DAYS = 7
MOVERS = 4  # a direction
HEADED = 2  # lines: a heading and something under it
DROPS = 5  # the line about the table must not be pushed out

Level = Callable[[Figures, DigestRequest, Translator], list[str]]
DETAILED = (channel_lines, main_lines)


def caption(told: Sequence[Figures], request: DigestRequest, t: Translator) -> str:
    """Returns HTML of at most CAPTION_UNITS after entities; the richest telling that fits whole.

    Channels of others come last, in the fold, as far as there is room.
    """
    told = sorted(told, key=lambda one: not one.is_known)  # who waits for a file has no news
    shown, left_out = _own(told, request, t)
    own = laid_out(shown, left_out, CAPTION_UNITS)
    others = fitting(rival_lines(request, t), CAPTION_UNITS - units(own) - 2)
    if len(others) < HEADED:
        return own
    return laid_out(shown, [*left_out, *others], CAPTION_UNITS)


def _own(told: Sequence[Figures], request: DigestRequest, t: Translator) -> tuple[list[str], list[str]]:
    """Returns lines by what is wanted most, and what those left out."""
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
    """Returns what the lines left out, of as many channels as it fits whole."""
    kept: list[str] = []
    for one in told:
        block = details(one, request, t)
        if units("\n".join([*kept, *block])) > room:
            break
        kept += block
    return kept


def _levels(channels: int) -> tuple[Level, ...]:
    """Returns the levels of detail, from everything to a line each."""
    return (channel_lines,) if channels == 1 else (channel_lines, main_lines, _short, _shorter)


def _paragraphs(
    told: Sequence[Figures], level: Level, request: DigestRequest, t: Translator
) -> Iterator[str]:
    """Yields paragraphs, with a blank line between channels that take several lines each."""
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
    """Yields open drops, then those that surely moved most; all channels are rows of the table beside."""
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
    """Returns what its drops cost, by the views of a usual post."""
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


TITLE_CHARS, POST_CHARS = 26, 40
BREAKOUTS_SHOWN = 1  # of a channel


def rival_lines(request: DigestRequest, t: Translator) -> list[str]:
    """Returns the part of the summary with its heading; empty where nothing is to be told of them."""
    lines = [line for rival in request.rivals for line in _lines(rival, request, t)]
    return [t("digest.rivals"), *lines] if lines else []


def _lines(rival: Rival, request: DigestRequest, t: Translator) -> Iterator[str]:
    title = shortened(rival.title, TITLE_CHARS)
    for post in _broken_out(rival, request, t):
        yield t("digest.rival_post", channel=title, post=post)
    if rival.deleted:
        posts = t.number(len(rival.deleted))
        yield t("digest.rival_deleted", channel=title, posts=posts, titles=deleted_titles(rival.deleted, t))


def _broken_out(rival: Rival, request: DigestRequest, t: Translator) -> Iterator[Html]:
    """Yields breakouts of the days told.

    Of a day they are those of the day before, which are 24 hours old by now.
    """
    zone = ZoneInfo(request.zone)
    back = timedelta(days=1 if request.frequency == "daily" else 0)
    told = periods.dates(request.first - back, request.last - back, zone)
    tables = tables_of(
        rival.posts, rival.readings, (), platform=rival.platform, zone=request.zone, as_of=request.as_of
    )
    usual = periods.dates(min(told.first, told.last - timedelta(days=RIVAL_DAYS - 2)), told.last, zone)
    by_id = {post.external_id: post for post in rival.posts}
    found = [
        one
        for one in breakouts(tables.scope(usual), tables.posts)
        if told.start_unix <= one.published_at < told.end_unix and one.external_id in by_id
    ]
    for one in found[:BREAKOUTS_SHOWN]:
        post = by_id[one.external_id]
        name = shortened(post.title or t.plain("top.untitled", id=one.external_id[-12:]), POST_CHARS)
        facts = t.plain("digest.rival_times", times=t.number(one.times, 1))
        link = address_of(post.link, rival.platform, rival.handle, post.external_id)
        if link is None:
            yield t("digest.post", title=name, facts=facts)
        else:
            yield t("digest.post_link", title=name, link=link, facts=facts)
