"""Questions the bot asks and keeps: an answer may come days later, from another process."""

from html import escape

from aiogram.types import ForceReply, Message, ReplyParameters

from bot.clock import Clock
from bot.keys import keyboards
from bot.locales import Html, Translator
from storage import questions
from storage.channels import Channel
from storage.engine import Database
from storage.workspaces import Workspace

SHARING = "sharing"  # Telegram's chooser was offered
SUBSCRIBERS = "subscribers"
CHECKED = "check"  # which channel
EXAMPLE = "12500"
CHECK_EXAMPLE = "@durov 15000"


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
    *,
    said_in: int | None = None,
    name: str = "",
) -> None:
    async with database.begin() as conn:
        now = int(clock.now().timestamp())
        await questions.ask(conn, workspace.id, person, SUBSCRIBERS, {"channel": channel.id}, now)
    if workspace.kind == "group":
        text = t("subscribers.ask_group", title=channel.title)
        await address(beside, person, text, EXAMPLE, said_in=said_in, name=name)
    else:
        text = t("subscribers.ask", title=channel.title)
        await beside.answer(text, reply_markup=keyboards.skip_question(t, channel))


async def ask_what_to_check(
    beside: Message,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    person: int,
    t: Translator,
    *,
    said_in: int | None = None,
    name: str = "",
) -> None:
    async with database.begin() as conn:
        await questions.ask(conn, workspace.id, person, CHECKED, {}, int(clock.now().timestamp()))
    if workspace.kind == "group":
        await address(beside, person, t("check.how"), CHECK_EXAMPLE, said_in=said_in, name=name)
    else:
        await beside.answer(t("check.how"))


async def address(
    beside: Message, person: int, text: Html, example: str, *, said_in: int | None = None, name: str = ""
) -> None:
    """In a group a question has to reach its person: by a reply to their message `said_in`, else by their `name`."""
    if said_in is None:
        text = Html(f'<a href="tg://user?id={person}">{escape(name or "@")}</a>\n{text}')
    # A bot reads only replies to itself there, and `selective` opens the reply field of whoever is addressed.
    await beside.answer(
        text,
        reply_markup=ForceReply(selective=True, input_field_placeholder=example),
        reply_parameters=_reply_to(said_in),
    )


def _reply_to(message_id: int | None) -> ReplyParameters | None:
    """Its author may have deleted it meanwhile."""
    if message_id is None:
        return None
    return ReplyParameters(message_id=message_id, allow_sending_without_reply=True)
