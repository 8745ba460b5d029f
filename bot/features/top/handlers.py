"""/top: the best and the weakest posts of a period, and why."""

from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command, CommandObject, or_f
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.answers.asked import asked
from bot.answers.gather import gather
from bot.answers.request import resolve
from bot.core.parsing.arguments import USUAL
from bot.core.parsing.periods import PeriodChoice, from_code
from bot.core.parsing.rankings import SHOWN, split_count, split_ranking
from bot.core.workers import Workers
from bot.features.top.keyboards import switch_to, under_top
from bot.features.top.request import BY, TopRequest, build
from bot.telegram import keyboards
from bot.telegram.callbacks import LongTopButton, TopButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import visible_channel
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import channels, deletions, reposts, single_posts
from storage.workspace.channels import Channel

router = Router(name=__name__)
DEFAULT = USUAL["top"]


def setup(workers: Workers) -> Router:
    return with_parts(router, workers=workers)


@router.message(Command("top"))
async def show_top(_message: Message, chat: Conversation, command: CommandObject, workers: Workers) -> None:
    async with chat.read() as conn:
        visible = await channels.visible(conn, chat.workspace.id, watched=True)
    words, ranked_by = split_ranking(command.args or "")
    words, said = split_count(words, [one.title for one in visible])
    found, by, count = await asked(chat, words), BY.index(ranked_by), said or SHOWN
    period = found.period or DEFAULT
    if len(found.channels) > 1:
        rows = keyboards.pick(found.channels, lambda one: switch_to(one, period, by, count))
        await chat.reply(keyboards.which(chat.t, found.channels, "top"), rows)
        return
    await chat.reply(*await _answer(chat, workers, found.channels[0], period, by, count))


@router.callback_query(or_f(TopButton.filter(), LongTopButton.filter()), visible_channel)
async def switch_period(
    _query: CallbackQuery, chat: Conversation, callback_data: TopButton, channel: Channel, workers: Workers
) -> None:
    if not 0 <= callback_data.by < len(BY):
        raise DomainError("button.stale")
    period = from_code(callback_data.period)
    count = callback_data.count if isinstance(callback_data, LongTopButton) else SHOWN
    if count < 1:
        raise DomainError("button.stale")
    text, markup = await _answer(chat, workers, channel, period, callback_data.by, count)
    if callback_data.new:
        await chat.reply(text, markup)
    else:
        await chat.edit(text, markup)


async def _answer(
    chat: Conversation, workers: Workers, channel: Channel, period: PeriodChoice, by: int, count: int
) -> tuple[str, InlineKeyboardMarkup]:
    """Returns the answer and its buttons. Raises DomainError("er.no_data"), ("er.before_data")."""
    async with chat.read() as conn:
        request = await gather(conn, chat.workspace, channel, period, chat.now, draw=False)
        told = resolve(request.period, request.as_of, ZoneInfo(chat.workspace.zone))
        where = (chat.workspace.id, channel.id, told.start_unix, told.end_unix)
        gone = await deletions.window(conn, *where)
        named = await reposts.of_posts(conn, *where)
    deleted = [one.title for one in gone]
    report = await workers.run(build, TopRequest(request, channel.handle, BY[by], count, deleted, named))
    ranked = report.data["top"]
    names = [post["external_id"] for side in ("best", "weakest") for post in ranked[side]]
    async with chat.read() as conn:
        ids = await single_posts.ids(conn, chat.workspace.id, channel.id, names)
    return report.text, under_top(chat.t, channel, period, by, ranked, ids, count)
