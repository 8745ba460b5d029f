"""One channel of a list: called otherwise, put into the archive and taken out of it, removed."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.features.channels.keyboards import care
from bot.telegram.callbacks import ChannelButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AnswerTo, admin_only, own_channel, visible_channel
from bot.telegram.questions import QuestionKind
from metrics.errors import DomainError
from storage.controls import as_name
from storage.workspace import channels, questions
from storage.workspace.channels import Channel

router = Router(name=__name__)
TITLE_CHARS = 128  # Telegram's limit on a title


@router.callback_query(ChannelButton.filter(F.action == "care"), visible_channel)
async def show_care(_query: CallbackQuery, chat: Conversation, channel: Channel) -> None:
    await chat.reply(chat.t("channels.care", title=channel.title), care(chat.t, channel))


@router.callback_query(ChannelButton.filter(F.action == "rename"), admin_only, own_channel)
async def ask_title(_query: CallbackQuery, chat: Conversation, channel: Channel) -> None:
    asker = chat.asker
    await chat.close_press()
    text = chat.t("channels.ask_title", title=channel.title)
    await asker.ask(QuestionKind.TITLE, {"channel": channel.id}, text, channel.title[:64])


@router.message(AnswerTo(QuestionKind.TITLE), admin_only)
async def take_title(message: Message, chat: Conversation, payload: dict[str, int]) -> None:
    title = as_name(message.text or "")
    if not title or len(title) > TITLE_CHARS:
        raise DomainError("channel.bad_title", most=TITLE_CHARS)
    async with chat.begin() as conn:
        await questions.settle(conn, chat.workspace.id, chat.person)
        channel = await channels.get(conn, chat.workspace.id, payload["channel"])
        if channel is None or channel.level != "own":
            raise DomainError("channel.gone")
        await channels.rename(conn, chat.workspace.id, channel.id, title)
    await chat.reply(chat.t("channels.renamed", before=channel.title, title=title))


@router.callback_query(ChannelButton.filter(F.action.in_({"archive", "restore"})), admin_only, own_channel)
async def put_away(
    _query: CallbackQuery, chat: Conversation, callback_data: ChannelButton, channel: Channel
) -> None:
    """Archives a channel or takes it out; pressed twice it says the same."""
    at = chat.now if callback_data.action == "archive" else None
    async with chat.begin() as conn:
        await channels.archive(conn, chat.workspace.id, channel.id, at)
        now = await channels.get(conn, chat.workspace.id, channel.id)
    if now is None:
        raise DomainError("channel.gone")
    key = "channels.archived" if now.archived_at else "channels.restored"
    await chat.edit(chat.t(key, title=now.title), care(chat.t, now))
