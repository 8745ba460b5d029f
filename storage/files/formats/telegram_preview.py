"""The public page `t.me/s/NAME`, saved as HTML. Counters over a thousand are rounded (505.9K); an album is one wrap.

`data-view` of every post carries the channel's id and the second the page was made: an exact reading.
Reactions come as unicode, as `tg-emoji` without a glyph, and as paid stars, which are counted apart.
"""

import base64
import binascii
import json
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from metrics.errors import DomainError
from metrics.posts import AudienceReading, Post
from storage.files.assemble import fill_absent
from storage.files.contents import Page
from storage.files.dates import read_dates
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.notes import Notes
from storage.files.numbers import Count, joint_step, read_count
from storage.files.texts import read_text

_AUDIENCE = ("subscriber", "member", "подписчик")


def recognise(page: Page) -> Recognition | None:
    if "tgme_channel_info" in page.text or "tgme_widget_message" in page.text:
        return Recognition(0.97, "tgme_channel_info or a widget message")
    return None


def read(source: Page, notes: Notes) -> list[Part]:
    """Raises DomainError("file.no_posts") for a page with neither posts nor an audience."""
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
    part.posts = _read_posts(wraps, made, notes)
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
    """(second the page was made, channel id without its sign) from the first readable `data-view`."""
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
            count = read_count(value.text())
            return [AudienceReading(at, count.value, count.step)] if count.value is not None else []
    return []


def _read_posts(wraps: list[LexborNode], made: int | None, notes: Notes) -> list[Post]:
    times = [
        wrap.css_first(".tgme_widget_message_date time[datetime]") or wrap.css_first("time[datetime]")
        for wrap in wraps
    ]
    published = (
        read_dates(
            [time.attributes.get("datetime") if time else None for time in times], notes.zone, name="datetime"
        ).values
        if wraps
        else []
    )
    kept = [(wrap, at) for wrap, at in zip(wraps, published, strict=True) if at is not None]
    notes.skip("bad_date", count=len(wraps) - len(kept))
    moments = [at for _, at in kept]
    counted = [_reactions(wrap) for wrap, _ in kept]
    likes = fill_absent([plain.value for plain, _ in counted], moments)
    stars = fill_absent([paid.value for _, paid in counted], moments)
    observed = made if made is not None else notes.observed(max(moments, default=0))
    posts = []
    for (wrap, at), (plain, paid), like, star in zip(kept, counted, likes, stars, strict=True):
        node = wrap.css_first(".tgme_widget_message_views")
        views = read_count(node.text()) if node else Count(None)
        steps = {"views": views.step, "reactions": plain.step, "stars": paid.step}
        posts.append(
            _post(
                wrap,
                at,
                observed,
                made is not None,
                {"views": views.value, "reactions": like, "stars": star},
                steps,
            )
        )
    return posts


def _reactions(wrap: LexborNode) -> tuple[Count, Count]:
    """(emoji of both kinds, paid stars)."""
    plain: list[Count] = []
    paid: list[Count] = []
    for node in wrap.css(".tgme_reaction"):
        count = read_count(node.text(deep=False))
        target = paid if "tgme_reaction_paid" in (node.attributes.get("class") or "") else plain
        target.append(count)
    return _sum(plain, none_is_zero=bool(paid)), _sum(paid, none_is_zero=False)


def _sum(counts: list[Count], *, none_is_zero: bool) -> Count:
    if not counts:
        return Count(0 if none_is_zero else None)
    return Count(sum(count.value or 0 for count in counts), joint_step([count.step for count in counts]))


def _post(
    wrap: LexborNode,
    at: int,
    observed: int,
    exact: bool,
    counts: dict[str, int | None],
    steps: dict[str, int],
) -> Post:
    reference = wrap.attributes.get("data-post") or ""
    text = wrap.css_first(".tgme_widget_message_text.js-message_text") or wrap.css_first(
        ".tgme_widget_message_text"
    )
    facts = read_text(text.text(separator="") if text else "")
    values: dict[str, Any] = dict.fromkeys(Post._fields)
    values.update(counts)
    values.update(
        external_id=reference.rpartition("/")[2],
        published_at=at,
        observed_at=observed,
        observed_exact=exact,
        time_known=True,
        format=_kind(wrap, has_text=text is not None),
        text_length=facts.length,
        hashtags=facts.hashtags,
        is_ad=facts.is_ad or wrap.css_first("a[href*='erid=']") is not None,
        is_forwarded=wrap.css_first(".tgme_widget_message_forwarded_from") is not None,
        title=facts.title,
        link=f"https://t.me/{reference}",
        steps=" ".join(f"{name}:{step}" for name, step in steps.items() if step) or None,
    )
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


def _kind(wrap: LexborNode, *, has_text: bool) -> str:
    return next(
        (kind for selector, kind in _KINDS if wrap.css_first(selector)), "text" if has_text else "other"
    )


FORMAT = Format("telegram_preview", "html", recognise, read)
