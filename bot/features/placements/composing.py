"""The card that comes by itself when a placement reaches an age."""

from bot.core.locales import Translator, translator
from bot.features.placements.card import card
from bot.features.placements.gather import gather_one
from bot.features.placements.keyboards import under_card, under_registered
from bot.features.placements.placing import Placing, asked_at
from bot.features.placements.words import name
from bot.notifications.kind import Composition
from bot.notifications.services import Services
from metrics.durations import HOUR_S
from storage.workspace import placements
from storage.workspace.deliveries import Delivery
from storage.workspace.placements import Placement
from storage.workspace.workspaces import Workspace

PAGE_TRIES = 4  # with the outbox's pauses a little over a minute


async def compose_placement(
    services: Services, workspace: Workspace, delivery: Delivery
) -> Composition | None:
    """Composes the card; None where the placement was removed, or has come to its next age.

    That age's card says it all.
    """
    placement_id, age_h = delivery.payload["placement"], delivery.payload["age_h"]
    now = int(services.clock.now().timestamp())
    async with services.database.read() as conn:
        placement = await placements.get(conn, workspace.id, placement_id)
    if placement is None:
        return None
    t = translator(workspace.language)
    if age_h is None:
        return _reminder(placement, delivery, t)
    if _is_overtaken(placement, age_h, now):
        return None
    is_last_try = delivery.attempts + 1 >= PAGE_TRIES
    placing = Placing(services.bot, services.database, services.clock, services.pages)
    await placing.measure(workspace, placement, age_h, is_last_try=is_last_try)
    async with services.database.read() as conn:
        shown = await gather_one(conn, workspace, placement_id, now)
    if shown is None:
        return None
    return Composition(text=card(shown, workspace, t, now=now, age_h=age_h), markup=under_card(shown, t, now))


def _reminder(placement: Placement, delivery: Delivery, t: Translator) -> Composition | None:
    """Returns a reminder; None where the post is out by now."""
    planned = placement.planned_at
    if placement.published_at is not None or (planned is not None and asked_at(planned) != delivery.due_at):
        return None
    text = t("placement.card.is_it_out", name=name(placement, t))
    return Composition(text=text, markup=under_registered(placement, t))


def _is_overtaken(placement: Placement, age_h: int, now: int) -> bool:
    """Tells whether a later age has come: views of now are not those of an age long past."""
    later = [one for one in placement.terms.ages_h if one > age_h]
    return any(now >= (placement.published_at or now) + one * HOUR_S for one in later)
