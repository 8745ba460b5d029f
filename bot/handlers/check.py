"""/check: a channel before money is spent in it, by name, link, forwarded post or what is kept of it."""

import asyncio
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, CommandObject
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
    MessageOriginChannel,
)

from bot.access import ChatAdmin
from bot.asking import ask_what_to_check
from bot.checks.looking import Checks
from bot.checks.watching import DAYS, Watching
from bot.clock import Clock
from bot.errors import sentence
from bot.handlers.presses import close_press, pressed_message
from bot.handlers.questions import Asked
from bot.keys.check import CheckButton, target_of, topics, under_card, while_watching
from bot.locales import Translator
from bot.lookups import Lookups, Question, asked_by
from bot.reports.check.request import CheckCard, CheckRequest
from bot.typed.checking import CheckWords, Wanted, read_check
from bot.typed.questions import QuestionKind
from metrics.errors import DomainError
from storage import questions
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)


@router.message(Command("check"))
async def check(
    message: Message,
    command: CommandObject,
    checks: Checks,
    lookups: Lookups,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
) -> None:
    replied = message.reply_to_message
    words = read_check(command.args or "")
    if not words.wanted and replied and isinstance(replied.forward_origin, MessageOriginChannel):
        words = CheckWords((_posted_in(replied.forward_origin),), words.hours)
    if words.wanted:
        await _check(asked_by(message, workspace, caller_id, t), checks, lookups, words)
        return
    asked_in = message.message_id
    await ask_what_to_check(message, database, clock, workspace, caller_id, t, said_in=asked_in)


@router.message(Asked(QuestionKind.CHECKED))
async def check_named(
    message: Message,
    checks: Checks,
    lookups: Lookups,
    database: Database,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
) -> None:
    words = read_check(message.text or "")
    async with database.begin() as conn:
        await questions.settle(conn, workspace.id, caller_id)
    if words.wanted:
        await _check(asked_by(message, workspace, caller_id, t), checks, lookups, words)


@router.message(F.forward_origin.type == "channel", F.chat.type == "private")
async def check_forwarded(
    message: Message, checks: Checks, lookups: Lookups, workspace: Workspace, t: Translator, caller_id: int
) -> None:
    assert isinstance(message.forward_origin, MessageOriginChannel)
    words = CheckWords((_posted_in(message.forward_origin),), None)
    await _check(asked_by(message, workspace, caller_id, t), checks, lookups, words)


@router.callback_query(CheckButton.filter(F.act == "topics"))
async def ask_topic(query: CallbackQuery, callback_data: CheckButton, t: Translator) -> None:
    await close_press(query)
    await pressed_message(query).answer(t("check.ask_topic"), reply_markup=topics(callback_data, t))


@router.callback_query(CheckButton.filter(F.act.in_({"why", "file", "set"})))
async def look_again(
    query: CallbackQuery,
    callback_data: CheckButton,
    checks: Checks,
    lookups: Lookups,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
) -> None:
    message = pressed_message(query)
    await close_press(query)
    question = asked_by(query, workspace, caller_id, t)
    wanted = _wanted(callback_data)
    async with lookups.waiting(question, "limit.check", await checks.to_read(workspace, [wanted])):
        request = await _again(checks, workspace, wanted, callback_data)
    request = replace(request, draw=callback_data.act == "set")
    if callback_data.act == "file":
        name, content = await checks.evidence(request)
        await message.answer_document(BufferedInputFile(content, filename=name))
        return
    card = await checks.card(request)
    if callback_data.act == "why":
        await message.answer(card.full)
        return
    markup = under_card(card, request, callback_data.target, t, watch_days=DAYS[0])
    await _show(message, card, markup)


@router.callback_query(CheckButton.filter(F.act.in_({f"watch{days}" for days in DAYS})))
async def watch(
    query: CallbackQuery,
    callback_data: CheckButton,
    checks: Checks,
    lookups: Lookups,
    watching: Watching,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    message = pressed_message(query)
    await close_press(query)
    days = int(callback_data.act.removeprefix("watch"))
    question = asked_by(query, workspace, caller_id, t)
    wanted = _wanted(callback_data)
    async with lookups.waiting(question, "limit.check", await checks.to_read(workspace, [wanted])):
        request = await _again(checks, workspace, wanted, callback_data)
        channel, until = await watching.begin(
            workspace,
            request.handle or "",
            caller_id,
            days=days,
            price=request.price,
            currency=request.currency,
            topic=request.topic,
            thread_id=message.message_thread_id if message.is_topic_message else None,
        )
    text = t(
        "check.watching",
        channel=channel.title,
        moment=t.moment(datetime.fromtimestamp(until, ZoneInfo(workspace.zone))),
    )
    await message.answer(text, reply_markup=while_watching(channel.id, t))


@router.callback_query(CheckButton.filter(F.act == "end"))
async def end_watch(
    query: CallbackQuery,
    callback_data: CheckButton,
    watching: Watching,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    number = callback_data.target.removeprefix("#")
    ended = number.isdecimal() and await watching.end(workspace, int(number))
    await pressed_message(query).edit_text(t("check.ended" if ended else "check.ended_already"))


async def _check(question: Question, checks: Checks, lookups: Lookups, words: CheckWords) -> None:
    to_read = await checks.to_read(question.workspace, words.wanted)
    async with lookups.waiting(question, "limit.check", to_read, always_says=True) as status:
        assert status is not None
        await _look_and_show(status, question, checks, words)


async def _look_and_show(status: Message, question: Question, checks: Checks, words: CheckWords) -> None:
    workspace, t = question.workspace, question.t
    try:
        requests = await asyncio.gather(*(checks.look(workspace, wanted) for wanted in words.wanted))
        if len(requests) > 1:
            await status.edit_text(await checks.comparison(requests))
            return
        card = await checks.card(requests[0])
    except Exception as error:  # noqa: BLE001 - told and logged by `sentence`; «Смотрю…» must never stay
        await status.edit_text(sentence(error, t))
        return
    target = target_of(requests[0], None)
    await _show(status, card, under_card(card, requests[0], target, t, watch_days=DAYS[0]))


async def _again(checks: Checks, workspace: Workspace, wanted: Wanted, pressed: CheckButton) -> CheckRequest:
    return replace(await checks.look(workspace, wanted), topic=pressed.topic_code)


def _wanted(pressed: CheckButton) -> Wanted:
    name, asked = pressed.target, pressed.amount
    return Wanted(name, name, asked.value if asked else None, asked.currency if asked else None)


async def _show(status: Message, card: CheckCard, markup: InlineKeyboardMarkup) -> None:
    """Into the message that said «Смотрю…»; anew where the client's server can't make a picture of a text."""
    if card.picture is None:
        await status.edit_text(card.caption, reply_markup=markup)
        return
    photo = BufferedInputFile(card.picture, filename="check.png")
    try:
        await status.edit_media(InputMediaPhoto(media=photo, caption=card.caption), reply_markup=markup)
    except TelegramBadRequest as error:
        if "not modified" in error.message:
            return
        await status.answer_photo(photo, caption=card.caption, reply_markup=markup)
        await status.delete()


def _posted_in(origin: MessageOriginChannel) -> Wanted:
    """Raises DomainError("page.no_name") for a private channel."""
    if origin.chat.username is None:
        raise DomainError("page.no_name", title=origin.chat.title or "")
    return Wanted(f"@{origin.chat.username}", origin.chat.username.lower(), None)
