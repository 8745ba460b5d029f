"""The report of a watch, when its time has come: the card of a check, from the readings that were collected."""

from dataclasses import replace

from bot.background import compute
from bot.checks.watching import DAYS
from bot.keys.check import target_of, under_card
from bot.locales import Html, translator
from bot.notifications.kind import Composed
from bot.reports.check.gather import from_storage
from bot.reports.check.request import build
from bot.reports.wording import CAPTION_UNITS, units
from bot.services import Services
from storage import channels, placements
from storage.deliveries import Delivery
from storage.workspaces import Workspace


async def compose(services: Services, workspace: Workspace, delivery: Delivery) -> Composed | None:
    """None where the watch was ended meanwhile."""
    told, now = delivery.payload, int(services.clock.now().timestamp())
    async with services.database.read() as conn:
        channel = await channels.get(conn, workspace.id, told["channel"])
        if channel is None:
            return None
        kept = await from_storage(conn, workspace, channel, told["price"], now)
        paid = await placements.cpm_range(conn, workspace.id, told.get("currency"))
    request = replace(kept, topic=told["topic"], own_cpm=paid, currency=told.get("currency"))
    card = await compute(services, build, request)
    t = translator(workspace.language)
    headline = t(f"check.report.{told['days']}")
    text = Html(f"{headline}\n{card.caption}")
    longer = next((days for days in DAYS if days > told["days"]), None)
    markup = under_card(card, request, target_of(request, channel.id), t, watch_days=longer)
    fits = card.picture is None or units(text) <= CAPTION_UNITS
    return Composed(text=text if fits else Html(card.caption), picture=card.picture, markup=markup)
