"""What the bot says without being asked, put together when its turn comes: summaries, alerts, notices."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot import unasked_keys
from bot.composing import Composed
from bot.locales import translator
from bot.preferences import chosen
from bot.reports.alert.facts import from_json
from bot.reports.alert.gather import gather_picture
from bot.reports.alert.request import draw
from bot.reports.alert.words import FALLS, CommonFall, Missing, Told, message
from bot.reports.digest.gather import gather
from bot.reports.digest.request import build
from bot.services import Services
from bot.workers import Lane
from metrics.periods import local_date
from storage import channels, episodes, pictures, schedules
from storage.channels import Channel
from storage.deliveries import Delivery
from storage.engine import Connection
from storage.episodes import Kept
from storage.workspaces import Workspace


async def compose_digest(services: Services, workspace: Workspace, delivery: Delivery) -> Composed | None:
    """None where the workspace has no channel any more."""
    now, told = int(services.clock.now().timestamp()), delivery.payload
    missed = told["missed_since"]
    async with services.database.read() as conn:
        schedule = await schedules.get(conn, workspace.id, "digest")
        meant = chosen(schedule, await channels.visible(conn, workspace.id))
        if not meant:
            return None
        key = _digest_key(workspace, meant, told)
        known = await pictures.recall(conn, workspace.id, key)
        request = await gather(
            conn,
            workspace,
            meant,
            frequency=told["frequency"],
            first=date.fromisoformat(told["first"]),
            last=date.fromisoformat(told["last"]),
            as_of=now,
            missed_since=date.fromisoformat(missed) if missed else None,
            draw=known is None,
        )
    report = await services.workers.run(build, request, lane=Lane.BACKGROUND)
    return Composed(
        text=report.text,
        picture=known or report.picture,
        picture_key=key,
        document=report.document,
        markup=unasked_keys.under_digest(translator(workspace.language), meant),
    )


def _digest_key(workspace: Workspace, meant: list[Channel], told: Mapping[str, Any]) -> str:
    """The same key means the same picture."""
    versions = " ".join(f"{one.id}/{one.data_version}/{one.title}" for one in meant)
    digest = hashlib.sha256(versions.encode()).hexdigest()[:16]
    return f"digest/{told['frequency']}/{told['first']}/{digest}/{workspace.language}/{workspace.zone}"


async def compose_alert(services: Services, workspace: Workspace, delivery: Delivery) -> Composed | None:
    """None where all it was about is gone: channels removed, drops closed before the message could leave."""
    now, payload = int(services.clock.now().timestamp()), delivery.payload
    today, t = local_date(now, ZoneInfo(workspace.zone)), translator(workspace.language)
    async with services.database.read() as conn:
        visible = {one.id: one for one in await channels.visible(conn, workspace.id)}
        told = await _told(conn, workspace, payload["told"], visible)
        fallen = [(one, kept) for one, kept in told if one.event in FALLS]
        request = key = known = None
        if fallen:
            one, kept = fallen[0]
            channel = visible[kept.channel_id]
            key = f"alert/{kept.id}/{channel.data_version}/{today}/{workspace.language}/{workspace.zone}"
            known = await pictures.recall(conn, workspace.id, key)
            request = await gather_picture(conn, workspace, channel, one.decision, now)
    common = [CommonFall(**fall) for fall in payload["common"]]
    missing = [
        _missing(state, visible, workspace) for state in payload["missing"] if state["channel"] in visible
    ]
    if not (told or common or missing):
        return None
    picture: bytes | str | None = known
    if request is not None and known is None:
        picture = await services.workers.run(draw, request, lane=Lane.BACKGROUND)
    return Composed(
        text=message([one for one, _ in told], common, missing, t, today=today, more=payload["more"]),
        picture=picture,
        picture_key=key,
        markup=unasked_keys.under_alert(t, [(one, kept, visible[kept.channel_id]) for one, kept in told]),
    )


async def _told(
    conn: Connection, workspace: Workspace, events: list[dict[str, Any]], visible: Mapping[int, Channel]
) -> list[tuple[Told, Kept]]:
    found = []
    for event in events:
        kept = await episodes.get(conn, workspace.id, event["episode"])
        if kept is None or kept.channel_id not in visible:
            continue
        if event["event"] in FALLS and kept.episode.closed is not None:
            continue
        title = visible[kept.channel_id].title
        decision = from_json(event["facts"])
        found.append((Told(event["event"], title, kept.episode, decision, event["others"]), kept))
    return found


def _missing(state: Mapping[str, Any], visible: Mapping[int, Channel], workspace: Workspace) -> Missing:
    since = state["since"]
    day = (
        None
        if since is None
        else datetime.fromtimestamp(since, UTC).astimezone(ZoneInfo(workspace.zone)).date()
    )
    return Missing(state["kind"], visible[state["channel"]].title, day)
