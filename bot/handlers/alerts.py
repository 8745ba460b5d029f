"""The buttons under an alert: how it was computed, not again for a while, this is the new level."""

from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.types import CallbackQuery

from bot.access import ChatAdmin
from bot.clock import Clock
from bot.handlers.presses import close_press, pressed_message
from bot.keys.callbacks import AlertButton
from bot.locales import Translator
from bot.reports.alert.explain import explanation
from bot.reports.alert.facts import from_json
from bot.unasked.preferences import DAY_S, PAUSES_DAYS, rule_of
from metrics.drops.episodes import accept
from metrics.drops.parameters import Rule
from metrics.errors import DomainError
from metrics.periods import local_date
from storage import channels, episodes, schedules
from storage.channels import Channel
from storage.engine import Connection, Database
from storage.episodes import Kept
from storage.workspaces import Workspace

router = Router(name=__name__)


@router.callback_query(AlertButton.filter(F.action.in_({"explain", "worse"})))
async def explain(
    query: CallbackQuery,
    callback_data: AlertButton,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
) -> None:
    async with database.read() as conn:
        kept, channel = await _about(conn, workspace, callback_data.episode)
        schedule = await schedules.get(conn, workspace.id, "alerts")
    rule = Rule() if schedule is None else rule_of(schedule)
    today = local_date(int(clock.now().timestamp()), ZoneInfo(workspace.zone))
    facts = kept.worse_facts if callback_data.action == "worse" and kept.worse_facts else kept.facts
    await close_press(query)
    await pressed_message(query).reply(explanation(channel.title, from_json(facts), rule, t, today))


@router.callback_query(AlertButton.filter(F.action == "mute"))
async def mute(
    query: CallbackQuery,
    callback_data: AlertButton,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    if callback_data.days not in PAUSES_DAYS:
        raise DomainError("button.stale")
    now = int(clock.now().timestamp())
    until = now + callback_data.days * DAY_S
    async with database.begin() as conn:
        _, channel = await _about(conn, workspace, callback_data.episode)
        await schedules.mute(conn, workspace.id, channel.id, until)
    day = local_date(until, ZoneInfo(workspace.zone))
    await close_press(query)
    await pressed_message(query).reply(t("unasked.muted", channel=channel.title, until=t.date(day)))


@router.callback_query(AlertButton.filter(F.action == "accept"))
async def take_as_new_level(
    query: CallbackQuery,
    callback_data: AlertButton,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    """Of two who press at once, one closes the drop; the other is told that it is closed."""
    await is_chat_admin.require()
    today = local_date(int(clock.now().timestamp()), ZoneInfo(workspace.zone))
    async with database.begin() as conn:
        kept, channel = await _about(conn, workspace, callback_data.episode)
        metric = kept.episode.metric
        before = await episodes.tracked(conn, workspace.id, channel.id, metric)
        if before is None or before.kept is None or before.kept.id != kept.id:
            raise DomainError("alert.closed")
        step = accept(before.track, today)
        await episodes.move(
            conn, workspace.id, channel.id, metric, before, step, is_pushed=False, facts=kept.facts
        )
    await close_press(query)
    since = t.date(kept.episode.since)
    await pressed_message(query).reply(t("unasked.accepted", channel=channel.title, since=since))


async def _about(conn: Connection, workspace: Workspace, episode_id: int) -> tuple[Kept, Channel]:
    """Raises DomainError("alert.gone") for a drop this chat can't see, whoever's it is."""
    kept = await episodes.get(conn, workspace.id, episode_id)
    channel = None if kept is None else await channels.get(conn, workspace.id, kept.channel_id)
    if kept is None or channel is None:
        raise DomainError("alert.gone")
    return kept, channel
