"""From storage to a request: the channel's posts, those it deleted, and the other channels over the same days."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.answers import gather as answers
from bot.answers.request import resolve, window
from bot.core.parsing.periods import DEFAULT, PeriodChoice
from bot.features.causes.request import CausesRequest, OtherChannel
from bot.notifications.preferences import country_of
from bot.telegram.conversation import Conversation
from metrics.periods import Period
from storage.engine import Connection
from storage.workspace import audience, channels, notes, posts, schedules
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace

NOTED_BEFORE_DAYS = 7  # a giveaway's end shows in the days after it
OTHERS_READ = 8  # channels: enough to see whether a fall is everybody's


async def gather(
    chat: Conversation, channel: Channel, period: PeriodChoice | None, metric: str
) -> CausesRequest:
    """Gathers a request; without a period that of the open drop, else the last week.

    Raises DomainError("er.no_data"), ("er.before_data").
    """
    async with chat.read() as conn:
        episode = await answers.open_episode(conn, chat.workspace, channel)
        if period is None and episode is not None:
            last = max(chat.date_of(chat.now - 86_400), episode.since)
            period, metric = PeriodChoice(first=episode.since, last=last), episode.metric
        asked = await answers.gather(conn, chat.workspace, channel, period or DEFAULT, chat.now, draw=False)
        told = resolve(asked.period, asked.as_of, ZoneInfo(chat.workspace.zone))
        schedule = await schedules.get(conn, chat.workspace.id, "alerts")
        noted = await notes.window(
            conn, chat.workspace.id, channel.id, told.first - timedelta(days=NOTED_BEFORE_DAYS), told.last
        )
        return CausesRequest(
            asked,
            metric,
            await posts.deleted(conn, chat.workspace.id, channel.id, told.start_unix, told.end_unix),
            await _others(conn, chat.workspace, channel, told),
            country_of(schedule, ZoneInfo(chat.workspace.zone)),
            [(one.noted_on, one.text) for one in noted],
        )


async def _others(
    conn: Connection, workspace: Workspace, channel: Channel, period: Period
) -> list[OtherChannel]:
    """Returns the other channels read last: who was not read lately says nothing of these days."""
    visible = [
        one for one in await channels.visible(conn, workspace.id) if one.id != channel.id and one.posts
    ]
    visible.sort(key=lambda one: one.observed_at or 0, reverse=True)
    start, end = window(period)
    return [
        OtherChannel(
            one.platform,
            await posts.window(conn, workspace.id, one.id, start, end),
            await audience.window(conn, workspace.id, one.id, start, end),
        )
        for one in visible[:OTHERS_READ]
    ]
