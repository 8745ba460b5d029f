"""The best and the weakest posts in words: what, how much, against what, why."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from bot.answers import links
from bot.answers.lines import deleted_titles
from bot.answers.reposts import post_lines
from bot.answers.spans import period_words
from bot.answers.wording import shortened, sum_of
from bot.core.locales import Html, Translator
from bot.core.locales.translator import NBSP
from bot.features.top.request import TopRequest
from metrics.periods import local_date
from metrics.ranking.posts import RankedPost, Top
from metrics.ranking.reasons import DISTANCES, DOUBTS
from metrics.reposts import counts_by_post

TITLE_CHARS = 50
REASONS_SHOWN = 2
AS_USUAL_PERCENT = 10


def words(found: Top, request: TopRequest, t: Translator) -> str:
    asked = request.engagement
    heading = t(
        "top.heading",
        channel=shortened(asked.title, TITLE_CHARS),
        period=period_words(found.period, asked, t),
    )
    if found.reason is not None:
        return f"{heading}\n\n{t(f'top.reason.{found.reason}')}"
    return "\n".join([heading, _basis(found, t), *_lists(found, request, t), "", *_notes(found, request, t)])


def _basis(found: Top, t: Translator) -> str:
    posts = t.plural("er.posts", found.n)
    if found.by == "views":
        return t("top.basis.views", usual=t.number(found.usual), posts=posts)
    return t(
        f"top.basis.{found.by}",
        components=sum_of(found.components, t),
        usual=t.percent(found.usual),
        posts=posts,
    )


def _lists(found: Top, request: TopRequest, t: Translator) -> Iterator[str]:
    for key, ranked in (("top.best", found.best), ("top.weakest", found.weakest)):
        if ranked:
            yield ""
            yield t(key)
        for place, post in enumerate(ranked, start=1):
            yield _line(place, post, found, request, t)
            yield from _reposts(post, request, t)


def _line(place: int, post: RankedPost, found: Top, request: TopRequest, t: Translator) -> str:
    value, low, high = (_value(number, found, t) for number in (post.value, post.low, post.high))
    line = t(
        "top.post",
        place=t.number(place),
        title=_title(post, request, t),
        date=_date(post, request, t),
        value=value,
        interval=f"({low.removesuffix(f'{NBSP}%')}–{high.removesuffix(f'{NBSP}%')})",
        usual=_against_usual(post, t),
    )
    return f"{line}{_because(post, t)}"


def _reposts(post: RankedPost, request: TopRequest, t: Translator) -> Iterator[str]:
    """Who brought readers to it."""
    mine = [one for one in request.reposts if one.external_id == post.external_id]
    if mine:
        asked = request.engagement
        counts = counts_by_post([*asked.readings, *asked.posts], {post.external_id})
        told = post_lines(mine, counts.get(post.external_id, []), t)
        yield from (t("top.brought", line=line) for line in told)


def _title(post: RankedPost, request: TopRequest, t: Translator) -> Html:
    shown = escape(
        shortened(post.title.strip(), TITLE_CHARS)
        if post.title and post.title.strip()
        else t.plain("top.untitled", id=post.external_id[-12:]),
        quote=False,
    )
    link = links.address_of(post.link, request.engagement.platform, request.handle, post.external_id)
    return Html(f'<a href="{escape(link)}">{shown}</a>' if link else shown)


def _date(post: RankedPost, request: TopRequest, t: Translator) -> str:
    zone = ZoneInfo(request.engagement.zone)
    day = datetime.fromtimestamp(post.published_at, zone).date()
    return t.date(day, year=day.year != local_date(request.engagement.as_of, zone).year)


def _value(number: float, found: Top, t: Translator) -> str:
    return t.number(number) if found.by == "views" else t.percent(number)


def _against_usual(post: RankedPost, t: Translator) -> str:
    percent = 100 * (post.times_usual - 1)
    if abs(percent) < AS_USUAL_PERCENT:
        return t("top.as_usual")
    key = "top.above_usual" if percent > 0 else "top.below_usual"
    return t(key, percent=t.number(abs(percent)))


def _because(post: RankedPost, t: Translator) -> str:
    told = [code for code in post.reasons if code in DISTANCES][:REASONS_SHOWN]
    told += [code for code in post.reasons if code in DOUBTS]
    return f": {_listed(told, t)}" if told else ""


def _listed(codes: Sequence[str], t: Translator) -> str:
    return ", ".join(t(f"top.why.{code}") for code in codes)


def _notes(found: Top, request: TopRequest, t: Translator) -> Iterator[str]:
    yield t("top.how")
    if found.young:
        yield t("top.young", posts=t.plural("er.posts", found.young))
    if request.deleted:
        posts = t.plural("er.posts", len(request.deleted))
        yield t("answers.deleted", posts=posts, titles=deleted_titles(request.deleted, t))
