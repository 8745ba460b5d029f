"""Questions the bot asks and keeps: an answer may come days later, from another process."""

from aiogram.types import Message

from bot import keyboards
from bot.clock import Clock
from bot.locales import Translator
from storage import questions
from storage.channels import Channel
from storage.engine import Database
from storage.workspaces import Workspace

SHARING = "sharing"  # Telegram's chooser was offered
SUBSCRIBERS = "subscribers"


async def offer_chooser(
    beside: Message, database: Database, clock: Clock, workspace: Workspace, person: int, t: Translator
) -> None:
    async with database.begin() as conn:
        await questions.ask(conn, workspace.id, person, SHARING, {}, int(clock.now().timestamp()))
    await beside.answer(t("channels.how_to_add"), reply_markup=keyboards.share_channel(t))


async def settle_sharing(database: Database, workspace: Workspace, person: int) -> bool:
    """Whether the chooser was still open: true for one caller only."""
    async with database.begin() as conn:
        question = await questions.pending(conn, workspace.id, person)
        if question is None or question.kind != SHARING:
            return False
        return await questions.settle(conn, workspace.id, person)


async def ask_subscribers(
    beside: Message,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    channel: Channel,
    person: int,
    t: Translator,
) -> None:
    async with database.begin() as conn:
        now = int(clock.now().timestamp())
        await questions.ask(conn, workspace.id, person, SUBSCRIBERS, {"channel": channel.id}, now)
    # In groups a bot reads only replies to itself.
    key = "subscribers.ask_group" if workspace.kind == "group" else "subscribers.ask"
    await beside.answer(t(key, title=channel.title), reply_markup=keyboards.skip_question(t, channel))
