"""Buttons under what is said of a file."""

from collections.abc import Sequence
from typing import get_args

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.answers.wording import shortened
from bot.core.locales import Translator
from bot.core.parsing.periods import PeriodChoice
from bot.features.uploads.answers import ALL_CHATS, NEW_CHANNEL, FilesAre
from bot.features.uploads.column_words import day_of, meaning_word
from bot.features.uploads.columns_asked import (
    ANEW,
    CONFIRM,
    DAY_FIRST,
    MONTH_FIRST,
    NO_SUCH,
    ORDER,
    RIGHT,
    Asking,
)
from bot.features.uploads.correcting import ANEW as ANEW_MEANINGS
from bot.features.uploads.correcting import ASK, MEANINGS
from bot.features.uploads.storing import Question
from bot.telegram.callbacks import (
    ChannelButton,
    ColumnButton,
    EngagementButton,
    ImportButton,
    MeaningButton,
    MorningButton,
    WhoseButton,
)
from bot.telegram.keyboards import CHANNELS_SHOWN, LABEL_CHARS, label
from storage.files.upload.notes import RowsAre
from storage.files.upload.questions import KnownColumn
from storage.files.upload.understood import ChannelContents
from storage.workspace.channels import Channel
from storage.workspace.imports import Import

ANSWERS_SHOWN = 3  # channels with a button of their own under a file that holds many
COLUMNS_SHOWN = 12

Row = list[InlineKeyboardButton]


def after_upload(
    t: Translator,
    upload: Import,
    stored: Sequence[tuple[Channel, Sequence[PeriodChoice]]],
    *,
    offer_columns: bool,
    offer_subscribers: Channel | None,
    offer_digest: bool,
) -> InlineKeyboardMarkup:
    """Returns for each channel its figures over the file's last days and, beside, over all of it."""
    rows = [_figures(t, channel, periods) for channel, periods in stored[:ANSWERS_SHOWN]]
    if offer_subscribers is not None:
        ask = ChannelButton(action="subscribers", channel=offer_subscribers.id)
        rows.append([_button(t.plain("er.subs_button"), ask)])
    if offer_columns:
        show = ImportButton(action="columns", upload=upload.id)
        rows.append([_button(t.plain("columns.change_button"), show)])
    if offer_digest:
        rows.append([_button(t.plain("unasked.morning"), MorningButton())])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_undo(t, upload)]])


def _figures(t: Translator, channel: Channel, periods: Sequence[PeriodChoice]) -> Row:
    titles = (t.plain("channels.er_button", title=label(channel)), t.plain("uploads.whole_button"))
    return [
        _button(title, EngagementButton(channel=channel.id, period=period.code))
        for title, period in zip(titles, periods, strict=False)
    ]


def undo_upload(t: Translator, upload: Import) -> InlineKeyboardMarkup:
    return _markup(_undo(t, upload))


def whose_file(t: Translator, upload: Import, question: Question, new_title: str) -> InlineKeyboardMarkup:
    """Returns the buttons for the first of the parts that name no channel."""
    file = question.unnamed[0].channel.file

    def whose(text: str, channel: int) -> InlineKeyboardButton:
        return _button(text, WhoseButton(upload=upload.id, file=file, channel=channel))

    into = [whose(shortened(title, LABEL_CHARS), one) for title, one in question.offered[:CHANNELS_SHOWN]]
    new = t.plain("uploads.new_channel_button", title=shortened(new_title, LABEL_CHARS))
    return _markup(*into, whose(new, NEW_CHANNEL), _drop(t, upload))


def which_files(t: Translator, upload: Import, names: Sequence[str]) -> InlineKeyboardMarkup:
    """Returns the buttons as `FilesAre` lists them."""
    count = t.plural("uploads.channels", len(names))
    keys = [
        _button(
            t.plain(f"uploads.files_{one}_button", count=count),
            ImportButton(action="files", upload=upload.id, choice=place),
        )
        for place, one in enumerate(get_args(FilesAre))
    ]
    return _markup(*keys, _drop(t, upload))


def which_rows(t: Translator, upload: Import) -> InlineKeyboardMarkup:
    keys = [
        _button(
            t.plain(f"uploads.rows_{one}_button"), ImportButton(action="rows", upload=upload.id, choice=place)
        )
        for place, one in enumerate(get_args(RowsAre))
    ]
    return _markup(*keys, _drop(t, upload))


def columns_taken(t: Translator, upload: Import, columns: Sequence[KnownColumn]) -> InlineKeyboardMarkup:
    """Returns a row a column; what was taken for something first."""
    first = sorted(columns, key=lambda one: one.meaning is None)[:COLUMNS_SHOWN]
    rows = [
        _meaning(shortened(f"{one.title} · {meaning_word(one.meaning, t)}", LABEL_CHARS), upload, one, ASK)
        for one in first
    ]
    anew = MeaningButton(upload=upload.id, position=0, meaning=ANEW_MEANINGS)
    keep = ImportButton(action="keep", upload=upload.id)
    return _markup(
        *rows,
        _button(t.plain("columns.forget_button"), anew),
        _button(t.plain("questions.cancel_button"), keep),
    )


def meanings(t: Translator, upload: Import, column: KnownColumn) -> InlineKeyboardMarkup:
    keys = [
        _meaning(meaning_word(one or None, t), upload, column, place) for place, one in enumerate(MEANINGS)
    ]
    rows = [keys[first : first + 2] for first in range(0, len(keys), 2)]
    back = _button(t.plain("questions.cancel_button"), ImportButton(action="keep", upload=upload.id))
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [back]])


def _meaning(text: str, upload: Import, column: KnownColumn, meaning: int) -> InlineKeyboardButton:
    return _button(text, MeaningButton(upload=upload.id, position=column.position, meaning=meaning))


def which_chat(t: Translator, upload: Import, chats: Sequence[ChannelContents]) -> InlineKeyboardMarkup:
    everything = t.plain("uploads.all_chats_button", count=t.plural("uploads.channels", len(chats)))
    single = [
        _button(_chat_label(t, contents), ImportButton(action="chat", upload=upload.id, choice=place))
        for place, contents in enumerate(chats[:CHANNELS_SHOWN])
    ]
    all_of_them = _button(everything, ImportButton(action="chat", upload=upload.id, choice=ALL_CHATS))
    return _markup(*single, all_of_them, _drop(t, upload))


def columns(t: Translator, upload: Import, asking: Asking) -> InlineKeyboardMarkup:
    """Returns a button a column with a value of it; for dates that may be either, the two days."""
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
    return _button(t.plain("questions.cancel_button"), ImportButton(action="drop", upload=upload.id))


def _answer(text: str, upload: Import, asked: str, choice: int) -> InlineKeyboardButton:
    return _button(text, ColumnButton(upload=upload.id, asked=asked, choice=choice))


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _markup(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    """Returns the buttons, a row each."""
    return InlineKeyboardMarkup(inline_keyboard=[[button] for button in buttons])
