"""Channels of others in a summary: a post that went far beyond their usual, posts they deleted. Never in one's own figures."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.answers.lines import deleted_titles
from bot.answers.links import address_of
from bot.answers.tables import tables_of
from bot.answers.wording import shortened
from bot.core.locales import Html, Translator
from bot.features.summaries.request import RIVAL_DAYS, DigestRequest, Rival
from metrics import periods
from metrics.breakouts import breakouts

TITLE_CHARS, POST_CHARS = 26, 40
BREAKOUTS_SHOWN = 1  # of a channel


def rival_lines(request: DigestRequest, t: Translator) -> list[str]:
    """The part of the summary with its heading; empty where nothing is to be told of them."""
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
    """Of the days told; of a day those of the day before, which are 24 hours old by now."""
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
