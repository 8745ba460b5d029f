"""The best and the weakest posts in words: what leads and by how much; why, how surely and who trails in the fold."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from bot.answers import links
from bot.answers.lines import deleted_titles
from bot.answers.reposts import post_lines
from bot.answers.spans import period_words
from bot.answers.wording import MESSAGE_UNITS, dividend, laid_out, shortened
from bot.core.locales import Html, Translator
from bot.core.parsing.rankings import MOST_SHOWN, SHOWN
from bot.features.top.request import TopRequest
from metrics.periods import local_date
from metrics.ranking.posts import RankedPost, Top
from metrics.ranking.reasons import DISTANCES, DOUBTS
from metrics.reposts import counts_by_post

TITLE_CHARS, POST_TITLE_CHARS = 40, 34
REASONS_SHOWN = 2
AS_USUAL_PERCENT = 10
WITHOUT_COMPONENTS = ("views", "view_rate", "forward_rate", "comment_rate")
OF_ONE_COUNTER = ("forward_rate", "comment_rate")


def words(found: Top, request: TopRequest, t: Translator) -> str:
    asked = request.engagement
    heading = t(
        "top.heading",
        channel=shortened(asked.title, TITLE_CHARS),
        period=period_words(found.period, asked, t),
    )
    if found.reason is not None:
        return f"{heading}\n\n{_reason(found, t)}"
    best = [_line(place, post, found, request, t) for place, post in enumerate(found.best, start=1)]
    shown = [heading, "", t("top.best"), *best[:SHOWN], _basis(found, t)]
    return laid_out(
        shown, [*best[SHOWN:], *_fewer(found, request, t), *_details(found, request, t)], MESSAGE_UNITS
    )


def _fewer(found: Top, request: TopRequest, t: Translator) -> Iterator[str]:
    """Yields why there are fewer than were asked for."""
    if request.count > SHOWN and len(found.best) < min(request.count, MOST_SHOWN):
        yield t("top.half", posts=t.plural("er.posts", found.n))
    elif request.count > MOST_SHOWN:
        yield t("top.at_most", count=t.number(MOST_SHOWN))


def _reason(found: Top, t: Translator) -> Html:
    if found.reason == "field_absent" and found.by in OF_ONE_COUNTER:
        return t(f"top.reason.{found.by}")
    return t(f"top.reason.{found.reason}")


def _basis(found: Top, t: Translator) -> str:
    posts, usual = t.plural("er.posts", found.n), _value(found.usual, found, t)
    if found.by in WITHOUT_COMPONENTS:
        return t(f"top.basis.{found.by}", usual=usual, posts=posts)
    return t(f"top.basis.{found.by}", components=dividend(found.components, t), usual=usual, posts=posts)


def _line(place: int, post: RankedPost, found: Top, request: TopRequest, t: Translator) -> str:
    return t(
        "top.post",
        place=t.number(place),
        title=_title(post, request, t),
        date=_date(post, request, t),
        value=_value(post.value, found, t),
        usual=_against_usual(post, t),
    )


def _details(found: Top, request: TopRequest, t: Translator) -> Iterator[str]:
    """Yields why the best lead, how surely, and by whom; the weakest too; what to know of the figures."""
    yield t("top.sure")
    for place, post in enumerate(found.best, start=1):
        yield t("top.why", place=t.number(place), why=_why(post, found, t))
        yield from _reposts(post, request, t)
    if found.weakest:
        yield t("top.weakest")
    for place, post in enumerate(found.weakest, start=1):
        yield f"{_line(place, post, found, request, t)} · {_why(post, found, t)}"
        yield from _reposts(post, request, t)
    yield from _notes(found, request, t)


def _why(post: RankedPost, found: Top, t: Translator) -> Html:
    """Returns why: «больше репостов, 2,9–4,6 %»."""
    told = [code for code in post.reasons if code in DISTANCES][:REASONS_SHOWN]
    told += [code for code in post.reasons if code in DOUBTS]
    low, high = (_value(edge, found, t) for edge in (post.low, post.high))
    return Html(", ".join([*_listed(told, t), f"{low.removesuffix(t.percent_sign)}–{high}"]))


def _listed(codes: Sequence[str], t: Translator) -> list[str]:
    return [t(f"top.why.{code}") for code in codes]


def _reposts(post: RankedPost, request: TopRequest, t: Translator) -> Iterator[str]:
    """Yields who brought readers to it."""
    mine = [one for one in request.reposts if one.external_id == post.external_id]
    if mine:
        asked = request.engagement
        counts = counts_by_post([*asked.readings, *asked.posts], {post.external_id})
        told = post_lines(mine, counts.get(post.external_id, []), t)
        yield from (t("top.brought", line=line) for line in told)


def _title(post: RankedPost, request: TopRequest, t: Translator) -> Html:
    shown = escape(
        shortened(post.title.strip(), POST_TITLE_CHARS)
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


def _value(number: float | None, found: Top, t: Translator) -> str:
    return t.number(number) if found.by == "views" else t.percent(number)


def _against_usual(post: RankedPost, t: Translator) -> str:
    percent = 100 * (post.times_usual - 1)
    if abs(percent) < AS_USUAL_PERCENT:
        return t("top.as_usual")
    key = "top.above_usual" if percent > 0 else "top.below_usual"
    return t(key, percent=t.number(abs(percent)))


def _notes(found: Top, request: TopRequest, t: Translator) -> Iterator[str]:
    yield t("top.how")
    if found.young:
        yield t("top.young", posts=t.plural("er.posts", found.young))
    if request.deleted:
        posts = t.plural("er.posts", len(request.deleted))
        yield t("answers.deleted", posts=posts, titles=deleted_titles(request.deleted, t))
