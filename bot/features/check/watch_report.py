"""The report of a watch, when its time has come: the card of a check, from the readings that were collected."""

from dataclasses import replace

from bot.answers.wording import CAPTION_UNITS, units
from bot.core.locales import Html, translator
from bot.features.check.gather import from_storage
from bot.features.check.keyboards import target_of, under_card
from bot.features.check.request import build
from bot.features.check.watching import DAYS
from bot.notifications.background import compute
from bot.notifications.kind import Composed
from bot.notifications.services import Services
from storage.workspace import channels, placements
from storage.workspace.deliveries import Delivery
from storage.workspace.workspaces import Workspace


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
