"""Buttons of /money: the question that waits can be answered or begun anew by them."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.locales import Translator
from bot.features.money.questions import both_words, meanings
from bot.features.money.reckoning import ORDER, Reckoning


class MoneyButton(CallbackData, prefix="mo", sep="|"):
    """`code` of a formula, or "menu"; `told`: numbers that were typed before a formula was chosen."""

    code: str
    told: str = ""


class MoneyAnswer(CallbackData, prefix="ma"):
    """To the question that waits. `act`: skip, keep, swap, anew, share, percent."""

    act: str


def question_keys(reckoning: Reckoning, t: Translator) -> InlineKeyboardMarkup:
    one = reckoning.missing
    skip = [_key(t.plain("money.chat.skip"), "skip")] if one and one.usual is not None else []
    return InlineKeyboardMarkup(inline_keyboard=[skip] if skip else [])


def doubt_keys(reckoning: Reckoning, t: Translator) -> InlineKeyboardMarkup:
    if reckoning.doubt == ORDER:
        orders = (("keep", reckoning), ("swap", reckoning.swapped()))
        rows = [[_key(both_words(one, t), act)] for act, one in orders]
    elif reckoning.doubt == "more_than_whole":
        rows = [[_key(t.plain("money.chat.swap"), "swap"), _key(t.plain("money.chat.anew"), "anew")]]
    else:
        share, percent = meanings(reckoning, t)
        rows = [[_key(share, "share"), _key(percent, "percent")]]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _key(text: str, act: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=MoneyAnswer(act=act).pack())
