"""Buttons of /money: the question that waits can be answered or begun anew by them."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.answers.wording import shortened
from bot.core.locales import Translator
from bot.features.money.questions import both_words, meanings
from bot.features.money.reckoning import ORDER, Reckoning
from bot.features.money.suggesting import Suggestion

KNOWN = "known"
TITLE_CHARS = 30


class MoneyButton(CallbackData, prefix="mo", sep="|"):
    """`code` of a formula, or "menu"; `told`: numbers that were typed before a formula was chosen."""

    code: str
    told: str = ""


class MoneyAnswer(CallbackData, prefix="ma"):
    """Carries the answer to the question that waits.

    `act`: skip, keep, swap, anew, share, percent; known (what is known of the `channel`).
    """

    act: str
    channel: int = 0


def question_keys(reckoning: Reckoning, offered: Sequence[Suggestion], t: Translator) -> InlineKeyboardMarkup:
    one = reckoning.missing
    rows = [[_suggested(row, one.code, t)] for row in offered] if one else []
    if one and one.usual is not None:
        rows.append([_key(t.plain("money.chat.skip"), "skip")])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _suggested(of: Suggestion, code: str, t: Translator) -> InlineKeyboardButton:
    values = {"left": t.number(of.left), "started": t.number(of.started)}
    text = t.plain(
        "money.chat.known_value",
        value=values.get(code) or t.percent(of.churn_percent),
        channel=shortened(of.channel.title, TITLE_CHARS),
    )
    answer = MoneyAnswer(act=KNOWN, channel=of.channel.id)
    return InlineKeyboardButton(text=text, callback_data=answer.pack())


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
