"""The public page `t.me/s/NAME`, saved as HTML. Counters over a thousand are rounded (505.9K); an album is one wrap.

`data-view` of every post carries the channel's id and the second the page was made: an exact reading.
Reactions come as unicode, as `tg-emoji` without a glyph, and as paid stars, which are counted apart.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from metrics.errors import DomainError
from metrics.posts import AudienceReading, Post
from storage.files.decode.contents import Page
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.formats.telegram_wraps import Wraps, short_count
from storage.files.tables.dates import read_dates
from storage.files.tables.numbers import Count, joint_step
from storage.files.tables.telegram_messages import fill_absent
from storage.files.tables.texts import read_texts
from storage.files.upload.notes import Notes

_NOTHING: dict[str, Any] = {**dict.fromkeys(Post._fields), "time_known": True}
_AUDIENCE = ("subscriber", "member", "подписчик")


class _Facts(NamedTuple):
    """Holds what a page tells of a post, by the names of a post's columns."""

    format: str
    text_length: int
    hashtags: str | None
    is_ad: bool
    is_forwarded: bool
    title: str | None


def recognise(page: Page) -> Recognition | None:
    if "tgme_channel_info" in page.text or "tgme_widget_message" in page.text:
        return Recognition(0.97, "tgme_channel_info or a widget message")
    return None


def read(source: Page, notes: Notes) -> list[Part]:
    """Reads a preview page.

    Raises DomainError("file.no_posts") for a page with neither posts nor an audience.
    """
    page = source.tree
    wraps = []
    for row, node in enumerate(page.css(".tgme_widget_message[data-post]"), 1):
        if "service_message" in (node.attributes.get("class") or ""):
            notes.skip("service", row)
        else:
            wraps.append(node)
    made, identity = _page_facts(wraps or page.css(".tgme_widget_message[data-view]"))
    part = Part(
        channel(
            "telegram",
            name=_text(page, ".tgme_channel_info_header_title"),
            handle=_handle(page, wraps),
            external_id=identity,
        )
    )
    part.posts = _read_posts(source, wraps, made, notes)
    newest = max((post.published_at for post in part.posts), default=0)
    part.audience = read_audience(page, made or notes.as_of or newest or notes.modified or 0)
    if not part.posts and not part.audience:
        raise DomainError("file.no_posts")
    return [part]


def _text(page: LexborHTMLParser, selector: str) -> str | None:
    node = page.css_first(selector)
    return node.text().strip() if node else None


def _handle(page: LexborHTMLParser, wraps: list[LexborNode]) -> str | None:
    named = _text(page, ".tgme_channel_info_header_username")
    return named or ((wraps[0].attributes.get("data-post") or "").partition("/")[0] if wraps else None)


def _page_facts(nodes: list[LexborNode]) -> tuple[int | None, str | None]:
    """Returns (second the page was made, channel id without its sign) from the first readable `data-view`."""
    for node in nodes:
        packed = (node.attributes.get("data-view") or "").strip()
        try:
            facts = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
        except (binascii.Error, ValueError):
            continue
        if isinstance(facts, dict) and isinstance(facts.get("t"), int):
            return facts["t"], str(facts["c"]).lstrip("-") if facts.get("c") else None
    return None, None


def read_audience(page: LexborHTMLParser, at: int) -> list[AudienceReading]:
    for counter in page.css(".tgme_channel_info_counter"):
        value, kind = counter.css_first(".counter_value"), counter.css_first(".counter_type")
        if value and kind and kind.text().strip().casefold().startswith(_AUDIENCE):
            count = short_count(value.text())
            return [AudienceReading(at, count.value, count.step)] if count.value is not None else []
    return []


def _read_posts(page: Page, wraps: list[LexborNode], made: int | None, notes: Notes) -> list[Post]:
    found = Wraps(page, wraps)
    times = found.first(".tgme_widget_message_date time[datetime]", ".tgme_widget_message_date")
    others = found.first("time[datetime]", "<time") if len(times) < len(wraps) else {}
    stated = [times.get(place) or others.get(place) for place in range(len(wraps))]
    published = (
        read_dates(
            [time.attributes.get("datetime") if time else None for time in stated],
            notes.zone,
            name="datetime",
        ).values
        if wraps
        else []
    )
    kept = [(place, at) for place, at in enumerate(published) if at is not None]
    notes.skip("bad_date", count=len(wraps) - len(kept))
    moments = [at for _, at in kept]
    reacted = found.all(".tgme_reaction", "tgme_reaction")
    stars_of = found.all(".tgme_reaction_paid", "tgme_reaction_paid")
    counted = [_reactions(reacted.get(place, ()), stars_of.get(place, ())) for place, _ in kept]
    unread = [
        place in reacted and plain.value is None for (place, _), (plain, _) in zip(kept, counted, strict=True)
    ]
    filled = fill_absent([plain.value for plain, _ in counted], moments)
    likes = [None if hidden else like for hidden, like in zip(unread, filled, strict=True)]
    stars = fill_absent([paid.value for _, paid in counted], moments)
    views = found.first(".tgme_widget_message_views", "tgme_widget_message_views")
    facts = _facts(found, len(wraps))
    observed = made if made is not None else notes.observed(max(moments, default=0))
    posts = []
    for (place, at), (plain, paid), like, star in zip(kept, counted, likes, stars, strict=True):
        viewed = short_count(views[place].text()) if place in views else Count(None)
        counts = {"views": viewed.value, "reactions": like, "stars": star}
        steps = {"views": viewed.step, "reactions": plain.step, "stars": paid.step}
        posts.append(_post(facts[place], wraps[place], (at, observed, made is not None), counts, steps))
    return posts


def _reactions(nodes: Sequence[LexborNode], of_stars: Sequence[LexborNode]) -> tuple[Count, Count]:
    """Returns the counts of (emoji of both kinds, paid stars)."""
    paid_ids = {node.mem_id for node in of_stars}
    plain = [short_count(node.text(deep=False)) for node in nodes if node.mem_id not in paid_ids]
    paid = [short_count(node.text(deep=False)) for node in of_stars]
    return _sum(plain, none_is_zero=bool(paid)), _sum(paid, none_is_zero=False)


def _sum(counts: list[Count], *, none_is_zero: bool) -> Count:
    if not counts:
        return Count(0 if none_is_zero else None)
    read = [count.value for count in counts if count.value is not None]
    if not read:  # there are some, and nobody can tell how many
        return Count(None)
    return Count(sum(read), joint_step([count.step for count in counts]))


def _facts(found: Wraps, posts: int) -> list[_Facts]:
    """Returns what every post says of itself, without its counters."""
    shown = found.first(".tgme_widget_message_text.js-message_text", "js-message_text")
    others = (
        found.first(".tgme_widget_message_text", "tgme_widget_message_text") if len(shown) < posts else {}
    )
    texts = [shown.get(place) or others.get(place) for place in range(posts)]
    said = read_texts([text.text(separator="") if text else "" for text in texts])
    with_token = found.first("a[href*='erid=']", "erid=")
    forwarded = found.first(".tgme_widget_message_forwarded_from", "tgme_widget_message_forwarded_from")
    kinds: dict[int, str] = {}
    for selector, kind in reversed(_KINDS):
        kinds |= dict.fromkeys(found.first(selector, selector[1:]), kind)
    return [
        _Facts(
            kinds.get(place, "text" if texts[place] else "other"),
            said.lengths[place],
            said.hashtags[place],
            said.ads[place] or place in with_token,
            place in forwarded,
            said.titles[place],
        )
        for place in range(posts)
    ]


def _post(
    facts: _Facts,
    wrap: LexborNode,
    moment: tuple[int, int, bool],
    counts: dict[str, int | None],
    steps: dict[str, int],
) -> Post:
    """Builds a post. `moment`: published, read, and whether the reading is exact."""
    reference = wrap.attributes.get("data-post") or ""
    rounded = " ".join(f"{name}:{step}" for name, step in steps.items() if step) or None
    values: dict[str, Any] = {**_NOTHING, **counts, **facts._asdict(), "steps": rounded}
    values["external_id"] = reference.rpartition("/")[2]
    values["link"] = f"https://t.me/{reference}"
    values["published_at"], values["observed_at"], values["observed_exact"] = moment
    return Post(**values)


_KINDS = (
    (".tgme_widget_message_grouped_wrap", "album"),
    (".tgme_widget_message_photo_wrap", "photo"),
    (".tgme_widget_message_video_player", "video"),
    (".tgme_widget_message_roundvideo_player", "video"),
    (".tgme_widget_message_poll", "poll"),
    (".tgme_widget_message_voice_player", "voice"),
    (".tgme_widget_message_document_wrap", "file"),
    (".tgme_widget_message_link_preview", "link"),
)


FORMAT = Format("telegram_preview", "html", recognise, read)
