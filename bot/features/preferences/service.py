"""What a workspace gets unasked, as it is set, and what changing it entails: the next moment, the other schedule's hour."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from bot.answers.drops.gather import gather_preview
from bot.answers.drops.request import count_alerts
from bot.core.locales import Translator
from bot.core.parsing.routine import Routine
from bot.core.parsing.zones import OFFERED
from bot.core.workers import Workers
from bot.features.preferences import words as told
from bot.features.preferences.keyboards import SettingsView
from bot.notifications.preferences import arranged, changed, chosen, country_of, new_schedule, rule_of
from bot.notifications.recurrence import next_due, planned
from bot.telegram.conversation import Conversation
from metrics.drops.compared import Fit
from metrics.durations import DAY_S
from metrics.errors import DomainError
from storage.engine import Connection, Database
from storage.workspace import channels, fits, schedules, workspaces
from storage.workspace.channels import Channel
from storage.workspace.schedules import Schedule
from storage.workspace.workspaces import Workspace

KINDS = ("digest", "alerts")
ALL_OFFERED = frozenset(zone for zones in OFFERED.values() for zone in zones)


@dataclass(frozen=True, slots=True)
class Preferences:
    database: Database
    workspace: Workspace
    schedule: Schedule
    visible: list[Channel]
    person: int
    now: int
    fitted: Mapping[tuple[int, str], Fit] = field(default_factory=dict)  # by channel and metric
    muted: Mapping[int, int] = field(default_factory=dict)  # channel -> when it is heard of again

    def shown(self, thread_id: int | None) -> SettingsView:
        return SettingsView(self.workspace, self.schedule, self.visible, self.now, thread_id, self.muted)

    def words(self, screen: str, t: Translator) -> str:
        text = told.words(screen, self.schedule, self.workspace, self.visible, self.now, t, self.fitted)
        silent = told.muted(self.muted, self.workspace, self.visible, t) if screen == "main" else []
        return "\n".join([text, *silent]) if self.schedule.kind == "alerts" else text

    async def change(self, field: str, value: str, thread_id: int | None) -> "Preferences":
        """Changes a setting. Raises DomainError("button.stale") for what no button of today says."""
        if field == "unmute":
            return await self.unmute(int(value) if value.isdecimal() else 0)
        if field == "zone":
            if value not in ALL_OFFERED:
                raise DomainError("button.stale")
            return await self.move(value)
        schedule = self.schedule
        if field in ("on", "here"):
            schedule = replace(schedule, thread_id=thread_id, set_by=self.person)
        if field != "here":
            schedule = changed(schedule, field, value, now=self.now, visible=self.visible)
        async with self.database.begin() as conn:
            saved = await self._save(conn, schedule)
            if field == "hour":
                await self._follow(conn, saved)
        return replace(self, schedule=saved)

    async def arrange(self, said: Routine, thread_id: int | None) -> "Preferences":
        """Arranges it as written behind the command. Raises DomainError("settings.too_early")."""
        schedule = arranged(self.schedule, said, self.now)
        if said.is_on and not self.schedule.is_on:
            schedule = replace(schedule, thread_id=thread_id, set_by=self.person)
        async with self.database.begin() as conn:
            saved = await self._save(conn, schedule)
            if said.at_minute is not None:
                await self._follow(conn, saved)
        return replace(self, schedule=saved)

    async def unmute(self, channel_id: int) -> "Preferences":
        """Has a channel heard of again at once."""
        async with self.database.begin() as conn:
            await schedules.unmute(conn, self.workspace.id, channel_id)
        return replace(self, muted={one: at for one, at in self.muted.items() if one != channel_id})

    async def move(self, zone: str) -> "Preferences":
        """Moves all schedules to the same hour of another zone.

        No alert comes for a day: its days are others now.
        """
        workspace = replace(self.workspace, zone=zone)
        async with self.database.begin() as conn:
            await workspaces.set_zone(conn, workspace.id, zone)
            for kind, after in (("digest", self.now), ("alerts", self.now + DAY_S)):
                schedule = await schedules.get(conn, workspace.id, kind)
                if schedule is not None and schedule.is_on:
                    moment = next_due(schedule, zone, after)
                    await schedules.set_due(conn, workspace.id, kind, moment)
            saved = await schedules.get(conn, workspace.id, self.schedule.kind)
        return replace(self, workspace=workspace, schedule=saved or self.schedule)

    async def preview(self, workers: Workers) -> Mapping[str, int | None]:
        """Returns by sensitivity how many alerts the last 90 days would have brought, or None."""
        async with self.database.read() as conn:
            meant = chosen(self.schedule, self.visible)
            request = await gather_preview(
                conn,
                self.workspace,
                meant,
                rule_of(self.schedule),
                self.now,
                country_of(self.schedule, ZoneInfo(self.workspace.zone)),
            )
        return await workers.run(count_alerts, request)

    async def _save(self, conn: Connection, schedule: Schedule) -> Schedule:
        due = planned(schedule, self.workspace.zone, self.now)
        return await schedules.save(conn, self.workspace.id, due)

    async def _follow(self, conn: Connection, saved: Schedule) -> None:
        """Sets the alerts to the hour of the summary."""
        other = await schedules.get(conn, self.workspace.id, "alerts")
        if saved.kind == "digest" and other is not None:
            await self._save(conn, replace(other, at_minute=saved.at_minute))


async def open_preferences(chat: Conversation, kind: str) -> Preferences:
    """Returns the chat's preferences. Raises DomainError("button.stale") for a kind that is none."""
    if kind not in KINDS:
        raise DomainError("button.stale")
    workspace, person, now = chat.workspace, chat.person, chat.now
    async with chat.read() as conn:
        found = {one: await schedules.get(conn, workspace.id, one) for one in KINDS}
        visible = await channels.visible(conn, workspace.id)
        fitted = await fits.fits(conn, workspace.id)
        muted = await schedules.muted(conn, workspace.id, now)
    other = found["alerts" if kind == "digest" else "digest"]
    schedule = found.get(kind) or new_schedule(kind, person, now, other)
    return Preferences(chat.database, workspace, schedule, visible, person, now, fitted, muted)
