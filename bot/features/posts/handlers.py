"""/post: one post's card, by its link, by forwarding it, by a button under `/top`."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup, Message, TelegramObject

from bot.core.workers import Workers
from bot.features.posts.gather import gather, has_post_link, named_post
from bot.features.posts.keyboards import latest, onwards, under_card
from bot.features.posts.request import address, build, explain
from bot.telegram.callbacks import PostButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AsksHow, visible_channel
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import channels, single_posts
from storage.workspace.channels import Channel
from storage.workspace.single_posts import SinglePost

router = Router(name=__name__)
OFFERED = 5  # of the latest posts, where none was named


def setup(workers: Workers) -> Router:
    return with_parts(router, workers=workers)


@router.message(Command("post"))
async def show_named(_message: Message, chat: Conversation, command: CommandObject, workers: Workers) -> None:
    async with chat.read() as conn:
        visible = await channels.visible(conn, chat.workspace.id, watched=True)
    typed = (command.args or "").strip()
    if not has_post_link(typed):
        await _ask_which(chat, [one for one in visible if one.is_listed], is_typed=bool(typed))
        return
    named = named_post(typed, visible)
    if named is None:
        raise DomainError("post.foreign")
    async with chat.read() as conn:
        found = await single_posts.find(conn, chat.workspace.id, named.channel.id, named.external_id)
    if found is None:
        text = chat.t("post.unknown", channel=named.channel.title)
        await chat.reply(text, InlineKeyboardMarkup(inline_keyboard=[onwards(chat.t, named.channel)]))
        return
    await _show(chat, workers, named.channel, found)


@router.callback_query(PostButton.filter(F.action == "show"), visible_channel)
async def show_pressed(
    _query: CallbackQuery, chat: Conversation, callback_data: PostButton, channel: Channel, workers: Workers
) -> None:
    await chat.close_press()
    await _show(chat, workers, channel, await _found(chat, channel, callback_data.post))


@router.message(AsksHow(PostButton, F.action == "how"), visible_channel)
@router.callback_query(PostButton.filter(F.action == "how"), visible_channel)
async def explain_card(
    _event: TelegramObject, chat: Conversation, callback_data: PostButton, channel: Channel, workers: Workers
) -> None:
    found = await _found(chat, channel, callback_data.post)
    async with chat.read() as conn:
        request = await gather(conn, chat.workspace, channel, found, chat.now)
    text = await workers.run(explain, request)
    await chat.close_press()
    await chat.message.reply(text)


async def _show(chat: Conversation, workers: Workers, channel: Channel, found: SinglePost) -> None:
    async with chat.read() as conn:
        request = await gather(conn, chat.workspace, channel, found, chat.now)
    report = await workers.run(build, request)
    markup = under_card(chat.t, channel, found, address(request))
    if report.picture is None:
        await chat.message.answer(report.text, reply_markup=markup)
        return
    photo = BufferedInputFile(report.picture, filename="post.png")
    await chat.message.answer_photo(photo, caption=report.text, reply_markup=markup)


async def _found(chat: Conversation, channel: Channel, post_id: int) -> SinglePost:
    """Returns the post. Raises DomainError("post.gone")."""
    async with chat.read() as conn:
        found = await single_posts.get(conn, chat.workspace.id, channel.id, post_id)
    if found is None:
        raise DomainError("post.gone")
    return found


async def _ask_which(chat: Conversation, listed: list[Channel], *, is_typed: bool) -> None:
    """Asks which post, offering the latest of the channel that was read last.

    Something else than a link may have been typed.
    """
    known = max(listed, key=lambda one: one.observed_at or 0, default=None)
    if known is None or known.posts == 0:
        await chat.reply(chat.t("post.no_link.empty" if is_typed else "post.ask.empty"))
        return
    async with chat.read() as conn:
        newest = await single_posts.newest(conn, chat.workspace.id, known.id, limit=OFFERED)
    question = chat.t("post.no_link" if is_typed else "post.ask", channel=known.title)
    await chat.reply(question, latest(chat.t, known, newest))
