"""What was agreed, corrected later in the same form: a field by its button, or several in one line."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.core.locales import Html
from bot.features.placements import keyboards
from bot.features.placements.fields import ADVERTISED, FIELDS
from bot.features.placements.form import buttons, form, prompt_of
from bot.features.placements.handlers import card_of, placement_of
from bot.features.placements.line import Draft, read_line
from bot.features.placements.placing import OWN_LINK, Placing
from bot.features.placements.registering import advertisable, local_now, take_field
from bot.features.placements.telling import goal
from bot.telegram.callbacks import PlacementButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AnswerTo, admin_only
from bot.telegram.keyboards import cancel_button
from bot.telegram.questions import QuestionKind
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import channels, questions
from storage.workspace.placements import Placement

router = Router(name=__name__)
EXAMPLE = "15000 1/24 20000"


def setup(placing: Placing) -> Router:
    return with_parts(router, placing=placing)


@router.callback_query(PlacementButton.filter(F.action == "terms"), admin_only)
async def ask_terms(_query: CallbackQuery, chat: Conversation, callback_data: PlacementButton) -> None:
    placement = await placement_of(chat, callback_data.placement)
    text, markup = await _shown(chat, placement, None)
    await chat.close_press()
    await chat.asker.ask(
        QuestionKind.PLACEMENT_TERMS, {"placement": placement.id}, text, EXAMPLE, markup, by_buttons=True
    )


@router.callback_query(PlacementButton.filter((F.action == "field") & (F.placement != 0)), admin_only)
async def choose_field(_query: CallbackQuery, chat: Conversation, callback_data: PlacementButton) -> None:
    """Asks for a field: the next answer is for it, and the form says so in its own place."""
    field = FIELDS[callback_data.value] if 0 <= callback_data.value < len(FIELDS) else None
    if field is None:
        raise DomainError("button.stale")
    placement = await placement_of(chat, callback_data.placement)
    if field == ADVERTISED:
        await _ask_for_goal(chat, placement)
        return
    payload = {"placement": placement.id, "asks": field}
    async with chat.begin() as conn:
        await questions.ask(
            conn, chat.workspace.id, chat.person, QuestionKind.PLACEMENT_TERMS, payload, chat.now
        )
    text, markup = await _shown(chat, placement, field)
    cancel = [cancel_button(chat.t, QuestionKind.PLACEMENT_TERMS)]
    await chat.edit(text, InlineKeyboardMarkup(inline_keyboard=[*markup.inline_keyboard, cancel]))


@router.callback_query(PlacementButton.filter((F.action == "into") & (F.placement != 0)), admin_only)
async def advertise(
    _query: CallbackQuery, chat: Conversation, callback_data: PlacementButton, placing: Placing
) -> None:
    """Has a placement lead to another channel of the chat; pressed twice it says the same."""
    placement = await placement_of(chat, callback_data.placement)
    await _lead_elsewhere(
        chat, placement, replace(_draft(placement), advertised=callback_data.value, own_link=None), placing
    )


@router.message(AnswerTo(QuestionKind.PLACEMENT_TERMS), admin_only)
async def take_terms(message: Message, chat: Conversation, placing: Placing, payload: dict[str, Any]) -> None:
    """Takes terms; what is not named stays as it is. Raises what `read_line` raises."""
    placement = await placement_of(chat, payload["placement"])
    said, field = message.text or "", payload.get("asks")
    if field in FIELDS:
        amended = _with_terms(placement, await take_field(chat, _draft(placement), field, said))
    else:
        amended = _with_line(placement, said, local_now(chat))
    await placing.amend(chat.workspace, amended)
    async with chat.begin() as conn:
        await questions.settle(conn, chat.workspace.id, chat.person)
    await chat.reply(*await card_of(chat, placement.id))


async def _ask_for_goal(chat: Conversation, placement: Placement) -> None:
    """Asks where the post leads in a question of its own: an address answers it, and none of the others."""
    text, markup = await _shown(chat, placement, ADVERTISED)
    await chat.close_press()
    kind = QuestionKind.PLACEMENT_GOAL
    await chat.asker.ask(kind, {"placement": placement.id}, text, "https://", markup, by_buttons=True)


@router.message(AnswerTo(QuestionKind.PLACEMENT_GOAL), admin_only)
async def take_goal(message: Message, chat: Conversation, placing: Placing, payload: dict[str, Any]) -> None:
    placement = await placement_of(chat, payload["placement"])
    draft = await take_field(chat, _draft(placement), ADVERTISED, message.text or "")
    await _lead_elsewhere(chat, placement, draft, placing)


async def _lead_elsewhere(chat: Conversation, placement: Placement, draft: Draft, placing: Placing) -> None:
    """Says the new link over the card. Raises DomainError("button.stale") for a channel that is none of the chat's."""
    async with chat.read() as conn:
        own = await advertisable(conn, chat.workspace)
    advertised = next((one for one in own if one.id == draft.advertised), None)
    if draft.own_link is None and advertised is None:
        raise DomainError("button.stale")
    before = _draft(placement)
    if (draft.advertised, draft.own_link) != (before.advertised, before.own_link):
        placement = await placing.advertise(chat.workspace, placement, draft, advertised, chat.person)
    async with chat.begin() as conn:
        question = await questions.pending(conn, chat.workspace.id, chat.person)
        if question is not None and question.kind == QuestionKind.PLACEMENT_GOAL:
            await questions.settle(conn, chat.workspace.id, chat.person)
    text, markup = await card_of(chat, placement.id)
    said = [goal(placement, advertised, chat.t)]
    if placement.published_at is not None and placement.invite_link is not None:
        said.append(chat.t("placement.replace_link"))
    await chat.reply(Html("\n\n".join([*said, text])), markup)


def _with_line(placement: Placement, text: str, now: datetime) -> Placement:
    said = read_line(text, Draft(is_named=True, link=placement.link), now)
    changes = (said.price, said.promised_views, said.planned_at)
    if changes == (None, None, None) and not said.has_format:
        raise DomainError("placement.no_terms")
    amended = placement
    if said.price is not None:
        amended = replace(amended, price=said.price, currency=said.currency or placement.currency)
    if said.has_format:
        amended = replace(amended, hours_on_top=said.hours_on_top, hours_in_feed=said.hours_in_feed)
    if said.planned_at is not None:
        amended = replace(amended, planned_at=said.planned_at)
    if said.promised_views is not None:
        amended = replace(amended, promised_views=said.promised_views)
    return amended


def _draft(placement: Placement) -> Draft:
    return Draft(
        handle=placement.handle,
        link=placement.link,
        post_number=placement.post_number,
        is_named=True,
        price=placement.price,
        currency=placement.currency,
        hours_on_top=placement.hours_on_top,
        hours_in_feed=placement.hours_in_feed,
        has_format=placement.hours_on_top is not None,
        promised_views=placement.promised_views,
        has_terms=True,
        planned_at=placement.planned_at,
        advertised=placement.channel_id,
        own_link=placement.invite_link if placement.no_link_because == OWN_LINK else None,
    )


def _with_terms(placement: Placement, draft: Draft) -> Placement:
    return replace(
        placement,
        price=placement.price if draft.price is None else draft.price,
        currency=draft.currency,
        hours_on_top=draft.hours_on_top,
        hours_in_feed=draft.hours_in_feed,
        promised_views=draft.promised_views,
        planned_at=draft.planned_at,
    )


async def _shown(
    chat: Conversation, placement: Placement, field: str | None
) -> tuple[Html, InlineKeyboardMarkup]:
    t, draft = chat.t, replace(_draft(placement), asks=field)
    async with chat.read() as conn:
        advertised = await channels.get(conn, chat.workspace.id, placement.channel_id or 0)
    if field is None:
        prompt = t("placement.ask.new_terms", seller=keyboards.seller(placement.handle, t))
    else:
        prompt = prompt_of(field, draft, t)
    if chat.is_group:
        prompt = Html(f"{prompt}\n{t('placement.form.reply')}")
    text = form(draft, advertised, prompt, chat.workspace, t, chat.now)
    markup = buttons(draft, placement.id, t)
    if field == ADVERTISED:
        async with chat.read() as conn:
            own = await advertisable(conn, chat.workspace)
        rows = [*markup.inline_keyboard, *keyboards.which_channel(own, placement.id).inline_keyboard]
        markup = InlineKeyboardMarkup(inline_keyboard=rows)
    return text, markup
