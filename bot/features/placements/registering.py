"""/placement: a bought post is written down, in one line or by a short dialogue."""

from dataclasses import asdict, replace
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.collection.lookups import Lookups
from bot.features.placements import keyboards
from bot.features.placements.line import Draft, read_line
from bot.features.placements.placing import Placing
from bot.features.placements.telling import EXAMPLE_LINK, said_or_forwarded, tell
from bot.telegram.asking import Asker
from bot.telegram.callbacks import PlacementButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AnswerTo, admin_only
from bot.telegram.questions import QuestionKind
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.engine import Connection
from storage.workspace import channels, questions
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace

router = Router(name=__name__)
EXAMPLES = {"link": EXAMPLE_LINK, "price": "15000", "terms": "1/24 20000"}


def setup(placing: Placing, lookups: Lookups) -> Router:
    return with_parts(router, placing=placing, lookups=lookups)


@router.message(Command("placement"), admin_only)
async def begin(
    _message: Message, chat: Conversation, command: CommandObject, placing: Placing, lookups: Lookups
) -> None:
    draft = read_line(command.args) if command.args else Draft()
    await _go_on(chat, draft, None, placing, lookups)


@router.callback_query(PlacementButton.filter(F.action == "new"), admin_only)
async def begin_by_button(
    _query: CallbackQuery, chat: Conversation, placing: Placing, lookups: Lookups
) -> None:
    await _go_on(chat, Draft(), None, placing, lookups)


@router.message(AnswerTo(QuestionKind.PLACEMENT), admin_only)
async def take_answer(
    message: Message, chat: Conversation, placing: Placing, lookups: Lookups, payload: dict[str, Any]
) -> None:
    """Takes an answer; a slip leaves the question open: the next message may answer it."""
    before = Draft(**payload)
    said, came_out_at = said_or_forwarded(message)
    draft = read_line(said, before)
    if before.lacks == "terms":
        draft = replace(draft, has_terms=True)
    if came_out_at is not None:
        draft = replace(draft, came_out_at=came_out_at)
    await _go_on(chat, draft, None, placing, lookups)


@router.callback_query(PlacementButton.filter(F.action.in_({"skip", "into"})), admin_only)
async def choose(
    _query: CallbackQuery,
    chat: Conversation,
    callback_data: PlacementButton,
    placing: Placing,
    lookups: Lookups,
) -> None:
    """Takes a press: no format and no promise, or the channel that is advertised."""
    chosen, workspace = callback_data.value, chat.workspace
    async with chat.read() as conn:
        question = await questions.pending(conn, workspace.id, chat.person)
        advertised = await _advertised(conn, workspace, chosen) if chosen else None
    if question is None or question.kind != QuestionKind.PLACEMENT:
        raise DomainError("button.stale")
    draft = replace(Draft(**question.payload), has_terms=True)
    await _go_on(chat, draft, advertised, placing, lookups)


async def _go_on(
    chat: Conversation, draft: Draft, advertised: Channel | None, placing: Placing, lookups: Lookups
) -> None:
    """Asks for what is missing; writes down and tells what is complete, after a look at the post's page."""
    asker, t = chat.asker, chat.t
    await chat.close_press()
    if (lacking := draft.lacks) is not None:
        seller = keyboards.seller(draft.handle, t)
        markup = keyboards.skip(t) if lacking == "terms" else None
        text = t(f"placement.ask.{lacking}", seller=seller)
        await asker.ask(QuestionKind.PLACEMENT, asdict(draft), text, EXAMPLES[lacking], markup)
        return
    if advertised is None:
        async with chat.read() as conn:
            own = await _advertisable(conn, chat.workspace)
        if len(own) > 1:
            await _ask_for_channel(asker, draft, own)
            return
        advertised = own[0] if own else None
    pages = lookups.of_post(draft.handle, draft.post_number)
    async with lookups.waiting(chat, "limit.placement", [pages]):
        made = await placing.register(chat.workspace, draft, advertised, chat.person, chat.thread_id)
        await tell(asker, made, placing)


async def _ask_for_channel(asker: Asker, draft: Draft, own: list[Channel]) -> None:
    """Asks for the channel by buttons, in a group too: nothing is to be typed."""
    text, keys = asker.t("placement.ask.channel"), keyboards.which_channel(own)
    await asker.ask(QuestionKind.PLACEMENT, asdict(draft), text, markup=keys, by_buttons=True)


async def _advertisable(conn: Connection, workspace: Workspace) -> list[Channel]:
    return [one for one in await channels.visible(conn, workspace.id) if one.bot_is_admin and one.chat_id]


async def _advertised(conn: Connection, workspace: Workspace, channel_id: int) -> Channel | None:
    return next((one for one in await _advertisable(conn, workspace) if one.id == channel_id), None)
