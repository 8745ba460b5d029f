"""What nobody else understood: what may have been meant, else what people want most; silence in groups unless the bot is spoken to."""

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.answers.asked import asked
from bot.core.locales import Html, Translator
from bot.core.parsing.arguments import USUAL, WITH_CHANNEL
from bot.core.parsing.follow_ups import asks_more
from bot.core.parsing.intent import nearly
from bot.core.parsing.likely import likely
from bot.core.parsing.phrases import WITH_FREE_WORDS
from bot.core.parsing.rankings import split_count, split_ranking
from bot.core.parsing.two_periods import AGAINST
from bot.features.chat.start import next_step
from bot.telegram.asking import is_asked
from bot.telegram.callbacks import CompareAllButton, OpenButton, PickButton, SettingButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import is_for_bot, without_name
from bot.telegram.keyboards import button, engagement_periods, look
from metrics.errors import DomainError
from storage.workspace import channels
from storage.workspace.channels import Channel

# What is said of a text that names one of these commands, with words that nobody accounts for.
NEARLY = (
    ("hint.nearly_of_channel", WITH_CHANNEL | {"compare"}),
    ("hint.nearly_with_words", WITH_FREE_WORDS),
)
MOST_STRANGERS = 2  # words that may be a channel's name; more of them were no name
LOOKS_SHOWN = frozenset({"growth", "when", "content", "benchmark"})
router = Router(name=__name__)


async def is_asked_anything(chat: Conversation) -> bool:
    """Tells whether something the bot asked them still waits."""
    async with chat.read() as conn:
        return await is_asked(conn, chat.workspace.id, chat.person)


@router.message(F.text | F.caption | F.photo | F.video | F.sticker | F.voice | F.audio, is_for_bot)
async def hint(message: Message, chat: Conversation, last: str | None = None) -> None:
    """Hints at next steps; a question that waits is not answered by what nobody understood, and stays.

    `last`: the command line that a question may lean on.
    """
    if await is_asked_anything(chat):
        await chat.reply(chat.t("hint.unknown_open"))
        return
    async with chat.read() as conn:
        visible = await channels.visible(conn, chat.workspace.id)
    text = without_name(message.text or "", str((await chat.bot.me()).username))
    if last and asks_more(text) and await _tell_more(chat, last):
        return
    wanted = likely(text, visible) if visible else []
    missed = _nearly(text, wanted, visible, chat)
    if missed is not None or not wanted:
        words = missed or chat.t("hint.unknown" if visible else "hint.unknown_empty")
        await chat.reply(words, likeliest(visible, chat.t))
        return
    await chat.reply(_list(wanted, chat.t), _offered(wanted, visible, chat.t))


async def _tell_more(chat: Conversation, last: str) -> bool:
    """Tells where more of the last answer is, with its channel's and its days' other answers; False where it had none."""
    command, _, args = last.removeprefix("/").partition(" ")
    if command not in WITH_CHANNEL:
        return False
    words = split_count(split_ranking(args)[0])[0] if command == "top" else args.removesuffix(" csv")
    try:
        found = await asked(chat, words.partition(f" {AGAINST} ")[0])
    except DomainError:
        return False
    if len(found.channels) != 1:
        return False
    shown = found.period or USUAL.get(command, USUAL["er"])
    keys = engagement_periods(chat.t, found.channels[0], shown, ask_subscribers=False, offer_page=False)
    await chat.reply(chat.t("hint.more"), keys)
    return True


def _nearly(text: str, wanted: Sequence[str], visible: list[Channel], chat: Conversation) -> Html | None:
    """Says which word of a command was not understood; None where none was named, or another is likelier."""
    found = nearly(text, visible, chat.today) if visible else None
    if found is None:
        return None
    command, words = found
    key = next((key for key, commands in NEARLY if command in commands), None)
    if key is None:
        return None
    is_sure = len(words.split()) <= MOST_STRANGERS and command in (wanted[:1] or [command])
    if command not in WITH_FREE_WORDS and not is_sure:
        return None
    return chat.t(key, command=f"/{command}", words=words)


def _list(wanted: Sequence[str], t: Translator) -> Html:
    """Lists commands, each to be tapped."""
    lines = [t("help.line", name=name, what=t.plain(f"command.{name}")) for name in wanted]
    return Html("\n".join([t("hint.likely"), "", *lines, "", t("hint.likely_else")]))


def _offered(wanted: Sequence[str], visible: list[Channel], t: Translator) -> InlineKeyboardMarkup | None:
    """Returns a button for each command that has one."""
    buttons = [_button(command, visible, t) for command in wanted]
    rows = [[one] for one in buttons if one is not None]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def _button(command: str, visible: list[Channel], t: Translator) -> InlineKeyboardButton | None:
    """Returns the button that does the same as a command alone; None where the command asks for more."""
    if command in LOOKS_SHOWN:
        return look(t, command, visible[0]) if len(visible) == 1 else None
    carried = {
        "er": OpenButton(channel=visible[0].id) if len(visible) == 1 else PickButton(),
        "digest": SettingButton(kind="digest", field="see", value="new"),
        "alerts": SettingButton(kind="alerts", field="see", value="new"),
        "compare": CompareAllButton(),
    }.get(command)
    return None if carried is None else button(t.plain(f"hint.{command}_button"), carried)


def likeliest(visible: list[Channel], t: Translator) -> InlineKeyboardMarkup:
    """Returns what people want most: figures where there is a channel, else a way to one."""
    if not visible:
        return InlineKeyboardMarkup(
            inline_keyboard=[[next_step("add", t)], [next_step("file", t)], [next_step("example", t)]]
        )
    favourites = [_button(command, visible, t) for command in ("er", "digest", "compare")]
    return InlineKeyboardMarkup(inline_keyboard=[[one] for one in favourites if one is not None])


@router.callback_query()
async def refuse_old_button(_query: CallbackQuery) -> None:
    """Raises DomainError("button.stale") for an earlier version's button, or one that somebody made up."""
    raise DomainError("button.stale")
