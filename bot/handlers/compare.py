"""/compare: channels side by side, each also beside its own period before."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.clock import Clock
from bot.handlers.presses import pressed_message
from bot.keys.compare import (
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
from bot.locales import Translator
from bot.reports.compare.entry import build
from bot.reports.compare.gather import gather
from bot.typed.choices import choose
from bot.typed.periods import PeriodChoice, from_code, split_request
from bot.workers import Workers
from metrics.errors import DomainError
from storage import channels
from storage.channels import Channel
from storage.engine import Database
from storage.workspaces import Workspace

router = Router(name=__name__)
DEFAULT = PeriodChoice(days=30)


@router.message(Command("compare"))
async def compare(
    message: Message,
    command: CommandObject,
    database: Database,
    clock: Clock,
    workers: Workers,
    workspace: Workspace,
    t: Translator,
) -> None:
    today = clock.now().astimezone(ZoneInfo(workspace.zone)).date()
    words, period = split_request(command.args or "", today)
    async with database.read() as conn:
        visible = await channels.visible(conn, workspace.id)
    meant = _meant(visible, words)
    choice = period or DEFAULT
    text = await _answer(database, clock, workers, workspace, meant, len(visible), choice, 0)
    await message.answer(text, reply_markup=under_answer(t, visible, _ids(meant), choice, 0))


@router.callback_query(CompareButton.filter())
async def switch(
    query: CallbackQuery,
    callback_data: CompareButton,
    database: Database,
    clock: Clock,
    workers: Workers,
    workspace: Workspace,
    t: Translator,
) -> None:
    period, by = from_code(callback_data.period), callback_data.by % len(BY)
    async with database.read() as conn:
        visible = await channels.visible(conn, workspace.id)
    wanted = decode(_ids(visible), callback_data.channels)
    meant = [one for one in visible if one.id in wanted]
    if not meant:
        raise DomainError("channel.gone")
    text = await _answer(database, clock, workers, workspace, meant, len(visible), period, by)
    await pressed_message(query).edit_text(text, reply_markup=under_answer(t, visible, wanted, period, by))


@router.callback_query(SelectButton.filter())
async def select(
    query: CallbackQuery, callback_data: SelectButton, database: Database, workspace: Workspace, t: Translator
) -> None:
    """The list of channels in place of the answer, until its last button is pressed."""
    from_code(callback_data.period)
    async with database.read() as conn:
        visible = await channels.visible(conn, workspace.id)
    wanted = decode(_ids(visible), callback_data.channels)
    if not visible:
        raise DomainError("channel.gone")
    text = t("compare.select", chosen=t.number(len(wanted)), channels=t.number(len(visible)))
    await pressed_message(query).edit_text(text, reply_markup=selection(t, visible, wanted, callback_data))


async def _answer(
    database: Database,
    clock: Clock,
    workers: Workers,
    workspace: Workspace,
    meant: Sequence[Channel],
    total: int,
    period: PeriodChoice,
    by: int,
) -> str:
    """Raises DomainError("compare.no_data") where none of them has a post in or before the period."""
    as_of = int(clock.now().timestamp())
    async with database.read() as conn:
        request = await gather(conn, workspace, meant, period, BY[by], as_of, total=total)
    if not request.channels:
        raise DomainError("compare.no_data")
    return (await workers.run(build, request)).text


def _meant(visible: Sequence[Channel], words: str) -> list[Channel]:
    """One channel a name, parted by blanks, commas or «и»; all for no words.

    Raises what `choose` raises, DomainError("compare.too_many").
    """
    whole = _whole(visible, words)
    names = (
        [] if whole else [word for word in words.replace(",", " ").split() if word not in ("и", "and", "vs")]
    )
    found = whole or [choose(visible, name)[0] for name in names]
    unique = list({one.id: one for one in found}.values())
    if encode(_ids(visible), _ids(unique)) == TOO_MANY:
        raise DomainError("compare.too_many", most=LISTED)
    return unique


def _ids(listed: Sequence[Channel]) -> set[int]:
    return {one.id for one in listed}


def _whole(visible: Sequence[Channel], words: str) -> list[Channel]:
    """All of them, or those that the words mean when taken as one name, or as names between commas."""
    if not words:
        return choose(visible, words)
    parts = [part.strip() for part in words.split(",") if part.strip()]
    try:
        return [choose(visible, part)[0] for part in parts]
    except DomainError:
        return []
