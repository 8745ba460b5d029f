"""What a group is told a day before a channel that somebody showed there leaves it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.collection.proving import GRANT_ENDS
from bot.core.locales import translator
from bot.notifications.kind import Composition
from bot.notifications.services import Services
from storage.workspace import channels
from storage.workspace.deliveries import Delivery
from storage.workspace.workspaces import Workspace

KIND = GRANT_ENDS


async def compose(services: Services, workspace: Workspace, delivery: Delivery) -> Composition | None:
    """Composes what a group is told; None where the channel stays after all, or has left already."""
    async with services.database.read() as conn:
        channel = await channels.get(conn, workspace.id, delivery.payload["channel"])
        ends_at = await channels.grant_ends_at(conn, workspace.id, delivery.payload["channel"])
    if channel is None or ends_at is None:
        return None
    t = translator(workspace.language)
    until = t.moment(datetime.fromtimestamp(ends_at, ZoneInfo(workspace.zone)))
    because = delivery.payload["because"]
    return Composition(text=t(f"channels.grant_ends.{because}", title=channel.title, until=until))
