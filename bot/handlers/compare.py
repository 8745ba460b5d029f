"""/compare: channels side by side, each also beside its own period before."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.clock import Clock
from bot.handlers.presses import pressed_message
from bot.keys import keyboards
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
BY = ("er_by_views", "view_rate", "er_by_subscribers")
AT_MOST = 6  # of those named: with more, their ids do not fit a button
ALL = "all"  # in a button: every channel there is


class CompareButton(CallbackData, prefix="cmp", sep="|"):
    """`channels`: ids, joined by commas, or ALL; `by`: a place in BY."""

    channels: str
    period: str
    by: int


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
    text = await _answer(database, clock, workers, workspace, meant, choice, 0)
    await message.answer(text, reply_markup=_buttons(meant, choice, 0, t))


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
    wanted = callback_data.channels.split(",")
    meant = [one for one in visible if wanted == [ALL] or str(one.id) in wanted]
    if not meant:
        raise DomainError("channel.gone")
    text = await _answer(database, clock, workers, workspace, meant, period, by)
    await pressed_message(query).edit_text(text, reply_markup=_buttons(meant, period, by, t))


async def _answer(
    database: Database,
    clock: Clock,
    workers: Workers,
    workspace: Workspace,
    meant: Sequence[Channel],
    period: PeriodChoice,
    by: int,
) -> str:
    """Raises DomainError("compare.no_data") where none of them has a post in or before the period."""
    as_of = int(clock.now().timestamp())
    async with database.read() as conn:
        request = await gather(conn, workspace, meant, period, BY[by], as_of)
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
    if len(unique) > AT_MOST and words:
        raise DomainError("compare.too_many", most=AT_MOST)
    return unique


def _whole(visible: Sequence[Channel], words: str) -> list[Channel]:
    """All of them, or those that the words mean when taken as one name, or as names between commas."""
    if not words:
        return choose(visible, words)
    parts = [part.strip() for part in words.split(",") if part.strip()]
    try:
        return [choose(visible, part)[0] for part in parts]
    except DomainError:
        return []


def _buttons(meant: Sequence[Channel], period: PeriodChoice, by: int, t: Translator) -> InlineKeyboardMarkup:
    ids = ",".join(str(one.id) for one in meant) if len(meant) <= AT_MOST else ALL
    periods = keyboards.periods(t, period, lambda one: CompareButton(channels=ids, period=one.code, by=by))
    figures = [
        InlineKeyboardButton(
            text=t.plain(
                "er.period_chosen" if number == by else "er.period_button",
                days=t.plain(f"compare.button.{code}"),
            ),
            callback_data=CompareButton(channels=ids, period=period.code, by=number).pack(),
        )
        for number, code in enumerate(BY)
    ]
    return InlineKeyboardMarkup(inline_keyboard=[periods, figures])
