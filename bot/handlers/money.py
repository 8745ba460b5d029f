"""/money: what an ad costs and what comes back, in one line or by a short dialogue."""

import re
from collections.abc import Sequence

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.asking import address
from bot.clock import Clock
from bot.handlers.presses import pressed_message
from bot.handlers.questions import Asked
from bot.locales import Html, Translator
from bot.reports.money.words import culprit_name, in_names, lines, reason_words
from bot.typed.amounts import read_amounts
from metrics.errors import DomainError
from metrics.money import MONEY, MoneyFormula, compute, find, in_order
from storage import questions
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)
MONEY_INPUTS = "money"  # the question for a formula's numbers
MENU = "menu"
BUTTONS_IN_ROW = 2
_EXPLAINED = re.compile(" — |, ")
NAME_WORDS = 2  # «break-even cpv», «ltv cac»


class MoneyButton(CallbackData, prefix="mo"):
    """`code` of a formula, or MENU."""

    code: str


@router.message(Command("money"))
async def count_money(
    message: Message,
    command: CommandObject,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
) -> None:
    words = (command.args or "").split()
    if not words:
        await message.answer(t("money.chat.menu"), reply_markup=_menu(t))
        return
    formula, numbers = _split(words)
    if numbers:
        await message.answer(answer_words(formula, numbers, t), reply_markup=_after(formula, t))
        return
    await _ask(message, database, clock, workspace, caller_id, formula, t, said_in=message.message_id)


@router.callback_query(MoneyButton.filter(F.code == MENU))
async def show_menu(query: CallbackQuery, t: Translator) -> None:
    await pressed_message(query).answer(t("money.chat.menu"), reply_markup=_menu(t))


@router.callback_query(MoneyButton.filter())
async def ask_for_numbers(
    query: CallbackQuery,
    callback_data: MoneyButton,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
) -> None:
    formula = MONEY.get(callback_data.code)
    if formula is None:
        raise DomainError("button.stale")
    beside, name = pressed_message(query), query.from_user.full_name
    await _ask(beside, database, clock, workspace, caller_id, formula, t, name=name)


@router.message(F.text, ~F.text.startswith("/"), Asked(MONEY_INPUTS))
async def take_numbers(
    message: Message,
    database: Database,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    payload: dict[str, str],
) -> None:
    """A slip of the hand leaves the question open: the next message may answer it."""
    formula = MONEY[payload["code"]]
    text = answer_words(formula, message.text or "", t)
    async with database.begin() as conn:
        await questions.settle(conn, workspace.id, caller_id)
    await message.answer(text, reply_markup=_after(formula, t))


def answer_words(formula: MoneyFormula, numbers: str, t: Translator) -> Html:
    """Raises what `read_amounts` raises, and DomainError("money.…") for a number that can't be."""
    counts = range(len(formula.required), len(formula.inputs) + 1)
    answer = compute(formula.code, in_order(formula.code, read_amounts(numbers, counts)))
    if answer.reason is not None and reason_words(answer, t):
        raise DomainError(f"money.{answer.reason}", input=culprit_name(answer, t))
    return Html("\n".join(lines(answer, t)))


def _split(words: Sequence[str]) -> tuple[MoneyFormula, str]:
    """The formula and the numbers behind it. Raises DomainError("money.unknown")."""
    for count in range(min(NAME_WORDS, len(words)), 0, -1):
        if formula := find(" ".join(words[:count])):
            return formula, " ".join(words[count:])
    raise DomainError("money.unknown", name=words[0][:40])


async def _ask(
    beside: Message,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    person: int,
    formula: MoneyFormula,
    t: Translator,
    *,
    said_in: int | None = None,
    name: str = "",
) -> None:
    async with database.begin() as conn:
        now = int(clock.now().timestamp())
        await questions.ask(conn, workspace.id, person, MONEY_INPUTS, {"code": formula.code}, now)
    example = " ".join(f"{formula.example.inputs[one.code]:g}" for one in formula.inputs)
    text = t(
        "money.chat.ask",
        title=t(f"money.{formula.code}"),
        formula=in_names(formula, t),
        inputs=Html(", ".join(t(f"money.input.{one.code}") for one in formula.inputs)),
        example=example,
    )
    if workspace.kind == "group":
        await address(beside, person, text, example, said_in=said_in, name=name)
    else:
        await beside.answer(text)


def _menu(t: Translator) -> InlineKeyboardMarkup:
    buttons = [_button(_label(code, t), code) for code in MONEY]
    rows = [buttons[first : first + BUTTONS_IN_ROW] for first in range(0, len(buttons), BUTTONS_IN_ROW)]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _after(formula: MoneyFormula, t: Translator) -> InlineKeyboardMarkup:
    again = _button(t.plain("money.chat.again", name=_label(formula.code, t)), formula.code)
    return InlineKeyboardMarkup(inline_keyboard=[[again, _button(t.plain("money.chat.others"), MENU)]])


def _label(code: str, t: Translator) -> str:
    """The name without what it is short for."""
    return _EXPLAINED.split(t.plain(f"money.{code}"))[0]


def _button(text: str, code: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=MoneyButton(code=code).pack())
