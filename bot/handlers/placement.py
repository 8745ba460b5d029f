"""/placement: a bought post is written down, in one line or by a short dialogue."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.access import ChatAdmin
from bot.asking import Asker
from bot.clock import Clock
from bot.handlers.presses import close_press, pressed_message
from bot.handlers.questions import Asked
from bot.keys.callbacks import PlacementButton
from bot.locales import Translator
from bot.lookups import Lookups, Question, asked_by
from bot.placements import keyboards
from bot.placements.line import Draft, read_line
from bot.placements.placing import Placing
from bot.placements.telling import EXAMPLE_LINK, said_or_forwarded, tell
from bot.typed.questions import QuestionKind
from metrics.errors import DomainError
from storage import channels, questions
from storage.channels import Channel
from storage.engine import Connection, Database
from storage.workspaces import Workspace

router = Router(name=__name__)
EXAMPLES = {"link": EXAMPLE_LINK, "price": "15000", "terms": "1/24 20000"}


@dataclass(frozen=True, slots=True)
class Registering:
    """What is complete is written down, after a look at the post's page, and told."""

    placing: Placing
    lookups: Lookups
    question: Question

    async def end(self, asker: Asker, draft: Draft, advertised: Channel | None) -> None:
        thread_id = asker.beside.message_thread_id if asker.beside.is_topic_message else None
        pages = self.lookups.of_post(draft.handle, draft.post_number)
        async with self.lookups.waiting(self.question, "limit.placement", [pages]):
            made = await self.placing.register(asker.workspace, draft, advertised, asker.person, thread_id)
            await tell(asker, made, self.placing, self.question.t)


@router.message(Command("placement"))
async def begin(
    message: Message,
    command: CommandObject,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
    placing: Placing,
    lookups: Lookups,
) -> None:
    await is_chat_admin.require()
    draft = read_line(command.args) if command.args else Draft()
    asker = Asker(message, database, clock, workspace, caller_id, said_in=message.message_id)
    registering = Registering(placing, lookups, asked_by(message, workspace, caller_id, t))
    await _go_on(asker, draft, None, registering, t)


@router.callback_query(PlacementButton.filter(F.action == "new"))
async def begin_by_button(
    query: CallbackQuery,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
    placing: Placing,
    lookups: Lookups,
) -> None:
    await is_chat_admin.require()
    await close_press(query)
    asker = _pressed(query, database, clock, workspace, caller_id)
    registering = Registering(placing, lookups, asked_by(query, workspace, caller_id, t))
    await _go_on(asker, Draft(), None, registering, t)


@router.message(Asked(QuestionKind.PLACEMENT))
async def take_answer(
    message: Message,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
    placing: Placing,
    lookups: Lookups,
    payload: dict[str, Any],
) -> None:
    """A slip of the hand leaves the question open: the next message may answer it."""
    await is_chat_admin.require()
    before = Draft(**payload)
    said, came_out_at = said_or_forwarded(message)
    draft = read_line(said, before)
    if before.lacks == "terms":
        draft = replace(draft, has_terms=True)
    if came_out_at is not None:
        draft = replace(draft, came_out_at=came_out_at)
    asker = Asker(message, database, clock, workspace, caller_id, said_in=message.message_id)
    registering = Registering(placing, lookups, asked_by(message, workspace, caller_id, t))
    await _go_on(asker, draft, None, registering, t)


@router.callback_query(PlacementButton.filter(F.action.in_({"skip", "into"})))
async def choose(
    query: CallbackQuery,
    callback_data: PlacementButton,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
    placing: Placing,
    lookups: Lookups,
) -> None:
    """No format and no promise; or the channel that is advertised."""
    await is_chat_admin.require()
    async with database.read() as conn:
        question = await questions.pending(conn, workspace.id, caller_id)
        advertised = await _advertised(conn, workspace, callback_data.value) if callback_data.value else None
    if question is None or question.kind != QuestionKind.PLACEMENT:
        raise DomainError("button.stale")
    await close_press(query)
    draft = replace(Draft(**question.payload), has_terms=True)
    registering = Registering(placing, lookups, asked_by(query, workspace, caller_id, t))
    asker = _pressed(query, database, clock, workspace, caller_id)
    await _go_on(asker, draft, advertised, registering, t)


async def _go_on(
    asker: Asker, draft: Draft, advertised: Channel | None, registering: Registering, t: Translator
) -> None:
    """Ask for what is missing; write down what is complete."""
    if (lacking := draft.lacks) is not None:
        seller = keyboards.seller(draft.handle, t)
        markup = keyboards.skip(t) if lacking == "terms" else None
        text = t(f"placement.ask.{lacking}", seller=seller)
        await asker.ask(QuestionKind.PLACEMENT, asdict(draft), text, EXAMPLES[lacking], t, markup)
        return
    workspace = asker.workspace
    if advertised is None:
        async with asker.database.read() as conn:
            own = await _advertisable(conn, workspace)
        if len(own) > 1:
            await _ask_for_channel(asker, draft, own, t)
            return
        advertised = own[0] if own else None
    await registering.end(asker, draft, advertised)


async def _ask_for_channel(asker: Asker, draft: Draft, own: list[Channel], t: Translator) -> None:
    """By buttons, in a group too: nothing is to be typed."""
    text, keys = t("placement.ask.channel"), keyboards.which_channel(own)
    await asker.ask(QuestionKind.PLACEMENT, asdict(draft), text, "", t, keys, by_buttons=True)


async def _advertisable(conn: Connection, workspace: Workspace) -> list[Channel]:
    return [one for one in await channels.visible(conn, workspace.id) if one.bot_is_admin and one.chat_id]


async def _advertised(conn: Connection, workspace: Workspace, channel_id: int) -> Channel | None:
    return next((one for one in await _advertisable(conn, workspace) if one.id == channel_id), None)


def _pressed(
    query: CallbackQuery, database: Database, clock: Clock, workspace: Workspace, person: int
) -> Asker:
    return Asker(pressed_message(query), database, clock, workspace, person, name=query.from_user.full_name)
