"""/subs, and the answer to «how many subscribers?»."""

from collections.abc import Sequence
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.core.locales import Html
from bot.core.parsing.counts import read_for_each, says_unknown, split_count
from bot.core.parsing.names import choose
from bot.core.parsing.periods import DEFAULT
from bot.telegram import keyboards
from bot.telegram.asking import ask_subscribers, channel_ids, settle_question
from bot.telegram.callbacks import ChannelButton, SkipButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AnswerTo, admin_only, own_channel
from bot.telegram.questions import QuestionKind
from metrics.errors import DomainError
from metrics.posts import AudienceReading
from storage.workspace import audience, channels, questions
from storage.workspace.channels import Channel

router = Router(name=__name__)


@router.message(Command("subs"), admin_only)
async def tell_subscribers(_message: Message, chat: Conversation, command: CommandObject) -> None:
    """Takes subscribers or asks for them: «/subs», «/subs 12500», «/subs Кофе и код 12,5 тыс.»."""
    async with chat.read() as conn:
        visible = await channels.visible(conn, chat.workspace.id)
    listed = [channel for channel in visible if channel.level == "own"]
    words, count = split_count(command.args or "", [channel.title for channel in listed])
    meant = choose(listed, words)
    if len(meant) > 1:
        rows = keyboards.pick(meant, lambda one: ChannelButton(action="subscribers", channel=one.id))
        await chat.reply(chat.t("subscribers.pick"), rows)
    elif count is None:
        await ask_subscribers(chat.asker, meant)
    else:
        await _save(chat, [(meant[0], count)])


@router.callback_query(ChannelButton.filter(F.action == "subscribers"), admin_only, own_channel)
async def ask_by_button(_query: CallbackQuery, chat: Conversation, channel: Channel) -> None:
    await chat.close_press()
    await ask_subscribers(chat.asker, [channel])


@router.callback_query(SkipButton.filter())
async def skip(_query: CallbackQuery, chat: Conversation, callback_data: SkipButton) -> None:
    """Skips the question.

    The button stands in private chats, where an old question may have been replaced by a newer one.
    """
    async with chat.begin() as conn:
        asked = await questions.pending(conn, chat.workspace.id, chat.person)
        is_this = (
            asked is not None
            and asked.kind == QuestionKind.SUBSCRIBERS
            and channel_ids(asked.payload)[:1] == [callback_data.channel]
        )
        if is_this:
            await settle_question(conn, chat.workspace.id, chat.person)
    if chat.is_group and not is_this:
        raise DomainError("subscribers.not_asked")
    await chat.edit(chat.t("subscribers.skipped"))


@router.message(AnswerTo(QuestionKind.SUBSCRIBERS))
async def take_answer(message: Message, chat: Conversation, payload: dict[str, Any]) -> None:
    """Takes a number for the channel, or one for each of several; a slip leaves the question open."""
    text = message.text or ""
    if says_unknown(text):
        async with chat.begin() as conn:
            await settle_question(conn, chat.workspace.id, chat.person)
        await chat.reply(chat.t("subscribers.skipped"))
        return
    async with chat.read() as conn:
        asked = [await channels.get(conn, chat.workspace.id, one) for one in channel_ids(payload)]
    listed = [one for one in asked if one is not None and one.level == "own"]
    if not listed:
        raise DomainError("channel.gone")
    counts = read_for_each(text, [one.title for one in listed])
    await _save(chat, [(one, count) for one, count in zip(listed, counts, strict=True) if count is not None])
    async with chat.begin() as conn:
        await settle_question(conn, chat.workspace.id, chat.person)


async def _save(chat: Conversation, told: Sequence[tuple[Channel, AudienceReading]]) -> None:
    now, t = chat.now, chat.t
    at = min(now, int(chat.message.date.timestamp()))  # the same moment when a crash has it run again
    async with chat.begin() as conn:
        for channel, count in told:
            reading = count._replace(observed_at=at)
            await audience.store(conn, chat.workspace.id, channel.id, [reading], source="person", now=now)
    day, lines = t.date(chat.date_of(at)), []
    for channel, count in told:
        subscribers = Html(t.plural("subscribers.count", count.subscribers, approximate=count.step > 0))
        lines.append(t("subscribers.saved", title=channel.title, subscribers=subscribers, date=day))
    shown = [channel for channel, _ in told]
    await chat.reply("\n".join(lines), keyboards.show_engagements(t, shown, DEFAULT))
