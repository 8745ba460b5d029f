"""Buttons of `/channels`: a page of the list, and what can be done with one channel."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.locales import Translator
from bot.core.parsing.periods import DEFAULT
from bot.telegram.callbacks import (
    ChannelButton,
    ChannelsPageButton,
    EngagementButton,
    MoveButton,
    WithdrawButton,
)
from bot.telegram.keyboards import CHANNELS_SHOWN, LABEL_CHARS, ROWS_SHOWN, button, label
from storage.controls import as_name
from storage.workspace.channels import Channel, Reader
from storage.workspace.workspaces import Workspace

Row = list[InlineKeyboardButton]
CALLED_BYTES = 48  # of the 64 that a button carries


def channel_list(
    t: Translator,
    shown: Sequence[Channel],
    readers: Sequence[Reader],
    page: int,
    pages: int,
    called: str = "",
) -> InlineKeyboardMarkup:
    """Returns a row a channel: its ER, and what can be done with it; under it a row a group that reads it.

    `called`: the words that the pages were searched by.
    """
    rows: list[Row] = []
    for channel in shown:
        er = EngagementButton(channel=channel.id, period=DEFAULT.code)
        more = button("⚙️", ChannelButton(action="care", channel=channel.id))
        rows.append([button(t.plain("channels.er_button", title=label(channel)), er), more])
        for reader in readers:
            if reader.channel_id == channel.id and len(rows) < ROWS_SHOWN:
                text = t.plain("channels.withdraw_button", group=reader.title[:40])
                rows.append([button(text, WithdrawButton(channel=channel.id, reader=reader.workspace_id))])
    if pages > 1:
        rows.append(_pages(t, page, pages, _carried(called)))
    return InlineKeyboardMarkup(inline_keyboard=rows)


def pages_of(listed: Sequence[Channel]) -> int:
    return max(1, -(-len(listed) // CHANNELS_SHOWN))


def page_of(listed: Sequence[Channel], page: int) -> Sequence[Channel]:
    return listed[page * CHANNELS_SHOWN : (page + 1) * CHANNELS_SHOWN]


def care(t: Translator, channel: Channel) -> InlineKeyboardMarkup:
    """Returns what can be done with a channel; with one that another chat shows here, only its removal."""
    rows: list[Row] = []
    if channel.level == "own":
        way = "restore" if channel.archived_at else "archive"
        rows += [
            [button(t.plain("channels.rename_button"), ChannelButton(action="rename", channel=channel.id))],
            [button(t.plain("channels.move_button"), ChannelButton(action="move", channel=channel.id))],
            [button(t.plain(f"channels.{way}_button"), ChannelButton(action=way, channel=channel.id))],
        ]
    rows.append(
        [button(t.plain("channels.bin_button"), ChannelButton(action="ask_remove", channel=channel.id))]
    )
    return InlineKeyboardMarkup(inline_keyboard=rows)


def places(t: Translator, channel: Channel, among: Sequence[Workspace]) -> InlineKeyboardMarkup:
    """Returns a button a chat to which the channel can go, and one to leave it where it is."""
    rows = [
        [button(place_name(t, one), MoveButton(action="ask", channel=channel.id, to=one.id))] for one in among
    ]
    keep = button(t.plain("channels.keep_button"), ChannelButton(action="keep", channel=channel.id))
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [keep]])


def confirm_move(t: Translator, channel: Channel, to: Workspace) -> InlineKeyboardMarkup:
    move = button(t.plain("channels.move_yes"), MoveButton(action="move", channel=channel.id, to=to.id))
    keep = button(t.plain("channels.keep_button"), ChannelButton(action="keep", channel=channel.id))
    return InlineKeyboardMarkup(inline_keyboard=[[move, keep]])


def way_back(t: Translator, channel: Channel, to: Workspace, *, was_shown: bool) -> InlineKeyboardMarkup:
    back = MoveButton(action="back", channel=channel.id, to=to.id, was_shown=was_shown)
    return InlineKeyboardMarkup(inline_keyboard=[[button(t.plain("channels.move_back_button"), back)]])


def place_name(t: Translator, place: Workspace) -> str:
    """Names a chat to its own admin: their private chat with the bot, or a group by its title."""
    if place.kind == "private":
        return t.plain("channels.move_private")
    title = as_name(place.title or str(place.chat_id))
    return title if len(title) <= LABEL_CHARS else title[: LABEL_CHARS - 1].rstrip() + "…"


def _pages(t: Translator, page: int, pages: int, called: str) -> Row:
    place = t.plain("compare.button.page", page=t.number(page + 1), pages=t.number(pages))
    before, here, after = (
        ChannelsPageButton(page=(page + step) % pages, called=called) for step in (-1, 0, 1)
    )
    return [button("‹", before), button(place, here), button("›", after)]


def _carried(called: str) -> str:
    """Returns as many of the words as a button takes; by fewer of them no channel is missed."""
    whole = " ".join(called.replace(":", " ").split())
    cut = whole.encode()[:CALLED_BYTES].decode(errors="ignore")
    return cut if cut == whole or " " not in cut else cut.rpartition(" ")[0]
