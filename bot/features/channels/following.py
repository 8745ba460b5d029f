"""A channel is followed by its public page: asked for by name, or by a button under what lacks views."""

from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.enums import ChatAction
from aiogram.types import CallbackQuery

from bot.collection.arrival import heading, moment_of
from bot.collection.following import FIRST_LOOK, Following
from bot.collection.lookups import Lookups
from bot.collection.seen import PublicChannel
from bot.core.limits import POSTS_READ_A_DAY
from bot.core.locales import Html
from bot.core.parsing.periods import PeriodChoice
from bot.telegram import keyboards
from bot.telegram.callbacks import ChannelButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import admin_only, visible_channel
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import channels, follows
from storage.workspace.channels import Channel

ANSWERED = PeriodChoice(days=30)
router = Router(name=__name__)


def setup(following: Following, lookups: Lookups) -> Router:
    return with_parts(router, following=following, lookups=lookups)


@router.callback_query(ChannelButton.filter(F.action == "follow"), admin_only, visible_channel)
async def follow_public_page(
    _query: CallbackQuery, chat: Conversation, channel: Channel, following: Following, lookups: Lookups
) -> None:
    await chat.close_press()

    async def known() -> Channel:
        return channel

    await follow_and_tell(chat, following, lookups, channel.handle, known)


async def follow_and_tell(
    chat: Conversation,
    following: Following,
    lookups: Lookups,
    handle: str | None,
    register: Callable[[], Awaitable[Channel]],
) -> None:
    """Follows a channel and tells its numbers at once; where its page shows none, what would help instead.

    Nothing is registered where the person, or the chat, may have no more.
    """
    beside, workspace = chat.message, chat.workspace
    await chat.bot.send_chat_action(beside.chat.id, ChatAction.TYPING, message_thread_id=chat.thread_id)
    known = await _known(chat)
    shown = next((one for one in known.values() if one.level != "own" and _is_called(one, handle)), None)
    if shown is not None and not any(
        one.level == "own" and _is_called(one, handle) for one in known.values()
    ):
        await _tell_here(
            chat, await heading(chat, shown, shown), shown
        )  # its owner reads it, for this chat, too
        return
    to_read = lookups.pages.to_read(handle, depth=FIRST_LOOK)
    async with lookups.waiting(chat, "limit.follow", [to_read]):
        await following.require_room(workspace.id, handle)
        channel = await register()
        head = await heading(chat, channel, known.get(channel.id))
        was_read = await _is_followed(chat, channel)
        try:
            seen = await following.begin(workspace.id, channel)
        except DomainError as error:
            if not error.code.startswith("page."):
                raise
            why = chat.t(f"error.{error.code}", **error.params)
            await _tell_here(chat, chat.t("pages.not_followed", head=head, why=why), channel)
            return
    text = await _words(chat, channel, seen, head, was_read=was_read)
    if (why_seldom := await following.why_seldom(seen)) is not None:
        text = Html(text + "\n\n" + chat.t(f"pages.seldom.{why_seldom}", most=POSTS_READ_A_DAY))
    await beside.answer(text, reply_markup=keyboards.show_engagement(chat.t, channel, ANSWERED))


async def _words(
    chat: Conversation, channel: Channel, seen: PublicChannel, head: Html, *, was_read: bool
) -> Html:
    """Of a page that was read already: all posts there are by now, and as of when."""
    t = chat.t
    if not was_read:
        return t("pages.followed", head=head, posts=t.plural("er.posts", len(seen.posts)))
    async with chat.read() as conn:
        now = await channels.get(conn, chat.workspace.id, channel.id)
    posts = t.plural("er.posts", now.posts if now else len(seen.posts))
    return t("pages.here", head=head, moment=moment_of(chat, seen.read_at), posts=posts)


async def _tell_here(chat: Conversation, text: Html, channel: Channel) -> None:
    markup = keyboards.show_engagement(chat.t, channel, ANSWERED) if channel.posts else None
    await chat.message.answer(text, reply_markup=markup)


async def _known(chat: Conversation) -> dict[int, Channel]:
    async with chat.read() as conn:
        return {one.id: one for one in await channels.visible(conn, chat.workspace.id, watched=True)}


def _is_called(channel: Channel, handle: str | None) -> bool:
    return channel.platform == "telegram" and handle is not None and channel.handle == handle.lower()


async def _is_followed(chat: Conversation, channel: Channel) -> bool:
    """For good; not only looked at before an ad."""
    async with chat.read() as conn:
        known = await follows.get(conn, chat.workspace.id, channel.id)
    return known is not None and known.until is None
