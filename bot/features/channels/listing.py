"""The list of a chat's channels in words and buttons: a page of it, those called so, those put away."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.answers.wording import MESSAGE_UNITS, laid_out
from bot.core.locales import Html, Translator
from bot.core.parsing.names import choose
from bot.features.channels.keyboards import channel_list, page_of, pages_of
from bot.telegram.callbacks import ChannelButton, ChannelsPageButton
from bot.telegram.conversation import Conversation
from bot.telegram.keyboards import CHANNELS_SHOWN, button, label
from metrics.errors import DomainError
from storage.engine import Connection
from storage.workspace import audience, channels, network_progress
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace

Answer = tuple[str, InlineKeyboardMarkup | None]


async def listed(conn: Connection, chat: Conversation, called: str = "", page: int = 0) -> Answer:
    """Returns the list of channels. Raises DomainError("channel.unknown") where none is called so."""
    t, workspace = chat.t, chat.workspace
    every = await channels.visible(conn, workspace.id)
    away = await channels.archived(conn, workspace.id)
    if not every and not away:
        return t("channels.list_empty"), None
    found = _called(every, away, called) if called else every
    page = page % pages_of(found)
    shown = page_of(found, page)
    readers = await channels.readers(conn, workspace.id)
    lines: list[str] = []
    for channel in shown:
        lines.append(await _line(conn, workspace, channel, t))
        if groups := [
            t.plain("answers.quoted", text=str(one.title)) for one in readers if one.channel_id == channel.id
        ]:
            lines.append(t("channels.list_readers", groups=", ".join(groups)))
    heading = [t("channels.list_title"), t("channels.list_next")]
    if len(found) > CHANNELS_SHOWN:
        code = "channels.list_found" if called else "channels.list_search"
        heading.append(t(code, channels=t.number(len(found))))
    markup = channel_list(t, shown, readers, page, pages_of(found), called)
    return laid_out([*heading, "", *lines], (), MESSAGE_UNITS), _with_archive(markup, away, t)


def _called(every: Sequence[Channel], away: Sequence[Channel], name: str) -> Sequence[Channel]:
    """Of those in the lists; where none is called so, of the archive. Raises DomainError("channel.unknown")."""
    try:
        return choose(every, name)
    except DomainError:
        if not away:
            raise
        return choose(away, name)


async def put_away_list(conn: Connection, chat: Conversation) -> Answer:
    """Returns the list of archived channels. Raises DomainError("channel.none_archived")."""
    away = await channels.archived(conn, chat.workspace.id)
    if not away:
        raise DomainError("channel.none_archived")
    rows = [
        [button(label(one), ChannelButton(action="care", channel=one.id))]
        for one in away[: 2 * CHANNELS_SHOWN]
    ]
    return chat.t("channels.archive_title"), InlineKeyboardMarkup(inline_keyboard=rows)


def _with_archive(
    markup: InlineKeyboardMarkup, away: Sequence[Channel], t: Translator
) -> InlineKeyboardMarkup:
    if not away:
        return markup
    text = t.plain("channels.archive_list_button", channels=t.number(len(away)))
    return InlineKeyboardMarkup(
        inline_keyboard=[*markup.inline_keyboard, [button(text, ChannelsPageButton(page=0, archived=True))]]
    )


async def _line(conn: Connection, workspace: Workspace, channel: Channel, t: Translator) -> Html:
    newest = await audience.newest(conn, workspace.id, channel.id)
    progress = await network_progress.get(conn, workspace.id, channel.id)
    facts = []
    if newest:
        facts.append(t("channels.list_subscribers", subscribers=t.subscribers(newest)))
    if channel.posts and channel.observed_at:
        seen = datetime.fromtimestamp(channel.observed_at, ZoneInfo(workspace.zone)).date()
        code = f"networks.posts.{progress.network}" if progress else "er.posts"
        facts += [Html(t.plural(code, channel.posts)), t("channels.list_data_until", date=t.date(seen))]
    else:
        facts.append(t("channels.list_no_posts"))
    if channel.archived_at is not None:
        facts.append(t("channels.list_archived"))
    if progress is not None and progress.refusal is not None:
        facts.append(t("channels.list_closed"))
    return t("channels.list_line", title=channel.title, facts=Html(", ".join(facts)))
