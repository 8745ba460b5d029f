"""Inline mode: «@bot кухня 30» in any chat offers finished cards of the channels that the person sees in private.

Nothing is drawn or uploaded here: a card comes with the picture that Telegram has already, by its id, else in words. What is
the team's own (goals, notes) stays out of a card that is shared.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import CommandStart
from aiogram.types import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Message,
)

from bot.core.languages import first_language
from bot.core.locales import Translator, translator
from bot.core.parsing.names import choose
from bot.core.parsing.periods import DEFAULT, PeriodChoice, from_code, split_request
from bot.features.engagement.service import Card, Engagement
from bot.telegram import said
from bot.telegram.conversation import Conversation
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import channels
from storage.workspace.channels import Channel

router = Router(name=__name__)
OFFERED = 3  # cards: each is computed while the person types
REMEMBERED = 200
FRESH_S = 300  # a card in words is not computed again sooner while its data stands
CACHE_S = 30  # for which Telegram itself shows the same
MOST_CHARS = 120

Result = InlineQueryResultCachedPhoto | InlineQueryResultArticle


@dataclass(slots=True)
class Cards:
    """Cards that were just made: every letter that is typed asks for them again."""

    engagement: Engagement
    _known: OrderedDict[tuple[object, ...], tuple[int, Card]] = field(default_factory=OrderedDict)

    async def of(self, chat: Conversation, channel: Channel, period: PeriodChoice) -> Card:
        """Returns the channel's card. Raises DomainError("er.no_data"), ("er.before_data")."""
        key = (chat.workspace.id, channel.id, channel.data_version, period.code, chat.workspace.language)
        made_at, card = self._known.get(key, (0, None))
        if card is None or chat.now - made_at > FRESH_S or card.photo is None:
            card = await self.engagement.card(chat.workspace, channel, period)
            self._known[key] = (chat.now, card)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return card


def setup(engagement: Engagement) -> Router:
    return with_parts(router, cards=Cards(engagement), engagement=engagement)


@router.inline_query(F.query.len() > MOST_CHARS)
async def refuse_long(query: InlineQuery) -> None:
    await _answer(query, [], None)


async def has_workspace(_query: InlineQuery, chat: Conversation | None = None) -> bool:
    """Passes who has spoken with the bot in private: nothing is made for anybody else."""
    return chat is not None


@router.inline_query(has_workspace)
async def offer_cards(query: InlineQuery, chat: Conversation, cards: Cards) -> None:
    """Offers cards by the words, the surest first; without the first one's picture a way to draw it."""
    async with chat.read() as conn:
        visible = await channels.visible(conn, chat.workspace.id)
    try:
        meant, period = _meant(chat, visible, query.query)
    except DomainError:
        await _answer(query, [], _button(chat.t, "inline.not_found" if visible else "inline.no_channels"))
        return
    results: list[Result] = []
    without_picture: Channel | None = None
    for channel in meant[:OFFERED]:
        try:
            card = await cards.of(chat, channel, period)
        except DomainError:  # no data of those days: there is no card to share
            continue
        results.append(_result(card, channel, period, chat.t))
        if card.photo is None and without_picture is None:
            without_picture = channel
    button = None
    if without_picture is not None:
        start = f"er_{without_picture.id}_{period.code}"
        button = InlineQueryResultsButton(text=chat.t.plain("inline.draw"), start_parameter=start)
    await _answer(query, results, button if results else _button(chat.t, "inline.no_data"))


@router.inline_query()
async def invite(query: InlineQuery) -> None:
    """Invites somebody the bot does not know."""
    t = translator(first_language(query.from_user.language_code, "en"))
    await _answer(query, [], _button(t, "inline.no_channels"))


@router.message(CommandStart(deep_link=True, magic=F.args.regexp(r"^er_\d+_[\dd-]+$")))
async def draw(_message: Message, chat: Conversation, engagement: Engagement) -> None:
    """Draws the card with its picture, on the way back from inline mode: it can be shared from then on."""
    _, channel_id, code = (_message.text or "").split()[-1].split("_")
    async with chat.read() as conn:
        channel = await channels.get(conn, chat.workspace.id, int(channel_id))
    if channel is None:
        raise DomainError("channel.gone")
    await engagement.answer(chat, channel, from_code(code))


def _meant(chat: Conversation, visible: list[Channel], text: str) -> tuple[list[Channel], PeriodChoice]:
    """Raises DomainError("channel.none"), ("channel.unknown") and what periods raise."""
    name, period = split_request(text, chat.today, [one.title for one in visible])
    return choose(visible, name), period or DEFAULT


def _result(card: Card, channel: Channel, period: PeriodChoice, t: Translator) -> Result:
    days = t.plural("er.days", period.length_days)
    result_id = f"{channel.id}/{period.code}/{channel.data_version}"
    title = t.plain("inline.title", channel=channel.title, days=days)
    if card.photo is not None:
        return InlineQueryResultCachedPhoto(
            id=result_id, photo_file_id=card.photo, title=title, caption=card.text
        )
    return InlineQueryResultArticle(
        id=result_id,
        title=title,
        description=card.headline,
        input_message_content=InputTextMessageContent(message_text=card.text),
    )


def _button(t: Translator, code: str) -> InlineQueryResultsButton:
    return InlineQueryResultsButton(text=t.plain(code), start_parameter="add")


async def _answer(query: InlineQuery, results: list[Result], button: InlineQueryResultsButton | None) -> None:
    """Answers a query; somebody who typed on has no use for an answer to fewer letters."""
    try:
        await query.answer(list(results), cache_time=CACHE_S, is_personal=True, button=button)
    except TelegramBadRequest as error:
        if not said.says(error, said.LATE_PRESS):
            raise
