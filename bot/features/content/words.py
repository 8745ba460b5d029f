"""The words of `/content`: what really differs, what does not, and the figures of each group."""

from collections.abc import Iterator, Sequence
from functools import partial

from bot.answers.compared import counted, lines, sure, told
from bot.answers.request import EngagementRequest, resolve
from bot.answers.spans import period_words
from bot.answers.wording import CAPTION_UNITS, TITLE_CHARS, fitting, folded_in, shortened, units
from bot.core.locales import Translator
from metrics.content import WEEKDAYS, Content
from metrics.groups import CLAIM_POSTS, Group
from metrics.periods import zone_of

PARTS = ("format", "text_length", "hashtag", "advertising", "weekday")  # those that a channel changes first
COMPARABLE = 2  # groups; one has nothing beside it
SURE_SHOWN = 5
HASHTAG_CHARS = 24


def caption(found: Content, request: EngagementRequest, t: Translator) -> str:
    """Returns HTML of at most CAPTION_UNITS after entities."""
    shown = fitting([*_heading(found, request, t), *_verdict(found, t)], CAPTION_UNITS)
    room = CAPTION_UNITS - units("\n".join(shown)) - 1
    details = folded_in(list(_details(found, t)), room, t("compared.rest"), _headings(t))
    return "\n".join([*shown, details]) if details else "\n".join(shown)


def groups_of(found: Content, part: str) -> Sequence[Group]:
    """Returns the groups; of ads and the others only the ads: the two are each other's rest."""
    groups: Sequence[Group] = getattr(found, part)
    return [one for one in groups if one.key == "ad"] if part == "advertising" else groups


def name_of(part: str, t: Translator, group: Group) -> str:
    if part == "hashtag":
        return f"#{shortened(group.key.removeprefix('#'), HASHTAG_CHARS)}"
    if part == "weekday":
        return t.weekday(WEEKDAYS.index(group.key))
    if part == "format":
        return t.plain(f"export.format.{group.key}")
    return t.plain(f"content.{part}.{group.key}")


def _heading(found: Content, request: EngagementRequest, t: Translator) -> Iterator[str]:
    title = shortened(request.title, TITLE_CHARS)
    yield t("er.heading", channel=title, period=period_words(found.period, request, t))
    if request.asked:
        asked = resolve(request.asked, request.as_of, zone_of(found.period))
        yield t("er.shifted", period=period_words(asked, request, t))
    yield ""


def _verdict(found: Content, t: Translator) -> Iterator[str]:
    """Yields what may be said for sure; then what was looked at and does not differ."""
    posts = t.plural("er.posts", found.n)
    certain = [(part, one) for part in PARTS for one in sure(groups_of(found, part))]
    certain.sort(key=lambda one: -abs(one[1].level.percent or 0))
    looked_at = [part for part in PARTS if _is_comparable(found, part)]
    same = [t.plain(f"content.of.{part}") for part in looked_at if part not in {name for name, _ in certain}]
    if certain:
        yield t("content.differs", posts=posts)
        for part, one in certain[:SURE_SHOWN]:
            yield f"• {told(one, name_of(part, t, one.group), t)}"
        if same:
            yield t("content.same", parts=", ".join(same))
    elif found.n == 0:
        yield t("content.no_posts")
    elif found.n < CLAIM_POSTS:
        yield t("content.too_few", posts=posts, enough=t.number(CLAIM_POSTS))
    elif same:
        yield t("content.nothing", parts=", ".join(same), posts=posts)
    else:
        yield t("content.nothing_to_compare", posts=posts)


def _is_comparable(found: Content, part: str) -> bool:
    return counted(getattr(found, part)) >= COMPARABLE or (part == "hashtag" and counted(found.hashtag) > 0)


def _headings(t: Translator) -> frozenset[str]:
    return frozenset(t(f"content.heading.{part}") for part in PARTS)


def _details(found: Content, t: Translator) -> Iterator[str]:
    yield t("compared.how")
    for part in PARTS:
        shown = list(lines(groups_of(found, part), partial(name_of, part, t), t))
        if shown:
            yield t(f"content.heading.{part}")
            yield from shown
