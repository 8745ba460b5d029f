"""Buttons under the card of a check."""

from collections.abc import Iterable, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.answers.links import name_of
from bot.answers.wording import shortened, with_currency
from bot.core.locales import Translator
from bot.core.parsing.amounts import Amount, read_typed
from bot.features.check.asked import IN_ROUBLES, CheckQuestion
from bot.features.check.request import OTHER, CheckCard, CheckRequest
from metrics.posts import TELEGRAM_LIKE

# In the order of `metrics.audit.price.NORMS`, which the bot's own process does not load; a test holds them equal.
TOPICS = ("education", "business", "humour", "crypto", "finance", "tech", "news", "entertainment")
CHOICES = (*TOPICS, OTHER)
IN_ROW = 2
TITLE_CHARS = 30
_SHORT = {"youtube.com/": "yt/", "vk.com/": "vk/"}


class CheckButton(CallbackData, prefix="ck"):
    """`act`: why, file, topics, set, watch2, watch7, end, add, price. `target`: a public name, or `#` and a channel's id.
    `price`: as it was asked, with its currency: «15000₽»; 0 where none was.
    """

    act: str
    target: str
    price: str = "0"
    topic: int = -1

    @property
    def amount(self) -> Amount | None:
        asked = read_typed(self.price)
        return asked if asked and asked.value > 0 else None

    @property
    def question(self) -> CheckQuestion:
        name, asked = named_by(self.target), self.amount
        return CheckQuestion(name, name, asked.value if asked else None, asked.currency if asked else None)

    @property
    def topic_code(self) -> str | None:
        return CHOICES[self.topic] if 0 <= self.topic < len(CHOICES) else None


def target_of(request: CheckRequest, channel_id: int | None) -> str:
    """Returns a short name for buttons: Telegram takes 64 bytes for all that one says."""
    target = f"#{channel_id}" if channel_id is not None else request.handle or ""
    if channel_id is None and request.platform not in TELEGRAM_LIKE and target:
        target = name_of(request.platform, target)
    for address, short in _SHORT.items():
        target = target.replace(address, short, 1) if target.startswith(address) else target
    return target


def named_by(target: str) -> str:
    """Returns what `target_of` made the target of."""
    for address, short in _SHORT.items():
        if target.startswith(short):
            return target.replace(short, address, 1)
    return target


def under_card(
    card: CheckCard, request: CheckRequest, target: str, t: Translator, *, watch_days: int | None
) -> InlineKeyboardMarkup:
    """Returns the buttons; `watch_days`: how long it may be watched from here on."""
    about = _About(target, request)
    rows = [[about.button("why", t.plain("check.why")), about.button("file", t.plain("check.file"))]]
    if request.price is None:
        rows.append([about.button("price", t.plain("check.say_price"))])
    comparable = (
        request.price is not None and request.currency in IN_ROUBLES and request.platform in TELEGRAM_LIKE
    )
    if comparable and request.topic is None and request.own_norm is None:
        rows.append([about.button("topics", t.plain("check.topic_button"))])
    if card.needs_watch and watch_days and request.may_watch and request.handle:
        rows.append([about.button(f"watch{watch_days}", t.plain(f"check.watch{watch_days}"))])
    if request.source == "network":
        rows.append([about.button("add", t.plain("check.add_button"))])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def under_comparison(requests: Sequence[CheckRequest], t: Translator) -> InlineKeyboardMarkup:
    """Returns a button a channel, to say its price or another one; together they hold what was compared."""
    rows = [
        [_About(target_of(one, one.private_id), one).button("price", _price_label(one, t))]
        for one in requests
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def compared(message: Message) -> list[CheckButton]:
    """Finds the price buttons under a card or a comparison."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else []
    own = (f"{CheckButton.__prefix__}:price:",)
    return [
        CheckButton.unpack(one.callback_data)
        for row in rows
        for one in row
        if one.callback_data and one.callback_data.startswith(own)
    ]


def _price_label(request: CheckRequest, t: Translator) -> str:
    channel = shortened(request.title, TITLE_CHARS)
    if request.price is None:
        return t.plain("check.say_price_of", channel=channel)
    price = with_currency(t.number(round(request.price)), request.currency, t)
    return t.plain("check.change_price_of", channel=channel, price=price)


def topics(button: CheckButton, t: Translator) -> InlineKeyboardMarkup:
    choices = [
        InlineKeyboardButton(
            text=t.plain(f"check.topic.{code}"),
            callback_data=button.model_copy(update={"act": "set", "topic": number}).pack(),
        )
        for number, code in enumerate(CHOICES)
    ]
    return InlineKeyboardMarkup(inline_keyboard=_rows(choices))


def while_watching(channel_id: int, t: Translator) -> InlineKeyboardMarkup:
    end = CheckButton(act="end", target=f"#{channel_id}")
    row = [InlineKeyboardButton(text=t.plain("check.end"), callback_data=end.pack())]
    return InlineKeyboardMarkup(inline_keyboard=[row])


class _About:
    def __init__(self, target: str, request: CheckRequest) -> None:
        topic = CHOICES.index(request.topic) if request.topic in CHOICES else -1
        price = f"{round(request.price or 0)}{request.currency or ''}"
        self._data = {"target": target, "price": price, "topic": topic}

    def button(self, act: str, text: str) -> InlineKeyboardButton:
        return InlineKeyboardButton(text=text, callback_data=CheckButton(act=act, **self._data).pack())


def _rows(buttons: Iterable[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    listed = list(buttons)
    return [listed[first : first + IN_ROW] for first in range(0, len(listed), IN_ROW)]
