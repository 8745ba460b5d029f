"""Buttons under the card of a post, and those that lead to one."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.answers.wording import shortened
from bot.core.locales import Translator
from bot.core.parsing.periods import PeriodChoice
from bot.telegram.callbacks import PostButton, TopButton
from bot.telegram.keyboards import button, open_engagement
from storage.workspace.channels import Channel
from storage.workspace.single_posts import SinglePost

TOP_PERIOD = PeriodChoice(days=30)
TITLE_CHARS = 40


def under_card(t: Translator, channel: Channel, found: SinglePost, link: str | None) -> InlineKeyboardMarkup:
    how = button(t.plain("how.button"), PostButton(action="how", channel=channel.id, post=found.id))
    first = [how]
    if link is not None and found.deleted_at is None:
        first.append(InlineKeyboardButton(text=t.plain("post.button.open"), url=link))
    return InlineKeyboardMarkup(inline_keyboard=[first, onwards(t, channel)])


def onwards(t: Translator, channel: Channel) -> list[InlineKeyboardButton]:
    """Returns the buttons from a post to its channel."""
    top = TopButton(channel=channel.id, period=TOP_PERIOD.code, new=True)
    return [open_engagement(t, channel), button(t.plain("post.button.top"), top)]


def latest(t: Translator, channel: Channel, found: Sequence[SinglePost]) -> InlineKeyboardMarkup:
    """Returns the latest posts, one of them to be picked."""
    rows = [
        [button(_label(t, place, one), PostButton(action="show", channel=channel.id, post=one.id))]
        for place, one in enumerate(found, start=1)
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _label(t: Translator, place: int, found: SinglePost) -> str:
    title = (found.post.title or "").strip() or t.plain("top.untitled", id=found.post.external_id[-12:])
    return t.plain("post.button.card", place=t.number(place), title=shortened(title, TITLE_CHARS))
