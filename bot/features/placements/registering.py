"""/placement: a bought post is written down, in one line or by a form that shows every field."""

from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.collection.lookups import Lookups
from bot.core.locales import Html
from bot.core.parsing.names import called
from bot.features.placements import keyboards
from bot.features.placements.fields import ADVERTISED, FIELDS, POST, take
from bot.features.placements.form import buttons, form, prompt_of
from bot.features.placements.line import Draft, read_line
from bot.features.placements.placing import Placing
from bot.features.placements.telling import EXAMPLE_LINK, said_or_forwarded, tell
from bot.telegram.asking import Asker
from bot.telegram.callbacks import PlacementButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AnswerTo, admin_only
from bot.telegram.keyboards import cancel_button
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
    draft = read_line(command.args, None, local_now(chat)) if command.args else Draft()
    await _go_on(chat, draft, placing, lookups)


@router.callback_query(PlacementButton.filter(F.action == "new"), admin_only)
async def begin_by_button(
    _query: CallbackQuery, chat: Conversation, placing: Placing, lookups: Lookups
) -> None:
    await _go_on(chat, Draft(), placing, lookups)


@router.message(AnswerTo(QuestionKind.PLACEMENT), admin_only)
async def take_answer(
    message: Message, chat: Conversation, placing: Placing, lookups: Lookups, payload: dict[str, Any]
) -> None:
    """Takes an answer; a slip leaves the question open: the next message may answer it."""
    before = Draft(**payload)
    said, came_out_at = said_or_forwarded(message)
    if before.asks is not None:
        draft = replace(await take_field(chat, before, before.asks, said), asks=None)
    else:
        draft = read_line(said, before, local_now(chat))
        draft = replace(draft, has_terms=draft.has_terms or before.lacks == "terms", asks=None)
    if came_out_at is not None:
        draft = replace(draft, came_out_at=came_out_at)
    await _go_on(chat, draft, placing, lookups)


@router.callback_query(PlacementButton.filter((F.action == "field") & (F.placement == 0)), admin_only)
async def choose_field(_query: CallbackQuery, chat: Conversation, callback_data: PlacementButton) -> None:
    """Asks for a field: the next answer is for it, and the form says so in its own place."""
    if not 0 <= callback_data.value < len(FIELDS):
        raise DomainError("button.stale")
    draft = replace(await _open_draft(chat), asks=FIELDS[callback_data.value])
    async with chat.begin() as conn:
        kept = asdict(replace(draft, form=chat.message.message_id))
        await questions.ask(conn, chat.workspace.id, chat.person, QuestionKind.PLACEMENT, kept, chat.now)
        own = await advertisable(conn, chat.workspace)
    await chat.edit(*_shown(chat, draft, own, is_pressed=True))


@router.callback_query(
    PlacementButton.filter(F.action.in_({"skip", "into"}) & (F.placement == 0)), admin_only
)
async def choose(
    _query: CallbackQuery,
    chat: Conversation,
    callback_data: PlacementButton,
    placing: Placing,
    lookups: Lookups,
) -> None:
    """Takes a press: no format and no promise, or the channel that is advertised."""
    draft = replace(await _open_draft(chat), asks=None)
    if callback_data.action == "skip":
        await _go_on(chat, replace(draft, has_terms=True), placing, lookups)
    else:
        await _go_on(chat, replace(draft, advertised=callback_data.value, own_link=None), placing, lookups)


async def take_field(chat: Conversation, draft: Draft, field: str, said: str) -> Draft:
    """Returns the draft with a field as it was typed; the advertised channel by its name, too. Raises what `take` does."""
    try:
        return take(draft, field, said, local_now(chat))
    except DomainError as error:
        if error.code != "placement.no_address":
            raise
        async with chat.read() as conn:
            meant = called(await advertisable(conn, chat.workspace), said)
        if len(meant) != 1:
            raise
        return replace(draft, advertised=meant[0].id, own_link=None)


async def _open_draft(chat: Conversation) -> Draft:
    """Raises DomainError("button.stale") where no form waits."""
    async with chat.read() as conn:
        question = await questions.pending(conn, chat.workspace.id, chat.person)
    if question is None or question.kind != QuestionKind.PLACEMENT:
        raise DomainError("button.stale")
    return Draft(**question.payload)


async def _go_on(chat: Conversation, draft: Draft, placing: Placing, lookups: Lookups) -> None:
    """The form with what is missing; what is complete is written down, after a look at the post's page, and told."""
    await chat.close_press()
    async with chat.read() as conn:
        own = await advertisable(conn, chat.workspace)
    if draft.lacks is not None:
        await _show_form(chat, draft, own)
        return
    if draft.own_link is not None:
        own = []
    advertised = next((one for one in own if one.id == draft.advertised), None)
    if advertised is None and len(own) > 1:
        await _ask_for_channel(chat.asker, replace(draft, asks=ADVERTISED), own)
        return
    if advertised is None and own:
        advertised = own[0]
    pages = lookups.of_post(draft.handle, draft.post_number)
    async with lookups.waiting(chat, "limit.placement", [pages]):
        made = await placing.register(chat.workspace, draft, advertised, chat.person, chat.thread_id)
        await tell(chat.asker, made, placing)


async def _show_form(chat: Conversation, draft: Draft, own: list[Channel]) -> None:
    """Under what was typed last; the one above it goes."""
    text, markup = _shown(chat, draft, own)
    example = EXAMPLES.get(draft.lacks or "", "")
    sent = await chat.asker.ask(QuestionKind.PLACEMENT, asdict(draft), text, example, markup, by_buttons=True)
    async with chat.begin() as conn:
        kept = asdict(replace(draft, form=sent.message_id))
        await questions.ask(conn, chat.workspace.id, chat.person, QuestionKind.PLACEMENT, kept, chat.now)
    if draft.form is not None:
        with suppress(TelegramAPIError):  # it was deleted, or is too old to be
            await chat.bot.delete_message(chat.workspace.chat_id, draft.form)


def _shown(
    chat: Conversation, draft: Draft, own: list[Channel], *, is_pressed: bool = False
) -> tuple[Html, InlineKeyboardMarkup]:
    t, advertised = chat.t, next((one for one in own if one.id == draft.advertised), None)
    if draft.asks is not None:
        prompt = prompt_of(draft.asks, draft, t)
    elif draft.lacks == "link" and draft != Draft(form=draft.form):
        prompt = prompt_of(POST, draft, t)  # what it is for was said above
    else:
        prompt = t(f"placement.ask.{draft.lacks}", seller=keyboards.seller(draft.handle, t))
    if chat.is_group:
        prompt = Html(f"{prompt}\n{t('placement.form.reply')}")
    rows = buttons(draft, 0, t).inline_keyboard
    if draft.asks == ADVERTISED:
        rows = [*rows, *keyboards.which_channel(own).inline_keyboard]
    elif draft.lacks == "terms":
        rows = [*rows, *keyboards.skip(t).inline_keyboard]
    if is_pressed:  # a question that is put anew gets it by itself
        rows = [*rows, [cancel_button(t, QuestionKind.PLACEMENT)]]
    text = form(draft, advertised, prompt, chat.workspace, t, chat.now)
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


async def _ask_for_channel(asker: Asker, draft: Draft, own: list[Channel]) -> None:
    """Asks for the channel by buttons, in a group too: nothing is to be typed."""
    text, keys = asker.t("placement.ask.channel"), keyboards.which_channel(own)
    await asker.ask(QuestionKind.PLACEMENT, asdict(draft), text, markup=keys, by_buttons=True)


def local_now(chat: Conversation) -> datetime:
    return chat.clock.now().astimezone(ZoneInfo(chat.workspace.zone))


async def advertisable(conn: Connection, workspace: Workspace) -> list[Channel]:
    return [one for one in await channels.visible(conn, workspace.id) if one.bot_is_admin and one.chat_id]
