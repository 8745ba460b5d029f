"""/goal: set one, see all against the facts, delete."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.answers.aims import aim_of
from bot.answers.goals import goal_lines, goal_name
from bot.core.parsing.goals import TypedGoal, read_goal
from bot.core.parsing.names import choose
from bot.core.parsing.removal import begins_with_removal
from bot.core.workers import Workers
from bot.features.goals.setting import facts_of, set_goal
from bot.telegram import keyboards
from bot.telegram.conversation import Conversation
from bot.telegram.filters import admin_only, visible_channel
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import channels, goals
from storage.workspace.channels import Channel
from storage.workspace.goals import Goal

router = Router(name=__name__)
MEASURED = 12  # channels: a person waits for the answer


def setup(workers: Workers) -> Router:
    return with_parts(router, workers=workers)


class GoalButton(CallbackData, prefix="goal"):
    """Aim at it in this channel; `due_on` as «20270301», empty for none."""

    channel: int
    metric: str
    target: float
    due_on: str = ""


class RemoveGoal(CallbackData, prefix="goalno"):
    goal: int


@router.message(Command("goal", magic=~F.args))
@router.message(Command("goal", magic=F.args.func(begins_with_removal)))
async def show(_message: Message, chat: Conversation, workers: Workers) -> None:
    async with chat.read() as conn:
        known = await goals.all_of(conn, chat.workspace.id)
        visible = {one.id: one for one in await channels.visible(conn, chat.workspace.id)}
    if not known:
        await chat.reply(chat.t("goal.none"))
        return
    shown = [one for one in known if one.channel_id in visible]
    aimed = list(dict.fromkeys(one.channel_id for one in shown))[:MEASURED]
    facts = await facts_of(chat, workers, [visible[channel] for channel in aimed])
    lines: list[str] = []
    for channel in dict.fromkeys(one.channel_id for one in shown):
        own = [aim_of(one) for one in shown if one.channel_id == channel]
        lines.append(chat.t("goal.channel", channel=visible[channel].title))
        lines += [*goal_lines(own, facts.get(channel, {}), chat.today, chat.t), ""]
    text = "\n".join([chat.t("goal.heading"), "", *lines, chat.t("goal.how")])
    await chat.reply(text, _removals(chat, shown, visible))


@router.message(Command("goal", magic=F.args), admin_only)
async def aim(_message: Message, chat: Conversation, command: CommandObject, workers: Workers) -> None:
    typed = read_goal(command.args or "", chat.today)
    async with chat.read() as conn:
        visible = await channels.visible(conn, chat.workspace.id)
    meant = choose(visible, typed.name)
    if len(meant) > 1:
        rows = keyboards.pick(meant, lambda one: _button(one, typed))
        await chat.reply(chat.t("goal.which"), rows)
        return
    await _set(chat, workers, meant[0], typed)


@router.callback_query(GoalButton.filter(), visible_channel, admin_only)
async def aim_by_button(
    _query: CallbackQuery, chat: Conversation, callback_data: GoalButton, channel: Channel, workers: Workers
) -> None:
    """Sets a goal for the channel that was meant."""
    await chat.close_press()
    due_on = (
        callback_data.due_on
        and f"{callback_data.due_on[:4]}-{callback_data.due_on[4:6]}-{callback_data.due_on[6:]}"
    )
    words = f"{callback_data.target:g} {_WORDS[callback_data.metric]}{f' до {due_on}' if due_on else ''}"
    await _set(chat, workers, channel, read_goal(words, chat.today))


@router.callback_query(RemoveGoal.filter(), admin_only)
async def remove(_query: CallbackQuery, chat: Conversation, callback_data: RemoveGoal) -> None:
    async with chat.begin() as conn:
        gone = await goals.remove(conn, chat.workspace.id, callback_data.goal)
    if gone is None:
        raise DomainError("goal.gone")
    await chat.reply(chat.t("goal.removed", goal=goal_name(aim_of(gone), chat.today, chat.t)))


async def _set(chat: Conversation, workers: Workers, channel: Channel, typed: TypedGoal) -> None:
    text, made = await set_goal(chat, workers, channel, typed)
    button = keyboards.button(chat.t.plain("goal.remove_button"), RemoveGoal(goal=made.id))
    await chat.message.answer(text, reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))


_WORDS = {"er": "% er", "subscribers": "подписчиков", "views": "просмотров"}  # read back by `read_goal`


def _button(channel: Channel, typed: TypedGoal) -> GoalButton:
    due_on = "" if typed.due_on is None else f"{typed.due_on:%Y%m%d}"
    return GoalButton(channel=channel.id, metric=typed.metric, target=typed.target, due_on=due_on)


def _removals(chat: Conversation, shown: list[Goal], visible: dict[int, Channel]) -> InlineKeyboardMarkup:
    """Returns a bin a goal; with the channel's name where there are several."""
    rows = []
    for one in shown[: keyboards.ROWS_SHOWN]:
        name = chat.t.plain(f"goal.bin.{one.metric}", channel=keyboards.label(visible[one.channel_id]))
        rows.append([keyboards.button(name, RemoveGoal(goal=one.id))])
    return InlineKeyboardMarkup(inline_keyboard=rows)
