"""Buttons under what is said of a file."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keys.callbacks import ColumnButton, EngagementButton, ImportButton, MorningButton
from bot.keys.keyboards import CHANNELS_SHOWN, LABEL_CHARS, label
from bot.locales import Translator
from bot.reports.columns import day_of
from bot.reports.wording import shortened
from bot.typed.periods import PeriodChoice
from bot.uploads.columns_asked import ANEW, CONFIRM, DAY_FIRST, MONTH_FIRST, NO_SUCH, ORDER, RIGHT, Asking
from bot.uploads.storing import ALL_CHATS
from storage.channels import Channel
from storage.files.upload.understood import ChannelContents
from storage.imports import Import

ANSWERS_SHOWN = 3  # channels with a button of their own under a file that holds many
COLUMNS_SHOWN = 12

Row = list[InlineKeyboardButton]


def after_upload(
    t: Translator,
    upload: Import,
    stored: Sequence[Channel],
    period: PeriodChoice,
    *,
    is_told: bool,
    offer_digest: bool,
) -> InlineKeyboardMarkup:
    """`is_told`: it was read as a person had said, and they may say otherwise."""
    rows = [
        _button(
            t.plain("channels.er_button", title=label(channel)),
            EngagementButton(channel=channel.id, period=period.code),
        )
        for channel in stored[:ANSWERS_SHOWN]
    ]
    if is_told:
        rows.append(
            _button(t.plain("columns.change_button"), ImportButton(action="columns", upload=upload.id))
        )
    if offer_digest:
        rows.append(_button(t.plain("unasked.morning"), MorningButton()))
    return _markup(*rows, _undo(t, upload))


def undo_upload(t: Translator, upload: Import) -> InlineKeyboardMarkup:
    return _markup(_undo(t, upload))


def whose_file(
    t: Translator, upload: Import, candidates: Sequence[Channel], new_title: str
) -> InlineKeyboardMarkup:
    into = [
        _button(label(channel), ImportButton(action="into", upload=upload.id, channel=channel.id))
        for channel in candidates[:CHANNELS_SHOWN]
    ]
    title = t.plain("uploads.new_channel_button", title=shortened(new_title, LABEL_CHARS))
    return _markup(*into, _button(title, ImportButton(action="new", upload=upload.id)), _drop(t, upload))


def which_chat(t: Translator, upload: Import, chats: Sequence[ChannelContents]) -> InlineKeyboardMarkup:
    everything = t.plain("uploads.all_chats_button", count=t.plural("uploads.channels", len(chats)))
    single = [
        _button(_chat_label(t, contents), ImportButton(action="chat", upload=upload.id, channel=place))
        for place, contents in enumerate(chats[:CHANNELS_SHOWN])
    ]
    all_of_them = _button(everything, ImportButton(action="chat", upload=upload.id, channel=ALL_CHATS))
    return _markup(*single, all_of_them, _drop(t, upload))


def columns(t: Translator, upload: Import, asking: Asking) -> InlineKeyboardMarkup:
    """One button a column with a value of it; for dates that may be either, the two days."""
    step = asking.step
    if step == ORDER and asking.dates is not None:
        days = (asking.dates.day_first, DAY_FIRST), (asking.dates.month_first, MONTH_FIRST)
        row = [_answer(day_of(moment, t), upload, ORDER, choice) for moment, choice in days]
        return InlineKeyboardMarkup(inline_keyboard=[row, [_drop(t, upload)]])
    offered = [
        _answer(shortened(f"{one.title} · {one.example}", LABEL_CHARS), upload, step, one.position)
        for one in asking.offered(step)[:COLUMNS_SHOWN]
    ]
    return _markup(*offered, _answer(t.plain("columns.none_button"), upload, step, NO_SUCH), _drop(t, upload))


def confirm_columns(t: Translator, upload: Import, *, readable: bool) -> InlineKeyboardMarkup:
    row = [_answer(t.plain("columns.anew_button"), upload, CONFIRM, ANEW)]
    if readable:
        row.insert(0, _answer(t.plain("columns.right_button"), upload, CONFIRM, RIGHT))
    return InlineKeyboardMarkup(inline_keyboard=[row, [_drop(t, upload)]])


def _chat_label(t: Translator, contents: ChannelContents) -> str:
    name = shortened(contents.channel.name or contents.channel.handle or "—", LABEL_CHARS - 12)
    return f"{name} · {t.plural('uploads.posts', contents.posts)}"


def _undo(t: Translator, upload: Import) -> InlineKeyboardButton:
    return _button(t.plain("uploads.undo_button"), ImportButton(action="undo", upload=upload.id))


def _drop(t: Translator, upload: Import) -> InlineKeyboardButton:
    return _button(t.plain("uploads.drop_button"), ImportButton(action="drop", upload=upload.id))


def _answer(text: str, upload: Import, asked: str, choice: int) -> InlineKeyboardButton:
    return _button(text, ColumnButton(upload=upload.id, asked=asked, choice=choice))


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _markup(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    """A row each."""
    return InlineKeyboardMarkup(inline_keyboard=[[button] for button in buttons])
