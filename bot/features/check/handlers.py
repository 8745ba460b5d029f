"""/check: a channel before money is spent in it, by name, link, forwarded post or what is kept of it."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    Message,
    MessageOriginChannel,
    TelegramObject,
)

from bot.answers.wording import TITLE_CHARS, shortened
from bot.collection.lookups import Lookups
from bot.collection.networks.adding import add_by_link
from bot.features.check.asked import CheckQuestion, CheckWords, read_check
from bot.features.check.keyboards import CheckButton, topics, under_card, while_watching
from bot.features.check.looking import Checks
from bot.features.check.request import CheckRequest
from bot.features.check.showing import check_channels, show_card
from bot.features.check.watching import DAYS, Watching
from bot.telegram.asking import ask_what_to_check
from bot.telegram.conversation import Conversation
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
        await check_channels(chat, checks, lookups, words)
    else:
        await ask_what_to_check(chat.asker)


@router.message(AnswerTo(QuestionKind.CHECKED))
async def check_named(message: Message, chat: Conversation, checks: Checks, lookups: Lookups) -> None:
    words = read_check(message.text or "")
    async with chat.begin() as conn:
        await questions.settle(conn, chat.workspace.id, chat.person)
    if words.wanted:
        await check_channels(chat, checks, lookups, words)


@router.message(F.forward_origin.type == "channel", F.chat.type == "private")
async def check_forwarded(message: Message, chat: Conversation, checks: Checks, lookups: Lookups) -> None:
    assert isinstance(message.forward_origin, MessageOriginChannel)
    await check_channels(chat, checks, lookups, CheckWords((_posted_in(message.forward_origin),), None))


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
    wanted = callback_data.question
    async with lookups.waiting(chat, "limit.check", await checks.to_read(chat.workspace, [wanted])):
        request = await _again(checks, chat, wanted, callback_data)
    request = replace(request, draw=callback_data.act == "set")
    if callback_data.act == "file":
        name, content = await checks.evidence(request)
        caption = chat.t("check.file_caption", channel=shortened(request.title, TITLE_CHARS))
        await message.answer_document(BufferedInputFile(content, filename=name), caption=caption)
        return
    card = await checks.card(request)
    if callback_data.act == "why":
        await message.answer(card.full)
        return
    markup = under_card(card, request, callback_data.target, chat.t, watch_days=DAYS[0])
    await show_card(message, card, markup)


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
    wanted = callback_data.question
    async with lookups.waiting(chat, "limit.check", await checks.to_read(chat.workspace, [wanted])):
        request = await _again(checks, chat, wanted, callback_data)
        before = await checks.card(replace(request, draw=False))
        begun = await watching.begin(
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
    moment = chat.t.moment(datetime.fromtimestamp(begun.until, ZoneInfo(chat.workspace.zone)))
    key = "check.watching_already" if begun.goes_on else "check.watching"
    text = chat.t(key, channel=begun.channel.title, moment=moment)
    await chat.message.answer(text, reply_markup=while_watching(begun.channel.id, chat.t))


@router.callback_query(CheckButton.filter(F.act == "add"), admin_only)
async def add_elsewhere(
    _query: CallbackQuery, chat: Conversation, callback_data: CheckButton, checks: Checks, lookups: Lookups
) -> None:
    await chat.close_press()
    link = callback_data.question.link
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


async def _again(
    checks: Checks, chat: Conversation, wanted: CheckQuestion, pressed: CheckButton
) -> CheckRequest:
    return replace(await checks.look(chat.workspace, wanted), topic=pressed.topic_code)


def _posted_in(origin: MessageOriginChannel) -> CheckQuestion:
    """Returns the question of a forwarded post. Raises DomainError("page.no_name") for a private channel."""
    if origin.chat.username is None:
        raise DomainError("page.no_name", title=origin.chat.title or "")
    return CheckQuestion(f"@{origin.chat.username}", origin.chat.username.lower(), None)
