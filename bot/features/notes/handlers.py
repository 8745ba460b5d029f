"""/note: write one, see them, delete."""

from collections.abc import Mapping, Sequence

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.core.locales import Html
from bot.core.parsing.notes import read_note
from bot.core.parsing.removal import is_removal
from bot.telegram import keyboards
from bot.telegram.conversation import Conversation
from bot.telegram.filters import admin_only
from metrics.errors import DomainError
from storage.workspace import channels, notes
from storage.workspace.channels import Channel
from storage.workspace.notes import TEXT_CHARS, Note

router = Router(name=__name__)
SHOWN = 15
BUTTON_CHARS = 30


class RemoveNote(CallbackData, prefix="noteno"):
    note: int


@router.message(Command("note", magic=~F.args))
@router.message(Command("note", magic=F.args.func(is_removal)))
async def show(_message: Message, chat: Conversation) -> None:
    async with chat.read() as conn:
        newest = await notes.newest(conn, chat.workspace.id, SHOWN)
        visible = {one.id: one for one in await channels.visible(conn, chat.workspace.id)}
    shown = [one for one in newest if one.channel_id is None or one.channel_id in visible]
    if not shown:
        await chat.reply(chat.t("note.none"))
        return
    lines = [_line(chat, one, visible) for one in shown]
    await chat.reply("\n".join([chat.t("note.heading"), *lines, "", chat.t("note.how")]), _bins(chat, shown))


@router.message(Command("note", magic=F.args), admin_only)
async def write(_message: Message, chat: Conversation, command: CommandObject) -> None:
    """Raises DomainError("channel.none"), ("note.empty"), ("note.future"), ("note.bad_date"), ("note.too_long"), ("note.too_many")."""
    async with chat.read() as conn:
        visible = await channels.visible(conn, chat.workspace.id)
    if not visible:
        raise DomainError("channel.none")
    typed = read_note(command.args or "", visible, chat.today)
    if len(typed.text) > TEXT_CHARS:
        raise DomainError("note.too_long", most=TEXT_CHARS, chars=len(typed.text))
    about = None if typed.channel is None else visible[typed.channel]
    place, words = (chat.workspace.id, None if about is None else about.id), (typed.noted_on, typed.text)
    async with chat.begin() as conn:
        known = await notes.same(conn, *place, noted_on=words[0], text=words[1])
        made = known or await notes.add(
            conn, *place, noted_on=words[0], text=words[1], person=chat.person, now=chat.now
        )
    key = "note.written" if known is None else "note.written_already"
    text = chat.t(key, note=_line(chat, made, {one.id: one for one in visible}))
    await chat.reply(text, _bins(chat, [made]))


@router.callback_query(RemoveNote.filter(), admin_only)
async def remove(_query: CallbackQuery, chat: Conversation, callback_data: RemoveNote) -> None:
    async with chat.begin() as conn:
        gone = await notes.remove(conn, chat.workspace.id, callback_data.note)
    if gone is None:
        raise DomainError("note.gone")
    await chat.reply(chat.t("note.removed", date=_date(chat, gone), text=gone.text))


def _line(chat: Conversation, one: Note, visible: Mapping[int, Channel]) -> Html:
    """Returns a note's line: «12 нояб · Кухня — запустили розыгрыш»."""
    if one.channel_id is None:
        key = "note.line_all" if len(visible) > 1 else "note.line"
        return chat.t(key, date=_date(chat, one), text=one.text)
    title = visible[one.channel_id].title
    return chat.t("note.line_of", date=_date(chat, one), channel=title, text=one.text)


def _date(chat: Conversation, one: Note) -> str:
    return chat.t.date(one.noted_on, year=one.noted_on.year != chat.today.year)


def _bins(chat: Conversation, shown: Sequence[Note]) -> InlineKeyboardMarkup:
    rows = []
    for one in shown:
        text = one.text if len(one.text) <= BUTTON_CHARS else one.text[: BUTTON_CHARS - 1] + "…"
        name = chat.t.plain("note.bin", date=_date(chat, one), text=text)
        rows.append([keyboards.button(name, RemoveNote(note=one.id))])
    return InlineKeyboardMarkup(inline_keyboard=rows)
