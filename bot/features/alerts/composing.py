"""An alert put into words when its turn comes: of drops that are still open, with a picture of the gravest."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.answers.drops.facts import from_json
from bot.answers.drops.gather import gather_picture
from bot.answers.drops.request import draw
from bot.answers.drops.words import FALLS, CommonFall, DropEvent, Missing, message
from bot.core.locales import translator
from bot.features.alerts.keyboards import under_alert
from bot.notifications.background import compute
from bot.notifications.kind import Composition
from bot.notifications.preferences import country_of
from bot.notifications.services import Services
from metrics.periods import local_date
from storage.engine import Connection
from storage.workspace import channels, episodes, schedules
from storage.workspace.channels import Channel
from storage.workspace.deliveries import Delivery
from storage.workspace.episodes import StoredEpisode
from storage.workspace.workspaces import Workspace


async def compose_alert(services: Services, workspace: Workspace, delivery: Delivery) -> Composition | None:
    """Composes an alert; None where all it was about is gone.

    Channels were removed, or drops closed before the message could leave.
    """
    now, payload = int(services.clock.now().timestamp()), delivery.payload
    today, t = local_date(now, ZoneInfo(workspace.zone)), translator(workspace.language)
    async with services.database.read() as conn:
        visible = {one.id: one for one in await channels.visible(conn, workspace.id)}
        told = await _told(conn, workspace, payload["told"], visible)
        fallen = next(((one, visible[kept.channel_id]) for one, kept in told if one.event in FALLS), None)
        request = None
        if fallen is not None:
            country = country_of(await schedules.get(conn, workspace.id, "alerts"), ZoneInfo(workspace.zone))
            request = await gather_picture(conn, workspace, fallen[1], fallen[0].decision, now, country)
    common = [CommonFall(**fall) for fall in payload["common"]]
    missing = [
        _missing(state, visible, workspace) for state in payload["missing"] if state["channel"] in visible
    ]
    if not (told or common or missing):
        return None
    picture = None
    if request is not None:
        picture = await compute(services, draw, request)
    return Composition(
        text=message(
            [one for one, _ in told],
            common,
            missing,
            t,
            today=today,
            more=payload["more"],
            notes=request.notes if picture and request else (),
        ),
        picture=picture,
        markup=under_alert(t, [(one, kept, visible[kept.channel_id]) for one, kept in told], today),
    )


async def _told(
    conn: Connection, workspace: Workspace, events: list[dict[str, Any]], visible: Mapping[int, Channel]
) -> list[tuple[DropEvent, StoredEpisode]]:
    found = []
    for event in events:
        kept = await episodes.get(conn, workspace.id, event["episode"])
        if kept is None or kept.channel_id not in visible:
            continue
        if event["event"] in FALLS and kept.episode.closed is not None:
            continue
        title = visible[kept.channel_id].title
        decision = from_json(event["facts"])
        found.append((DropEvent(event["event"], title, kept.episode, decision, event["others"]), kept))
    return found


def _missing(state: Mapping[str, Any], visible: Mapping[int, Channel], workspace: Workspace) -> Missing:
    since = state["since"]
    day = (
        None
        if since is None
        else datetime.fromtimestamp(since, UTC).astimezone(ZoneInfo(workspace.zone)).date()
    )
    return Missing(state["kind"], visible[state["channel"]].title, day)
