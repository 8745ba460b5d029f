"""The report of a watch, when its time has come: the card of a check, from the readings that were collected."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.answers.wording import trimmed
from bot.core.locales import Html, Translator, translator
from bot.features.check.gather import from_storage
from bot.features.check.keyboards import target_of, under_card
from bot.features.check.request import CheckCard, build
from bot.features.check.watching import DAYS
from bot.notifications.background import compute
from bot.notifications.kind import Composition
from bot.notifications.services import Services
from storage.workspace import channels, placements
from storage.workspace.deliveries import Delivery
from storage.workspace.workspaces import Workspace


def _changed(told: Mapping[str, Any], card: CheckCard, t: Translator) -> list[Html]:
    """Returns what the readings changed: the verdict, then how much of it could be looked at since."""
    before, unchecked = told.get("verdict"), told.get("unchecked")
    if before is None or unchecked is None:
        return []
    now = t(f"check.short.{card.verdict}")
    same = before == card.verdict
    lines = [t("check.same" if same else "check.changed", before=t(f"check.short.{before}"), now=now)]
    if unchecked > card.unchecked:
        lines.append(t("check.more_checked", signs=t.plural("check.signs", unchecked - card.unchecked)))
    return lines


async def compose(services: Services, workspace: Workspace, delivery: Delivery) -> Composition | None:
    """Composes the report; None where the watch was ended meanwhile."""
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
    first = [headline, *_changed(told, card, t)]
    longer = next((days for days in DAYS if days > told["days"]), None)
    markup = under_card(card, request, target_of(request, channel.id), t, watch_days=longer)
    return Composition(text=Html(trimmed(first, card.caption)), picture=card.picture, markup=markup)
