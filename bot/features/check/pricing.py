"""A price said after a check: asked for by a button under it, and the answer shown anew with it."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.answers.wording import shortened
from bot.collection.lookups import Lookups
from bot.core.locales import Html
from bot.core.parsing.amounts import Amount, read_one, read_several
from bot.features.check.asked import CheckQuestion, CheckWords, read_price
from bot.features.check.keyboards import TITLE_CHARS, CheckButton, compared, named_by
from bot.features.check.looking import Checks
from bot.features.check.showing import check_channels
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AnswerTo
from bot.telegram.questions import QuestionKind
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import channels, questions

router = Router(name=__name__)
EXAMPLE = "15000"


def setup(checks: Checks, lookups: Lookups) -> Router:
    return with_parts(router, checks=checks, lookups=lookups)


@router.callback_query(CheckButton.filter(F.act == "price"))
async def ask_price(_query: CallbackQuery, chat: Conversation, callback_data: CheckButton) -> None:
    """Asks for the price of the pressed channel; of several without one, for all at once, the pressed one first."""
    buttons = compared(chat.message) or [callback_data]
    wanted = [one.question for one in buttons]
    first = buttons.index(callback_data) if callback_data in buttons else 0
    places = [first]
    if wanted[first].price is None:
        places += [n for n, one in enumerate(wanted) if one.price is None and n != first]
    names = [await _name(chat, buttons[place]) for place in places]
    text = chat.t(
        "check.ask_price" if len(names) == 1 else "check.ask_prices", channels=Html(", ".join(names))
    )
    payload = {"wanted": [[one.name, one.price, one.currency] for one in wanted], "places": places}
    await chat.close_press()
    await chat.asker.ask(QuestionKind.CHECK_PRICE, payload, text, EXAMPLE)


@router.message(AnswerTo(QuestionKind.CHECK_PRICE))
async def take_price(
    message: Message, chat: Conversation, payload: dict[str, Any], checks: Checks, lookups: Lookups
) -> None:
    places: list[int] = payload["places"]
    wanted = [CheckQuestion(name, name, price, currency) for name, price, currency in payload["wanted"]]
    prices = read_prices(message.text or "", len(places))
    async with chat.begin() as conn:
        await questions.settle(conn, chat.workspace.id, chat.person)
    for place, price in zip(places, prices, strict=False):
        wanted[place] = replace(wanted[place], price=price.value, currency=price.currency)
    await check_channels(chat, checks, lookups, CheckWords(tuple(wanted), None))


def read_prices(text: str, most: int) -> Sequence[Amount]:
    """Takes one price, or as many as there are channels. Raises DomainError("check.price"), ("amounts.…")."""
    if most == 1 or read_one(text) is not None:
        return [read_price(text)]
    found = read_several(text, range(2, most + 1))
    if any(one.is_percent or one.value <= 0 for one in found):
        raise DomainError("check.price", text=text[:40])
    return found


async def _name(chat: Conversation, pressed: CheckButton) -> str:
    """HTML. Raises DomainError("channel.gone")."""
    target = named_by(pressed.target)
    if not target.startswith("#"):
        return escape(target if "/" in target else f"@{target}", quote=False)
    number = target.removeprefix("#")
    async with chat.read() as conn:
        found = await channels.get(conn, chat.workspace.id, int(number)) if number.isdecimal() else None
    if found is None:
        raise DomainError("channel.gone")
    return escape(shortened(found.title, TITLE_CHARS), quote=False)
