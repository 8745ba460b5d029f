"""The buttons under an alert: how it was computed, not again for a while, this is the new level."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, TelegramObject

from bot.answers.drops.explain import explanation
from bot.answers.drops.facts import from_json
from bot.notifications.preferences import PAUSES_DAYS, rule_of
from bot.telegram.callbacks import AlertButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import AsksHow, admin_only
from bot.telegram.keyboards import button
from metrics.drops.episodes import accept
from metrics.drops.parameters import Rule
from metrics.durations import DAY_S
from metrics.errors import DomainError
from storage.engine import Connection
from storage.workspace import channels, episodes, schedules
from storage.workspace.channels import Channel
from storage.workspace.episodes import StoredEpisode
from storage.workspace.workspaces import Workspace

router = Router(name=__name__)


@router.message(AsksHow(AlertButton, F.action.in_({"explain", "worse"})))
@router.callback_query(AlertButton.filter(F.action.in_({"explain", "worse"})))
async def explain(_event: TelegramObject, chat: Conversation, callback_data: AlertButton) -> None:
    async with chat.read() as conn:
        kept, channel = await _about(conn, chat.workspace, callback_data.episode)
        schedule = await schedules.get(conn, chat.workspace.id, "alerts")
    rule = Rule() if schedule is None else rule_of(schedule)
    facts = kept.worse_facts if callback_data.action == "worse" and kept.worse_facts else kept.facts
    text = explanation(channel.title, from_json(facts), rule, chat.t, chat.today)
    await chat.close_press()
    await chat.message.reply(text)


@router.callback_query(AlertButton.filter(F.action == "mute"), admin_only)
async def mute(_query: CallbackQuery, chat: Conversation, callback_data: AlertButton) -> None:
    if callback_data.days not in PAUSES_DAYS:
        raise DomainError("button.stale")
    until = chat.now + callback_data.days * DAY_S
    async with chat.begin() as conn:
        _, channel = await _about(conn, chat.workspace, callback_data.episode)
        await schedules.mute(conn, chat.workspace.id, channel.id, until)
    day = chat.t.date(chat.date_of(until))
    await chat.close_press()
    back = button(chat.t.plain("unasked.unmute"), AlertButton(action="unmute", episode=callback_data.episode))
    await chat.message.reply(
        chat.t("unasked.muted", channel=channel.title, until=day),
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[back]]),
    )


@router.callback_query(AlertButton.filter(F.action == "unmute"), admin_only)
async def unmute(_query: CallbackQuery, chat: Conversation, callback_data: AlertButton) -> None:
    """Has a channel heard of again, under the answer to the mute."""
    async with chat.begin() as conn:
        _, channel = await _about(conn, chat.workspace, callback_data.episode)
        await schedules.unmute(conn, chat.workspace.id, channel.id)
    await chat.edit(chat.t("unasked.unmuted", channel=channel.title))


@router.callback_query(AlertButton.filter(F.action == "accept"), admin_only)
async def take_as_new_level(_query: CallbackQuery, chat: Conversation, callback_data: AlertButton) -> None:
    """Takes the level as new: of two who press at once, one closes the drop, the other is told so."""
    workspace = chat.workspace
    async with chat.begin() as conn:
        kept, channel = await _about(conn, workspace, callback_data.episode)
        metric = kept.episode.metric
        before = await episodes.tracked(conn, workspace.id, channel.id, metric)
        if before is None or before.kept is None or before.kept.id != kept.id:
            raise DomainError("alert.closed")
        step = accept(before.track, chat.today)
        await episodes.move(
            conn, workspace.id, channel.id, metric, before, step, is_pushed=False, facts=kept.facts
        )
    since = chat.t.date(kept.episode.since)
    await chat.close_press()
    await chat.message.reply(chat.t("unasked.accepted", channel=channel.title, since=since))


async def _about(conn: Connection, workspace: Workspace, episode_id: int) -> tuple[StoredEpisode, Channel]:
    """Returns a drop and its channel.

    Raises DomainError("alert.gone") for a drop this chat can't see, whoever's it is.
    """
    kept = await episodes.get(conn, workspace.id, episode_id)
    channel = None if kept is None else await channels.get(conn, workspace.id, kept.channel_id)
    if kept is None or channel is None:
        raise DomainError("alert.gone")
    return kept, channel
