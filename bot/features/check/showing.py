"""What a check found, shown in the message that promised it."""

import asyncio

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup, InputMediaPhoto, Message

from bot.collection.lookups import Lookups
from bot.features.check.asked import CheckWords
from bot.features.check.keyboards import target_of, under_card, under_comparison
from bot.features.check.looking import Checks
from bot.features.check.request import CheckCard
from bot.features.check.watching import DAYS
from bot.telegram import said
from bot.telegram.conversation import Conversation
from bot.telegram.errors import sentence


async def check_channels(chat: Conversation, checks: Checks, lookups: Lookups, words: CheckWords) -> None:
    """Shows one as a card, several beside each other, in the message that says «Смотрю…»."""
    to_read = await checks.to_read(chat.workspace, words.wanted)
    async with lookups.waiting(chat, "limit.check", to_read, always_says=True) as status:
        assert status is not None
        await _look_and_show(status, chat, checks, words)


async def _look_and_show(status: Message, chat: Conversation, checks: Checks, words: CheckWords) -> None:
    workspace, t = chat.workspace, chat.t
    try:
        requests = await asyncio.gather(*(checks.look(workspace, wanted) for wanted in words.wanted))
        if len(requests) > 1:
            await status.edit_text(
                await checks.comparison(requests), reply_markup=under_comparison(requests, t)
            )
            return
        card = await checks.card(requests[0])
    except Exception as error:  # noqa: BLE001 - told and logged by `sentence`; «Смотрю…» must never stay
        await status.edit_text(sentence(error, t))
        return
    target = target_of(requests[0], requests[0].private_id)
    await show_card(status, card, under_card(card, requests[0], target, t, watch_days=DAYS[0]))


async def show_card(status: Message, card: CheckCard, markup: InlineKeyboardMarkup) -> None:
    """Writes into the message that said «Смотрю…»; anew where the client's server can't make a picture of a text."""
    if card.picture is None:
        await status.edit_text(card.caption, reply_markup=markup)
        return
    photo = BufferedInputFile(card.picture, filename="check.png")
    try:
        await status.edit_media(InputMediaPhoto(media=photo, caption=card.caption), reply_markup=markup)
    except TelegramBadRequest as error:
        if said.says(error, said.NOT_MODIFIED):
            return
        await status.answer_photo(photo, caption=card.caption, reply_markup=markup)
        await status.delete()
