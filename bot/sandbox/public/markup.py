"""The markup of public pages, after the real ones: since 2022 («subscribers», custom emoji) and before («members»)."""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape

from bot.sandbox.chats import Chat
from bot.sandbox.public.content import PagePost

CHANNEL_BASE = -(10**12)


def preview(chat: Chat, posts: Sequence[PagePost], *, older: int | None, now: int) -> str:
    name = escape(chat.username or "")
    more = (
        f'<div class="tgme_widget_message_centered js-messages_more_wrap"><a href="/s/{name}?before={older}"'
        f' class="tme_messages_more js-messages_more" data-before="{older}"></a></div>'
        if older
        else ""
    )
    wraps = "".join(_wrap(chat, post, now) for post in posts)
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{escape(chat.title)} – Telegram</title></head>'
        f'<body class="widget_frame_base tgme_webpreview"><section class="tgme_channel_info">'
        f'<div class="tgme_channel_info_header"><div class="tgme_channel_info_header_title"><span dir="auto">'
        f'{escape(chat.title)}</span></div><div class="tgme_channel_info_header_username"><a>@{name}</a></div></div>'
        f'<div class="tgme_channel_info_counters"><div class="tgme_channel_info_counter"><span class="counter_value">'
        f'{short(chat.count())}</span> <span class="counter_type">{_people(chat)}</span></div></div></section>'
        f'<section class="tgme_channel_history js-message_history">{more}{wraps}</section></body></html>'
    )


def landing(title: str | None, extra: str, *, name: str, has_preview: bool = False) -> str:
    """Returns the page `t.me/NAME`: whose name it is; without a title nobody's."""
    link = f'<a class="tgme_page_context_link" href="/s/{name}">Preview channel</a>' if has_preview else ""
    shown = f'<div class="tgme_page_title"><span dir="auto">{escape(title)}</span></div>' if title else ""
    counted = f'<div class="tgme_page_extra">{escape(extra)}</div>' if extra else ""
    return (
        f'<!DOCTYPE html>\n<html><head><title>Telegram: Contact @{name}</title></head><body><div class="tgme_page">'
        f"{shown}{counted}{link}</div></body></html>"
    )


def audience_of(chat: Chat) -> str:
    count = f"{chat.count():,}".replace(",", " ")
    if chat.type == "channel":
        return f"{count} {_people(chat)}"
    return f"{count} members, {max(1, chat.count() // 20)} online"


def short(count: int) -> str:
    """Returns a counter as Telegram cuts it off: 505.9K, 8.67M."""
    for unit, size, digits in (("M", 10**6, 2), ("K", 10**3, 1)):
        if count >= size:
            cut = count * 10**digits // size / 10**digits
            return f"{cut:g}{unit}"
    return str(count)


def _people(chat: Chat) -> str:
    if chat.page.is_old:
        return "members"
    return "subscriber" if chat.count() == 1 else "subscribers"


def _wrap(chat: Chat, post: PagePost, now: int) -> str:
    kind = " service_message" if post.is_service else ""
    packed = base64.urlsafe_b64encode(
        json.dumps({"c": chat.id - CHANNEL_BASE, "p": post.id, "t": now, "h": "0"}).encode()
    ).decode()
    reference = f"{escape(chat.username or '')}/{post.id}"
    opening = f'tgme_widget_message{kind} js-widget_message" data-post="{reference}" data-view="{packed}">'
    parts = [
        f'<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="{opening}',
        _forwarded(post),
        _pictures(post),
    ]
    if post.text:
        parts.append(
            f'<div class="tgme_widget_message_text js-message_text" dir="auto">{escape(post.text)}</div>'
        )
    if not chat.page.is_old:
        parts.append(_reactions(post.reactions))
    parts += [_meta(chat, post), "</div></div>"]
    return "".join(parts)


def _forwarded(post: PagePost) -> str:
    if post.forwarded_from is None:
        return ""
    return (
        '<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from '
        f'<a class="tgme_widget_message_forwarded_from_name">{escape(post.forwarded_from)}</a></div>'
    )


def _pictures(post: PagePost) -> str:
    picture = '<a class="tgme_widget_message_photo_wrap"></a>'
    if post.photos > 1:
        return f'<div class="tgme_widget_message_grouped_wrap">{picture * post.photos}</div>'
    return picture * post.photos


def _reactions(totals: Mapping[str, int]) -> str:
    shown = "".join(_reaction(name, count) for name, count in totals.items() if count)
    return f'<div class="tgme_widget_message_reactions js-message_reactions">{shown}</div>' if shown else ""


def _reaction(name: str, count: int) -> str:
    if name == "paid":
        return (
            '<span class="tgme_reaction tgme_reaction_paid"><i class="icon icon-telegram-stars"></i>'
            f"{short(count)}</span>"
        )
    glyph = (
        f'<tg-emoji emoji-id="{name}"></tg-emoji>'
        if name.isdecimal()
        else f'<i class="emoji"><b>{name}</b></i>'
    )
    return f'<span class="tgme_reaction">{glyph}{short(count)}</span>'


def _meta(chat: Chat, post: PagePost) -> str:
    moment = datetime.fromtimestamp(post.published_at, UTC).isoformat()
    views = (
        ""
        if post.views is None or post.is_service
        else f'<span class="tgme_widget_message_views">{short(post.views)}</span>'
    )
    edited = "edited " if post.is_edited else ""
    return (
        f'<div class="tgme_widget_message_footer"><div class="tgme_widget_message_info">{views}'
        f'<span class="tgme_widget_message_meta">{edited}<a class="tgme_widget_message_date"'
        f' href="https://t.me/{escape(chat.username or "")}/{post.id}"><time datetime="{moment}" class="time">'
        "</time></a></span></div></div>"
    )
