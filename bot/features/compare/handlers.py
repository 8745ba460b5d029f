"""/compare: channels side by side, each also beside its own period before."""

import re
from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.answers.gather import since
from bot.core.parsing.arguments import USUAL
from bot.core.parsing.names import choose
from bot.core.parsing.periods import EVERYTHING, PeriodChoice, from_code, split_request
from bot.core.workers import Workers
from bot.features.compare.gather import gather
from bot.features.compare.keyboards import (
    BY,
    LISTED,
    TOO_MANY,
    CompareButton,
    SelectButton,
    decode,
    encode,
    selection,
    under_answer,
)
from bot.features.compare.request import build
from bot.telegram.callbacks import CompareAllButton
from bot.telegram.conversation import Conversation
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import channels, posts
from storage.workspace.channels import Channel

router = Router(name=__name__)
DEFAULT = USUAL["compare"]
BETWEEN = ("и", "and", "vs", "vs.", "против", "с", "with", "или", "or", "versus")
_BETWEEN = re.compile(rf",|\s(?:{'|'.join(map(re.escape, BETWEEN))})\s", re.IGNORECASE)


def setup(workers: Workers) -> Router:
    return with_parts(router, workers=workers)


@router.message(Command("compare"))
async def compare(_message: Message, chat: Conversation, command: CommandObject, workers: Workers) -> None:
    await _compare(chat, workers, command.args or "")


@router.callback_query(CompareAllButton.filter())
async def compare_all(_query: CallbackQuery, chat: Conversation, workers: Workers) -> None:
    """Compares all channels, by a button under what nobody understood."""
    await chat.close_press()
    await _compare(chat, workers, "")


async def _compare(chat: Conversation, workers: Workers, asked: str) -> None:
    visible = await _visible(chat)
    words, period = split_request(asked, chat.today, [one.title for one in visible])
    meant, choice = _meant(visible, words), period or DEFAULT
    if choice == EVERYTHING:
        choice = await _since_first(chat, meant or visible)
    text = await _answer(chat, workers, meant, len(visible), choice, 0)
    await chat.reply(text, under_answer(chat.t, visible, _ids(meant), choice, 0))


@router.callback_query(CompareButton.filter())
async def switch(
    _query: CallbackQuery, chat: Conversation, callback_data: CompareButton, workers: Workers
) -> None:
    period, by = from_code(callback_data.period), callback_data.by % len(BY)
    visible = await _visible(chat)
    wanted = decode(_ids(visible), callback_data.channels)
    meant = [one for one in visible if one.id in wanted]
    if not meant:
        raise DomainError("channel.gone")
    text = await _answer(chat, workers, meant, len(visible), period, by)
    await chat.edit(text, under_answer(chat.t, visible, wanted, period, by))


@router.callback_query(SelectButton.filter())
async def select(_query: CallbackQuery, chat: Conversation, callback_data: SelectButton) -> None:
    """Shows the list of channels in place of the answer, until its last button is pressed."""
    from_code(callback_data.period)
    visible, t = await _visible(chat), chat.t
    wanted = decode(_ids(visible), callback_data.channels)
    if not visible:
        raise DomainError("channel.gone")
    text = t("compare.select", chosen=t.number(len(wanted)), channels=t.number(len(visible)))
    await chat.edit(text, selection(t, visible, wanted, callback_data))


async def _since_first(chat: Conversation, meant: Sequence[Channel]) -> PeriodChoice:
    """Returns the period from the first post of any of them."""
    async with chat.read() as conn:
        spans = [await posts.span(conn, chat.workspace.id, one.id) for one in meant]
    first = min((span.first for span in spans if span), default=chat.now)
    return since(first, EVERYTHING, chat.now, chat.workspace.zone)


async def _visible(chat: Conversation) -> list[Channel]:
    async with chat.read() as conn:
        return await channels.visible(conn, chat.workspace.id)


async def _answer(
    chat: Conversation, workers: Workers, meant: Sequence[Channel], total: int, period: PeriodChoice, by: int
) -> str:
    """Returns the comparison.

    Raises DomainError("compare.no_data") where none of them has a post in or before the period.
    """
    async with chat.read() as conn:
        request = await gather(conn, chat.workspace, meant, period, BY[by], chat.now, total=total)
    if not request.channels:
        raise DomainError("compare.no_data")
    return (await workers.run(build, request)).text


def _meant(visible: Sequence[Channel], words: str) -> list[Channel]:
    """Returns the channels named, one a name, parted by blanks, commas or «и»; all for no words.

    Raises what `choose` raises, DomainError("compare.too_many").
    """
    whole = _whole(visible, words)
    names = [] if whole else [word for word in words.replace(",", " ").split() if word.lower() not in BETWEEN]
    found = whole or [choose(visible, name)[0] for name in names]
    unique = list({one.id: one for one in found}.values())
    if encode(_ids(visible), _ids(unique)) == TOO_MANY:
        raise DomainError("compare.too_many", most=LISTED)
    return unique


def _ids(listed: Sequence[Channel]) -> set[int]:
    return {one.id for one in listed}


def _whole(visible: Sequence[Channel], words: str) -> list[Channel]:
    """Returns all channels, or those that words mean as one name, between commas, «и», «против»; or none."""
    if not words:
        return choose(visible, words)
    for parts in (words.split(","), _BETWEEN.split(words)):
        try:
            return [choose(visible, part.strip())[0] for part in parts if part.strip()]
        except DomainError:
            continue
    return []
