"""Each channel's threshold once a week: one channel a minute at most, the one that has waited longest."""

from zoneinfo import ZoneInfo

from bot.answers.drops.gather import gather_fit
from bot.answers.drops.request import fit_channel
from bot.notifications.background import compute
from bot.notifications.preferences import country_of, rule_of
from bot.notifications.services import Services
from storage.system import due_fits
from storage.workspace import channels, episodes, fits, schedules, workspaces

WEEK_S = 7 * 86_400


async def fit_next(services: Services) -> None:
    """Fits the channel that has waited longest; nothing where every one was fitted within a week."""
    now = int(services.clock.now().timestamp())
    async with services.database.read() as conn:
        waiting = await due_fits.waiting(conn, now - WEEK_S)
        if waiting is None:
            return
        workspace = await workspaces.get(conn, waiting.workspace_id)
        channel = await channels.get(conn, waiting.workspace_id, waiting.channel_id)
        schedule = await schedules.get(conn, waiting.workspace_id, "alerts")
        if workspace is None or channel is None or schedule is None:
            return
        known = await fits.fits(conn, workspace.id)
        before = {metric: one for (of, metric), one in known.items() if of == channel.id}
        past = await episodes.of_channel(conn, workspace.id, channel.id)
        country = country_of(schedule, ZoneInfo(workspace.zone))
        request = await gather_fit(conn, workspace, channel, rule_of(schedule), country, past, before, now)
    found = await compute(services, fit_channel, request)
    async with services.database.begin() as conn:
        for metric, one in found.items():
            await fits.save(conn, workspace.id, channel.id, metric, one, now)
