"""What the bot says without being asked, put together when its turn comes: summaries, alerts, notices."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.keys import unasked as unasked_keys
from bot.locales import translator
from bot.reports.alert.entry import draw
from bot.reports.alert.facts import from_json
from bot.reports.alert.gather import gather_picture
from bot.reports.alert.words import FALLS, CommonFall, Missing, Told, message
from bot.reports.digest.entry import build
from bot.reports.digest.gather import gather
from bot.reports.digest.request import DigestRequest, covered
from bot.services import Services
from bot.unasked.composing import Composed
from bot.unasked.preferences import chosen, is_paused
from bot.workers import Lane
from metrics.periods import local_date
from storage import channels, episodes, schedules, workspaces
from storage.channels import Channel
from storage.deliveries import Delivery
from storage.engine import Connection
from storage.episodes import Kept
from storage.schedules import Schedule
from storage.workspaces import Workspace


async def compose_digest(services: Services, workspace: Workspace, delivery: Delivery) -> Composed | None:
    """None where the workspace has no channel any more."""
    request, meant = await _gather_digest(services, workspace, delivery.payload)
    if not meant:
        return None
    key = _digest_key(workspace, meant, request)
    known = await services.pictures.is_kept(workspace.id, key)
    report = await services.workers.run(build, replace(request, draw=not known), lane=Lane.BACKGROUND)
    picture: str | bytes | None = report.picture
    if known:

        async def draw_after_all() -> bytes:
            again = await services.workers.run(build, request, lane=Lane.BACKGROUND)
            return again.picture or b""

        picture = await services.pictures.find_or_draw(workspace.id, key, draw_after_all) or None
    return Composed(
        text=report.text,
        picture=picture,
        picture_key=key,
        document=report.document,
        markup=unasked_keys.under_digest(translator(workspace.language), meant),
    )


async def draw_digest_ahead(services: Services, schedule: Schedule) -> None:
    """What is drawn differs from what will be due only if a post comes in between; then it is drawn again."""
    async with services.database.read() as conn:
        workspace = await workspaces.get(conn, schedule.workspace_id)
    if workspace is None or schedule.next_due_at is None or is_paused(schedule, schedule.next_due_at):
        return
    due_on = local_date(schedule.next_due_at, ZoneInfo(workspace.zone))
    first, last = covered(schedule.frequency, due_on)
    days = {"frequency": schedule.frequency, "first": first.isoformat(), "last": last.isoformat()}
    request, meant = await _gather_digest(services, workspace, {**days, "missed_since": None})
    key = _digest_key(workspace, meant, request)
    if not meant or request.today <= last or await services.pictures.is_kept(workspace.id, key):
        return
    report = await services.workers.run(build, request, lane=Lane.BACKGROUND)
    if report.picture is not None:
        await services.pictures.keep(workspace.id, key, report.picture)


async def _gather_digest(
    services: Services, workspace: Workspace, told: Mapping[str, Any]
) -> tuple[DigestRequest, list[Channel]]:
    now, missed = int(services.clock.now().timestamp()), told["missed_since"]
    async with services.database.read() as conn:
        schedule = await schedules.get(conn, workspace.id, "digest")
        meant = chosen(schedule, await channels.visible(conn, workspace.id))
        request = await gather(
            conn,
            workspace,
            meant,
            frequency=told["frequency"],
            first=date.fromisoformat(told["first"]),
            last=date.fromisoformat(told["last"]),
            as_of=now,
            missed_since=date.fromisoformat(missed) if missed else None,
        )
    return request, meant


def _digest_key(workspace: Workspace, meant: list[Channel], request: DigestRequest) -> str:
    """The same key means the same picture."""
    versions = " ".join(f"{one.id}/{one.data_version}/{one.title}" for one in meant)
    digest = hashlib.sha256(versions.encode()).hexdigest()[:16]
    days = f"{request.frequency}/{request.first}"
    return f"digest/{days}/{digest}/{workspace.language}/{workspace.zone}"


async def compose_alert(services: Services, workspace: Workspace, delivery: Delivery) -> Composed | None:
    """None where all it was about is gone: channels removed, drops closed before the message could leave."""
    now, payload = int(services.clock.now().timestamp()), delivery.payload
    today, t = local_date(now, ZoneInfo(workspace.zone)), translator(workspace.language)
    async with services.database.read() as conn:
        visible = {one.id: one for one in await channels.visible(conn, workspace.id)}
        told = await _told(conn, workspace, payload["told"], visible)
        fallen = next(((one, visible[kept.channel_id]) for one, kept in told if one.event in FALLS), None)
        request = None
        if fallen is not None:
            request = await gather_picture(conn, workspace, fallen[1], fallen[0].decision, now)
    common = [CommonFall(**fall) for fall in payload["common"]]
    missing = [
        _missing(state, visible, workspace) for state in payload["missing"] if state["channel"] in visible
    ]
    if not (told or common or missing):
        return None
    picture = None
    if request is not None:
        picture = await services.workers.run(draw, request, lane=Lane.BACKGROUND)
    return Composed(
        text=message([one for one, _ in told], common, missing, t, today=today, more=payload["more"]),
        picture=picture,
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
