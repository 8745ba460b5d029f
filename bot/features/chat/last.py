"""What nobody else understood: the three likeliest next steps, silence in groups unless the bot is spoken to."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.core.locales import Html, Translator
from bot.core.parsing.arguments import WITH_CHANNEL
from bot.core.parsing.intent import nearly
from bot.core.parsing.phrases import WITH_FREE_WORDS
from bot.features.chat.start import next_step
from bot.telegram.asking import is_asked
from bot.telegram.callbacks import CompareAllButton, OpenButton, PickButton, SettingButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import is_for_bot
from bot.telegram.keyboards import button
from metrics.errors import DomainError
from storage.workspace import channels
from storage.workspace.channels import Channel

# What is said of a text that names one of these commands, with words that nobody accounts for.
NEARLY = (
    ("hint.nearly_of_channel", WITH_CHANNEL | {"compare"}),
    ("hint.nearly_with_words", WITH_FREE_WORDS),
)
router = Router(name=__name__)


async def is_asked_anything(chat: Conversation) -> bool:
    """Tells whether something the bot asked them still waits."""
    async with chat.read() as conn:
        return await is_asked(conn, chat.workspace.id, chat.person)


@router.message(F.text | F.caption | F.photo | F.video | F.sticker | F.voice | F.audio, is_for_bot)
async def hint(message: Message, chat: Conversation) -> None:
    """Hints at next steps; a question that waits is not answered by what nobody understood, and stays."""
    if await is_asked_anything(chat):
        await chat.reply(chat.t("hint.unknown_open"))
        return
    async with chat.read() as conn:
        visible = await channels.visible(conn, chat.workspace.id)
    await chat.reply(_words(message.text or "", visible, chat), likeliest(visible, chat.t))


def _words(text: str, visible: list[Channel], chat: Conversation) -> Html:
    """Says what was not understood, as nearly as that is known."""
    if not visible:
        return chat.t("hint.unknown_empty")
    if found := nearly(text, visible, chat.today):
        command, words = found
        key = next((key for key, commands in NEARLY if command in commands), None)
        if key is not None:
            return chat.t(key, command=f"/{command}", words=words)
    return chat.t("hint.unknown")


def likeliest(visible: list[Channel], t: Translator) -> InlineKeyboardMarkup:
    """Returns what people want most: figures where there is a channel, else a way to one."""
    if not visible:
        return InlineKeyboardMarkup(
            inline_keyboard=[[next_step("add", t)], [next_step("file", t)], [next_step("example", t)]]
        )
    er = OpenButton(channel=visible[0].id) if len(visible) == 1 else PickButton()
    digest = SettingButton(kind="digest", field="see", value="new")
    rows = [
        [button(t.plain("hint.er_button"), er)],
        [button(t.plain("hint.digest_button"), digest)],
        [button(t.plain("hint.compare_button"), CompareAllButton())],
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


@router.callback_query()
async def refuse_old_button(_query: CallbackQuery) -> None:
    """Raises DomainError("button.stale") for an earlier version's button, or one that somebody made up."""
    raise DomainError("button.stale")
