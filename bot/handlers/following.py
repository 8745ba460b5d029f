"""A channel is followed by its public page: asked for by name, or by a button under what lacks views."""

from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.enums import ChatAction
from aiogram.types import CallbackQuery, Message

from bot.access import ChatAdmin
from bot.added import known_facts
from bot.collect.following import FIRST_LOOK, Following
from bot.handlers.presses import close_press
from bot.keys import keyboards
from bot.keys.callbacks import ChannelButton
from bot.limits import POSTS_READ_A_DAY
from bot.locales import Html, Translator
from bot.lookups import Lookups, Question, asked_by
from bot.typed.periods import PeriodChoice
from metrics.errors import DomainError
from storage import channels
from storage.channels import Channel
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)


@router.callback_query(ChannelButton.filter(F.action == "follow"))
async def follow_public_page(
    query: CallbackQuery,
    callback_data: ChannelButton,
    database: Database,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
    following: Following,
    lookups: Lookups,
    caller_id: int,
) -> None:
    await is_chat_admin.require()
    async with database.read() as conn:
        channel = await channels.get(conn, workspace.id, callback_data.channel)
    if channel is None:
        raise DomainError("channel.gone")
    await close_press(query)
    question = asked_by(query, workspace, caller_id, t)

    async def known() -> Channel:
        return channel

    await follow_and_tell(question, database, following, lookups, channel.handle, known)


async def follow_and_tell(
    question: Question,
    database: Database,
    following: Following,
    lookups: Lookups,
    handle: str | None,
    register: Callable[[], Awaitable[Channel]],
) -> None:
    """The channel's numbers at once, from its public page; where it shows none, what would help instead.

    Nothing is registered where the person, or the chat, may have no more.
    """
    beside, workspace, t = question.beside, question.workspace, question.t
    await _show_typing(beside)
    to_read = lookups.pages.to_read(handle, depth=FIRST_LOOK)
    async with lookups.waiting(question, "limit.follow", [to_read]):
        await following.require_room(workspace.id, handle)
        channel = await register()
        try:
            seen = await following.begin(workspace.id, channel)
        except DomainError as error:
            if not error.code.startswith("page."):
                raise
            facts = await known_facts(database, workspace, channel, t)
            why = t(f"error.{error.code}", **error.params)
            await beside.answer(t("pages.not_followed", title=channel.title, facts=facts, why=why))
            return
    facts, posts = await known_facts(database, workspace, channel, t), t.plural("er.posts", len(seen.posts))
    text = t("pages.followed", title=channel.title, facts=facts, posts=posts)
    if (why_seldom := await following.why_seldom(seen)) is not None:
        text = Html(text + "\n\n" + t(f"pages.seldom.{why_seldom}", most=POSTS_READ_A_DAY))
    await beside.answer(text, reply_markup=keyboards.show_engagement(t, channel, PeriodChoice(days=30)))


async def _show_typing(beside: Message) -> None:
    thread_id = beside.message_thread_id if beside.is_topic_message else None
    assert beside.bot is not None
    await beside.bot.send_chat_action(beside.chat.id, ChatAction.TYPING, message_thread_id=thread_id)
