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
    TelegramObject,
)

from bot.collection.lookups import Lookups
from bot.collection.networks.adding import add_by_link
from bot.features.check.asked import CheckQuestion, CheckWords, read_check
from bot.features.check.keyboards import CheckButton, named_by, target_of, topics, under_card, while_watching
from bot.features.check.looking import Checks
from bot.features.check.request import CheckCard, CheckRequest
from bot.features.check.watching import DAYS, Watching
from bot.telegram import said
from bot.telegram.asking import ask_what_to_check
from bot.telegram.conversation import Conversation
from bot.telegram.errors import sentence
from bot.telegram.filters import AnswerTo, AsksHow, admin_only
from bot.telegram.questions import QuestionKind
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import questions

router = Router(name=__name__)


def setup(checks: Checks, lookups: Lookups, watching: Watching) -> Router:
    return with_parts(router, checks=checks, lookups=lookups, watching=watching)


@router.message(Command("check"))
async def check(
    message: Message, chat: Conversation, command: CommandObject, checks: Checks, lookups: Lookups
) -> None:
    replied = message.reply_to_message
    words = read_check(command.args or "")
    if not words.wanted and replied and isinstance(replied.forward_origin, MessageOriginChannel):
        words = CheckWords((_posted_in(replied.forward_origin),), words.hours)
    if words.wanted:
        await _check(chat, checks, lookups, words)
    else:
        await ask_what_to_check(chat.asker)


@router.message(AnswerTo(QuestionKind.CHECKED))
async def check_named(message: Message, chat: Conversation, checks: Checks, lookups: Lookups) -> None:
    words = read_check(message.text or "")
    async with chat.begin() as conn:
        await questions.settle(conn, chat.workspace.id, chat.person)
    if words.wanted:
        await _check(chat, checks, lookups, words)


@router.message(F.forward_origin.type == "channel", F.chat.type == "private")
async def check_forwarded(message: Message, chat: Conversation, checks: Checks, lookups: Lookups) -> None:
    assert isinstance(message.forward_origin, MessageOriginChannel)
    await _check(chat, checks, lookups, CheckWords((_posted_in(message.forward_origin),), None))


@router.callback_query(CheckButton.filter(F.act == "topics"))
async def ask_topic(_query: CallbackQuery, chat: Conversation, callback_data: CheckButton) -> None:
    await chat.reply(chat.t("check.ask_topic"), topics(callback_data, chat.t))


@router.message(AsksHow(CheckButton, F.act == "why"))
@router.callback_query(CheckButton.filter(F.act.in_({"why", "file", "set"})))
async def look_again(
    _event: TelegramObject, chat: Conversation, callback_data: CheckButton, checks: Checks, lookups: Lookups
) -> None:
    message = chat.message
    await chat.close_press()
    wanted = _wanted(callback_data)
    async with lookups.waiting(chat, "limit.check", await checks.to_read(chat.workspace, [wanted])):
        request = await _again(checks, chat, wanted, callback_data)
    request = replace(request, draw=callback_data.act == "set")
    if callback_data.act == "file":
        name, content = await checks.evidence(request)
        await message.answer_document(BufferedInputFile(content, filename=name))
        return
    card = await checks.card(request)
    if callback_data.act == "why":
        await message.answer(card.full)
        return
    markup = under_card(card, request, callback_data.target, chat.t, watch_days=DAYS[0])
    await _show(message, card, markup)


@router.callback_query(CheckButton.filter(F.act.in_({f"watch{days}" for days in DAYS})), admin_only)
async def watch(
    _query: CallbackQuery,
    chat: Conversation,
    callback_data: CheckButton,
    checks: Checks,
    lookups: Lookups,
    watching: Watching,
) -> None:
    thread_id = chat.thread_id
    await chat.close_press()
    wanted = _wanted(callback_data)
    async with lookups.waiting(chat, "limit.check", await checks.to_read(chat.workspace, [wanted])):
        request = await _again(checks, chat, wanted, callback_data)
        before = await checks.card(replace(request, draw=False))
        channel, until = await watching.begin(
            chat.workspace,
            request.handle or "",
            chat.person,
            days=int(callback_data.act.removeprefix("watch")),
            price=request.price,
            currency=request.currency,
            topic=request.topic,
            thread_id=thread_id,
            before=before,
        )
    moment = chat.t.moment(datetime.fromtimestamp(until, ZoneInfo(chat.workspace.zone)))
    text = chat.t("check.watching", channel=channel.title, moment=moment)
    await chat.message.answer(text, reply_markup=while_watching(channel.id, chat.t))


@router.callback_query(CheckButton.filter(F.act == "add"), admin_only)
async def add_elsewhere(
    _query: CallbackQuery, chat: Conversation, callback_data: CheckButton, checks: Checks, lookups: Lookups
) -> None:
    await chat.close_press()
    link = _wanted(callback_data).link
    if link is None:
        raise DomainError("channel.bad_name", name=callback_data.target)
    await add_by_link(chat, checks.networks, lookups, link)


@router.callback_query(CheckButton.filter(F.act == "end"), admin_only)
async def end_watch(
    _query: CallbackQuery, chat: Conversation, callback_data: CheckButton, watching: Watching
) -> None:
    number = callback_data.target.removeprefix("#")
    ended = number.isdecimal() and await watching.end(chat.workspace, int(number))
    await chat.edit(chat.t("check.ended" if ended else "check.ended_already"))


async def _check(chat: Conversation, checks: Checks, lookups: Lookups, words: CheckWords) -> None:
    to_read = await checks.to_read(chat.workspace, words.wanted)
    async with lookups.waiting(chat, "limit.check", to_read, always_says=True) as status:
        assert status is not None
        await _look_and_show(status, chat, checks, words)


async def _look_and_show(status: Message, chat: Conversation, checks: Checks, words: CheckWords) -> None:
    workspace, t = chat.workspace, chat.t
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


async def _again(
    checks: Checks, chat: Conversation, wanted: CheckQuestion, pressed: CheckButton
) -> CheckRequest:
    return replace(await checks.look(chat.workspace, wanted), topic=pressed.topic_code)


def _wanted(pressed: CheckButton) -> CheckQuestion:
    name, asked = named_by(pressed.target), pressed.amount
    return CheckQuestion(name, name, asked.value if asked else None, asked.currency if asked else None)


async def _show(status: Message, card: CheckCard, markup: InlineKeyboardMarkup) -> None:
    """Shows the card in the message that said «Смотрю…».

    It is sent anew where the client's server can't make a picture of a text.
    """
    if card.picture is None:
        await status.edit_text(card.caption, reply_markup=markup)
        return
    photo = BufferedInputFile(card.picture, filename="check.png")
    try:
        await status.edit_media(InputMediaPhoto(media=photo, caption=card.caption), reply_markup=markup)
    except TelegramBadRequest as error:
        if said.says(error, said.NOT_MODIFIED):
            return
        await status.answer_photo(photo, caption=card.caption, reply_markup=markup)
        await status.delete()


def _posted_in(origin: MessageOriginChannel) -> CheckQuestion:
    """Returns the question of a forwarded post. Raises DomainError("page.no_name") for a private channel."""
    if origin.chat.username is None:
        raise DomainError("page.no_name", title=origin.chat.title or "")
    return CheckQuestion(f"@{origin.chat.username}", origin.chat.username.lower(), None)
