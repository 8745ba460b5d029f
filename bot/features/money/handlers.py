"""/money: what an ad costs and what comes back, in one line, or by questions for one number after the other."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.core.locales import Html, Translator
from bot.core.parsing.amounts import Amount, read_several
from bot.features.money.keyboards import KNOWN, MoneyAnswer, MoneyButton, doubt_keys, question_keys
from bot.features.money.questions import doubt_words, question_words
from bot.features.money.reckoning import ORDER, Reckoning, begin, kept
from bot.features.money.suggesting import ASKED, suggested_by, suggestions, taken
from bot.features.money.words import lines
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AnswerTo
from bot.telegram.questions import QuestionKind
from metrics.errors import DomainError
from metrics.money import MONEY, MoneyFormula, find
from metrics.money.formula import Input
from storage.workspace import questions

router = Router(name=__name__)
MENU = "menu"
BUTTONS_IN_ROW = 2
_EXPLAINED = re.compile(" — |, ")
MOST_INPUTS = max(len(formula.inputs) for formula in MONEY.values())
TOLD_CHARS = 36  # of numbers in a button
NAME_WORDS = 2  # «break-even cpv», «ltv cac»


@router.message(Command("money"))
async def count_money(_message: Message, chat: Conversation, command: CommandObject) -> None:
    words, t = (command.args or "").split(), chat.t
    if not words:
        await chat.reply(t("money.chat.menu"), _menu(t))
        return
    if not _split_or_none(words) and (several := _numbers(command.args or "")):
        await chat.reply(t("money.chat.which"), _that_take(several, t))
        return
    formula, numbers = _split(words)
    await _go_on(chat, begin(formula, numbers), was_asked=False)


@router.callback_query(MoneyButton.filter(F.code == MENU))
async def show_menu(_query: CallbackQuery, chat: Conversation) -> None:
    await chat.message.answer(chat.t("money.chat.menu"), reply_markup=_menu(chat.t))


@router.callback_query(MoneyButton.filter())
async def ask_for_numbers(_query: CallbackQuery, chat: Conversation, callback_data: MoneyButton) -> None:
    formula = MONEY.get(callback_data.code)
    if formula is None:
        raise DomainError("button.stale")
    reckoning = begin(formula, callback_data.told) if callback_data.told else Reckoning(formula)
    await _go_on(chat, reckoning, was_asked=False)


@router.callback_query(MoneyAnswer.filter())
async def take_press(_query: CallbackQuery, chat: Conversation, callback_data: MoneyAnswer) -> None:
    """Takes a press for the question that waits for its person. Raises DomainError("money.closed")."""
    async with chat.read() as conn:
        question = await questions.pending(conn, chat.workspace.id, chat.person)
    if question is None or question.kind != QuestionKind.MONEY:
        raise DomainError("money.closed")
    waiting = kept(question.payload)
    if callback_data.act == KNOWN:
        reckoning = await _with_known(chat, waiting, callback_data.channel)
    else:
        reckoning = _pressed(waiting, callback_data.act)
    await chat.close_press()
    await _go_on(chat, reckoning, was_asked=True)


@router.message(AnswerTo(QuestionKind.MONEY))
async def take_numbers(message: Message, chat: Conversation, payload: dict[str, Any]) -> None:
    """Takes numbers; a slip leaves the question open: the next message may answer it."""
    await _go_on(chat, kept(payload).more(message.text or ""), was_asked=True)


async def _go_on(chat: Conversation, reckoning: Reckoning, *, was_asked: bool) -> None:
    """Asks the next question, or answers. Raises DomainError("money.…") for a number that can't be."""
    t = chat.t
    if reckoning.refusal and reckoning.doubt != ORDER:
        reason, culprit = reckoning.refusal
        raise DomainError(f"money.{reason}", input=t(f"money.input.{culprit}"))
    if reckoning.doubt:
        text, keys = Html(doubt_words(reckoning, t)), doubt_keys(reckoning, t)
        await chat.asker.ask(QuestionKind.MONEY, reckoning.payload(), text, markup=keys, by_buttons=True)
    elif one := reckoning.missing:
        await _ask(chat, reckoning, one)
    else:
        await _answer(chat, reckoning, was_asked=was_asked)


async def _ask(chat: Conversation, reckoning: Reckoning, one: Input) -> None:
    example = f"{reckoning.formula.example.inputs[one.code]:g}"
    offered = await suggestions(chat, reckoning)
    text = question_words(reckoning, one, offered, chat.t, in_group=chat.is_group)
    keys = question_keys(reckoning, offered, chat.t)
    await chat.asker.ask(QuestionKind.MONEY, reckoning.payload(), text, example, keys)


async def _answer(chat: Conversation, reckoning: Reckoning, *, was_asked: bool) -> None:
    answer = reckoning.answer()
    if answer.value is None:
        raise DomainError(f"money.{answer.reason}", input="")
    if was_asked:
        async with chat.begin() as conn:
            await questions.settle(conn, chat.workspace.id, chat.person)
    text = Html("\n".join(lines(answer, chat.t, reckoning.told.currency)))
    await chat.message.answer(text, reply_markup=_after(reckoning.formula, chat.t))


async def _with_known(chat: Conversation, reckoning: Reckoning, channel_id: int) -> Reckoning:
    """Returns the reckoning with what is known of the channel.

    Raises DomainError("button.stale") where another number is asked for, or the channel's is not known any
    more.
    """
    found = await suggested_by(chat, channel_id)
    if found is None or reckoning.missing is None or reckoning.missing.code not in ASKED:
        raise DomainError("button.stale")
    return taken(reckoning, found)


def _pressed(reckoning: Reckoning, act: str) -> Reckoning:
    """Returns the reckoning after a press.

    Raises DomainError("button.stale") for a button of a question that was answered since.
    """
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
    """Returns the formula and the numbers behind it. Raises DomainError("money.unknown")."""
    if found := _split_or_none(words):
        return found
    raise DomainError("money.unknown", name=words[0][:40])


def _split_or_none(words: Sequence[str]) -> tuple[MoneyFormula, str] | None:
    for count in range(min(NAME_WORDS, len(words)), 0, -1):
        if formula := find(" ".join(words[:count])):
            return formula, " ".join(words[count:])
    return None


def _numbers(text: str) -> list[Amount]:
    """Returns numbers without a formula's name; none if there are words, or two ways to part them."""
    try:
        return read_several(text, range(1, MOST_INPUTS + 1))
    except DomainError:
        return []


def _that_take(several: Sequence[Amount], t: Translator) -> InlineKeyboardMarkup:
    """Returns formulas of so many numbers.

    A press begins with them where the formula is read in one order, else asks for each.
    """
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
    """Returns the name without what it is short for."""
    return _EXPLAINED.split(t.plain(f"money.{code}"))[0]


def _button(text: str, code: str, told: str = "") -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=MoneyButton(code=code, told=told).pack())
