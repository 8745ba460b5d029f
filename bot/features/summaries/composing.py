"""A summary put into words when its turn comes. Words and picture made ahead leave as they are while nothing changed."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.answers.report import Report
from bot.core.locales import translator
from bot.core.parsing.periods import PeriodChoice
from bot.features.summaries.gather import gather, gather_drops, gather_rivals
from bot.features.summaries.keyboards import under_digest
from bot.features.summaries.request import DigestRequest, OpenDrop, build, covered
from bot.notifications.background import compute
from bot.notifications.kind import Composition
from bot.notifications.preferences import chosen, is_paused
from bot.notifications.services import Services
from metrics.durations import DAY_S
from metrics.periods import local_date
from storage.engine import Connection
from storage.workspace import channels, goals, notes, schedules, sources, workspaces
from storage.workspace.channels import Channel
from storage.workspace.deliveries import Delivery
from storage.workspace.goals import Goal
from storage.workspace.notes import Note
from storage.workspace.schedules import Schedule
from storage.workspace.workspaces import Workspace

ASKED_ON = 0  # Monday
OLD_AFTER_S = 3 * DAY_S  # of a file: what it says of yesterday is nothing
NOTES_KNOWN = 200  # the newest: a chart shows a few weeks


@dataclass(frozen=True, slots=True)
class Plan:
    """What a summary will be about, known without a look at any post."""

    workspace: Workspace
    channels: list[Channel]
    drops: Mapping[int, list[OpenDrop]]
    frequency: str
    first: date
    last: date
    missed_since: date | None
    as_of: int
    rivals: list[Channel]
    goals: Sequence[Goal] = ()
    notes: Sequence[Note] = ()

    @property
    def today(self) -> date:
        return local_date(self.as_of, ZoneInfo(self.workspace.zone))

    @property
    def picture_key(self) -> str:
        """The same key means the same picture."""
        versions = " ".join(f"{one.id}/{one.data_version}/{one.title}" for one in self.channels)
        versions += "".join(f" {one.channel_id}/{one.noted_on}/{one.text}" for one in self.notes)
        days = f"{self.frequency}/{self.first}"
        return f"digest/{days}/{_digest(versions)}/{self.workspace.language}/{self.workspace.zone}"

    @property
    def words_key(self) -> str:
        """The same key means the same words under the same picture."""
        beside = [(one.id, one.data_version, one.title) for one in self.rivals]
        said = (sorted(self.drops.items()), [one.handle for one in self.channels], beside, self.goals)
        return f"{self.picture_key}/words/{self.today}/{self.missed_since}/{_digest(repr(said))}"

    @property
    def markup(self) -> InlineKeyboardMarkup:
        t, days = translator(self.workspace.language), PeriodChoice(first=self.first, last=self.last)
        return under_digest(t, self.channels, self.drops, self.today, days)

    async def gather(self, conn: Connection, *, draw: bool) -> DigestRequest:
        return await gather(
            conn,
            self.workspace,
            self.channels,
            self.drops,
            frequency=self.frequency,
            first=self.first,
            last=self.last,
            as_of=self.as_of,
            missed_since=self.missed_since,
            draw=draw,
            rivals=self.rivals,
        )


async def compose_digest(services: Services, workspace: Workspace, delivery: Delivery) -> Composition | None:
    """Composes a summary; None where the workspace has no channel any more."""
    async with services.database.read() as conn:
        plan = await _plan(conn, workspace, delivery.payload, _now(services))
    if not plan.channels:
        return None
    picture = await services.pictures.find(workspace.id, plan.picture_key)
    words = await services.pictures.words(workspace.id, plan.words_key) if picture else None
    report = Report(words) if words else await _build(services, plan, draw=picture is None)
    return Composition(
        text=report.text,
        picture=picture or report.picture,
        picture_key=plan.picture_key,
        document=report.document,
        markup=plan.markup,
    )


async def composed_now(
    services: Services, workspace: Workspace, told: Mapping[str, Any]
) -> Composition | None:
    """Composes a summary of any days for somebody who waits for it; nothing is kept.

    `told`: a delivery's payload. None where the workspace has no channel.
    """
    async with services.database.read() as conn:
        plan = await _plan(conn, workspace, told, _now(services))
        if not plan.channels:
            return None
        request = await plan.gather(conn, draw=True)
    report = await services.workers.run(build, request)
    return Composition(text=report.text, picture=report.picture, document=report.document, markup=plan.markup)


async def make_digest_ahead(services: Services, schedule: Schedule) -> None:
    """Makes a summary ahead, as of the due moment.

    A post that comes in between changes the keys; then everything is made when it is due.
    """
    due_at = schedule.next_due_at
    async with services.database.read() as conn:
        workspace = await workspaces.get(conn, schedule.workspace_id)
        if workspace is None or due_at is None or is_paused(schedule, due_at):
            return
        zone = ZoneInfo(workspace.zone)
        first, last = covered(schedule.frequency, local_date(due_at, zone))
        days = {"frequency": schedule.frequency, "first": first.isoformat(), "last": last.isoformat()}
        plan = await _plan(conn, workspace, {**days, "missed_since": None}, due_at)
    is_over = local_date(_now(services), zone) > last
    if not plan.channels or not is_over or await services.pictures.is_kept(workspace.id, plan.picture_key):
        return
    report = await _build(services, plan, draw=True)
    if report.picture is not None:
        await services.pictures.keep(workspace.id, plan.picture_key, report.picture)
        if report.document is None:
            await services.pictures.keep_words(workspace.id, plan.words_key, report.text)


async def _plan(conn: Connection, workspace: Workspace, told: Mapping[str, Any], as_of: int) -> Plan:
    schedule, missed = await schedules.get(conn, workspace.id, "digest"), told["missed_since"]
    meant = chosen(schedule, await channels.visible(conn, workspace.id))
    if told["frequency"] == "daily":
        meant = await without_old_files(conn, workspace, meant, as_of) or meant
    return Plan(
        workspace,
        meant,
        await gather_drops(conn, workspace.id, date.fromisoformat(told["first"]) + timedelta(days=1)),
        frequency=told["frequency"],
        first=date.fromisoformat(told["first"]),
        last=date.fromisoformat(told["last"]),
        missed_since=date.fromisoformat(missed) if missed else None,
        as_of=as_of,
        rivals=await gather_rivals(conn, workspace.id, as_of),
        goals=await goals.all_of(conn, workspace.id),
        notes=await notes.newest(conn, workspace.id, NOTES_KNOWN),
    )


async def without_old_files(
    conn: Connection, workspace: Workspace, meant: Sequence[Channel], now: int
) -> list[Channel]:
    """Returns channels that a daily summary can tell of.

    Nobody is asked for a fresh file more often than on Mondays.
    """
    if local_date(now, ZoneInfo(workspace.zone)).weekday() == ASKED_ON:
        return list(meant)
    read = await sources.read_by_themselves(conn, workspace.id)
    return [one for one in meant if one.id in read or now - (one.observed_at or now) < OLD_AFTER_S]


async def _build(services: Services, plan: Plan, *, draw: bool) -> Report:
    async with services.database.read() as conn:
        request = await plan.gather(conn, draw=draw)
    return await compute(services, build, request)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _now(services: Services) -> int:
    return int(services.clock.now().timestamp())
