"""/money: what an ad costs and what comes back, in one line, or by questions for one number after the other."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.asking import Asker
from bot.clock import Clock
from bot.handlers.presses import close_press, pressed_message
from bot.handlers.questions import Asked
from bot.keys.money import MoneyAnswer, MoneyButton, doubt_keys, question_keys
from bot.locales import Html, Translator
from bot.reports.money.questions import doubt_words, question_words
from bot.reports.money.reckoning import ORDER, Reckoning, begin, kept
from bot.reports.money.words import lines
from bot.typed.amounts import Amount, read_several
from bot.typed.questions import QuestionKind
from metrics.errors import DomainError
from metrics.money import MONEY, MoneyFormula, find
from metrics.money.formula import Input
from storage import questions
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)
MENU = "menu"
BUTTONS_IN_ROW = 2
_EXPLAINED = re.compile(" — |, ")
MOST_INPUTS = max(len(formula.inputs) for formula in MONEY.values())
TOLD_CHARS = 36  # of numbers in a button
NAME_WORDS = 2  # «break-even cpv», «ltv cac»


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
    if not _split_or_none(words) and (several := _numbers(command.args or "")):
        await message.answer(t("money.chat.which"), reply_markup=_that_take(several, t))
        return
    formula, numbers = _split(words)
    asker = Asker(message, database, clock, workspace, caller_id, said_in=message.message_id)
    await _go_on(asker, begin(formula, numbers), t, was_asked=False)


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
    asker = Asker(beside, database, clock, workspace, caller_id, name=name)
    reckoning = begin(formula, callback_data.told) if callback_data.told else Reckoning(formula)
    await _go_on(asker, reckoning, t, was_asked=False)


@router.callback_query(MoneyAnswer.filter())
async def take_press(
    query: CallbackQuery,
    callback_data: MoneyAnswer,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
) -> None:
    """A button belongs to the question that waits for the one who presses it. Raises DomainError("money.closed")."""
    message = pressed_message(query)
    async with database.read() as conn:
        question = await questions.pending(conn, workspace.id, caller_id)
    if question is None or question.kind != QuestionKind.MONEY:
        raise DomainError("money.closed")
    reckoning = _pressed(kept(question.payload), callback_data.act)
    await close_press(query)
    asker = Asker(message, database, clock, workspace, caller_id, name=query.from_user.full_name)
    await _go_on(asker, reckoning, t, was_asked=True)


@router.message(Asked(QuestionKind.MONEY))
async def take_numbers(
    message: Message,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    payload: dict[str, Any],
) -> None:
    """A slip of the hand leaves the question open: the next message may answer it."""
    asker = Asker(message, database, clock, workspace, caller_id, said_in=message.message_id)
    await _go_on(asker, kept(payload).more(message.text or ""), t, was_asked=True)


async def _go_on(asker: Asker, reckoning: Reckoning, t: Translator, *, was_asked: bool) -> None:
    """The next question, or the answer. Raises DomainError("money.…") for a number that can't be."""
    if reckoning.refusal and reckoning.doubt != ORDER:
        reason, culprit = reckoning.refusal
        raise DomainError(f"money.{reason}", input=t(f"money.input.{culprit}"))
    if reckoning.doubt:
        text, keys = Html(doubt_words(reckoning, t)), doubt_keys(reckoning, t)
        await asker.ask(QuestionKind.MONEY, reckoning.payload(), text, "", t, keys, by_buttons=True)
    elif one := reckoning.missing:
        await _ask(asker, reckoning, one, t)
    else:
        await _answer(asker, reckoning, t, was_asked=was_asked)


async def _ask(asker: Asker, reckoning: Reckoning, one: Input, t: Translator) -> None:
    example = f"{reckoning.formula.example.inputs[one.code]:g}"
    text = question_words(reckoning, one, t, in_group=asker.workspace.kind == "group")
    await asker.ask(QuestionKind.MONEY, reckoning.payload(), text, example, t, question_keys(reckoning, t))


async def _answer(asker: Asker, reckoning: Reckoning, t: Translator, *, was_asked: bool) -> None:
    answer = reckoning.answer()
    if answer.value is None:
        raise DomainError(f"money.{answer.reason}", input="")
    if was_asked:
        async with asker.database.begin() as conn:
            await questions.settle(conn, asker.workspace.id, asker.person)
    text = Html("\n".join(lines(answer, t, reckoning.told.currency)))
    await asker.beside.answer(text, reply_markup=_after(reckoning.formula, t))


def _pressed(reckoning: Reckoning, act: str) -> Reckoning:
    """Raises DomainError("button.stale") for a button of a question that was answered since."""
    one = reckoning.missing
    offered: Mapping[str, Callable[[], Reckoning]] = {"anew": lambda: Reckoning(reckoning.formula)}
    if reckoning.doubt == ORDER:
        offered = {"keep": lambda: replace(reckoning, is_unordered=False), "swap": reckoning.swapped}
    elif reckoning.doubt == "more_than_whole":
        offered = {**offered, "swap": reckoning.swapped}
    elif reckoning.doubt == "maybe_share":
        offered = {
            "share": lambda: reckoning.meant_as(share=True),
            "percent": lambda: reckoning.meant_as(share=False),
        }
    elif one is not None and one.usual is not None:
        offered = {"skip": lambda: replace(reckoning, asks_all=False)}
    if act not in offered:
        raise DomainError("button.stale")
    return offered[act]()


def _split(words: Sequence[str]) -> tuple[MoneyFormula, str]:
    """The formula and the numbers behind it. Raises DomainError("money.unknown")."""
    if found := _split_or_none(words):
        return found
    raise DomainError("money.unknown", name=words[0][:40])


def _split_or_none(words: Sequence[str]) -> tuple[MoneyFormula, str] | None:
    for count in range(min(NAME_WORDS, len(words)), 0, -1):
        if formula := find(" ".join(words[:count])):
            return formula, " ".join(words[count:])
    return None


def _numbers(text: str) -> list[Amount]:
    """Numbers without a formula's name; none where there are words, or the numbers could be parted in two ways."""
    try:
        return read_several(text, range(1, MOST_INPUTS + 1))
    except DomainError:
        return []


def _that_take(several: Sequence[Amount], t: Translator) -> InlineKeyboardMarkup:
    """Formulas of so many numbers; a press begins with them where the formula is read in one order, else asks for each."""
    told = " ".join(f"{amount.value:g}{amount.currency or ''}" for amount in several)
    buttons = [
        _button(_label(code, t), code, told if len(told) <= TOLD_CHARS else "")
        for code, formula in MONEY.items()
        if len(formula.required) <= len(several) <= len(formula.inputs)
    ]
    return InlineKeyboardMarkup(inline_keyboard=_rows(buttons))


def _menu(t: Translator) -> InlineKeyboardMarkup:
    buttons = [_button(_label(code, t), code) for code in MONEY]
    return InlineKeyboardMarkup(inline_keyboard=_rows(buttons))


def _rows(buttons: list[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    return [buttons[first : first + BUTTONS_IN_ROW] for first in range(0, len(buttons), BUTTONS_IN_ROW)]


def _after(formula: MoneyFormula, t: Translator) -> InlineKeyboardMarkup:
    again = _button(t.plain("money.chat.again", name=_label(formula.code, t)), formula.code)
    return InlineKeyboardMarkup(inline_keyboard=[[again, _button(t.plain("money.chat.others"), MENU)]])


def _label(code: str, t: Translator) -> str:
    """The name without what it is short for."""
    return _EXPLAINED.split(t.plain(f"money.{code}"))[0]


def _button(text: str, code: str, told: str = "") -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=MoneyButton(code=code, told=told).pack())
