"""The settings of summaries and alerts in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.answers.wording import TITLE_CHARS, folded, points, shortened
from bot.core.locales import Translator
from bot.core.parsing.zones import offset, shown
from bot.notifications.preferences import COUNTRIES, SENSITIVITIES, chosen, country_of
from metrics.drops.compared import Fit
from metrics.drops.holidays import NO_COUNTRY
from metrics.drops.parameters import FIT_LEAST_JUDGED_DAYS, METRICS
from storage.workspace.channels import Channel
from storage.workspace.schedules import EVERY_DAY, WORKDAYS, Schedule
from storage.workspace.workspaces import Workspace

PREVIEW_DAYS = 90
TITLES_SHOWN = 5


def words(
    screen: str,
    schedule: Schedule,
    workspace: Workspace,
    channels: Sequence[Channel],
    now: int,
    t: Translator,
    fitted: Mapping[tuple[int, str], Fit] = MappingProxyType({}),
) -> str:
    """Returns what is set on the main screen, what can be set there on others.

    `fitted`: by channel and metric.
    """
    if screen in ("hour", "days", "zone", "channels", "sense", "gate", "quiet", "country"):
        where = place(workspace.zone, now, t)
        return t(f"settings.ask.{screen}", zone=where)
    lines = list(_main(schedule, workspace, channels, now, t))
    if schedule.kind == "alerts" and schedule.is_on and screen == "main":
        promises = list(_promises(chosen(schedule, channels)[:TITLES_SHOWN], fitted, t))
        lines += filter(None, [folded(promises)])
    return "\n".join(lines)


def _promises(
    channels: Sequence[Channel], fitted: Mapping[tuple[int, str], Fit], t: Translator
) -> Iterator[str]:
    """Yields what each channel's own noise lets see, and how soon.

    It is of views, or of ER where nobody sees views.
    """
    for channel in channels:
        name = shortened(channel.title, TITLE_CHARS)
        known = [fitted[channel.id, metric] for metric in METRICS if (channel.id, metric) in fitted]
        fit = next((one for one in known if one.detectable_percent is not None), None)
        if fit is None or fit.detectable_percent is None or fit.detectable_days is None:
            judged = max((one.judged_days for one in known), default=0)
            yield t("alert.promise_default", channel=name, judged=judged, needed=FIT_LEAST_JUDGED_DAYS)
        else:
            drop, days = points(fit.detectable_percent, t), t.plural("er.days", fit.detectable_days)
            yield t("alert.promise", channel=name, drop=drop, days=days)


def preview(counts: Mapping[str, int | None], t: Translator) -> str:
    """Returns «За 90 дней было бы: …», a line a sensitivity; None: the history is too short to tell."""
    days = t.plural("er.days", PREVIEW_DAYS)
    if all(count is None for count in counts.values()):
        return t("settings.preview_none")
    lines = [
        t(
            "settings.preview_line",
            name=t(f"settings.sense.{name}"),
            alerts=t.plural("settings.alerts", counts.get(name) or 0),
        )
        for name in SENSITIVITIES
    ]
    return "\n".join([t("settings.preview", days=days), *lines])


def place(zone: str, now: int, t: Translator) -> str:
    """Returns a place: «Москва, UTC+3, сейчас 12:34»."""
    at = datetime.fromtimestamp(now, UTC)
    facts = {"offset": offset(zone, at), "time": f"{at.astimezone(ZoneInfo(zone)):%H:%M}"}
    city = shown(zone, t.language)
    if city.startswith("UTC"):  # no place: the offset says it all
        return t.plain("settings.place_by_offset", **facts)
    return t.plain("settings.place", city=city, **facts)


def country_name(country: str, t: Translator) -> str:
    """Returns a country, «Россия»; one without a table of its own reads as none."""
    return t.plain(f"settings.country.{country if country in COUNTRIES else NO_COUNTRY}")


def paused_until(schedule: Schedule, workspace: Workspace, t: Translator) -> str:
    return _moment(schedule.muted_until or 0, workspace, t)


def muted(
    until: Mapping[int, int], workspace: Workspace, channels: Sequence[Channel], t: Translator
) -> list[str]:
    """Returns «🔕 Кухня: молчу до 5 дек», a line a channel."""
    return [
        t(
            "settings.muted",
            channel=shortened(one.title, TITLE_CHARS),
            moment=_moment(until[one.id], workspace, t),
        )
        for one in channels
        if one.id in until
    ]


def _main(
    schedule: Schedule, workspace: Workspace, channels: Sequence[Channel], now: int, t: Translator
) -> Iterator[str]:
    yield t(f"settings.title.{schedule.kind}")
    if not schedule.is_on:
        yield t(f"settings.off.{schedule.kind}")
        if schedule.off_because:
            yield t("settings.off_because")
        return
    yield t(
        f"settings.when.{schedule.kind}",
        when=_when(schedule, t),
        hour=_hour(schedule),
        zone=place(workspace.zone, now, t),
    )
    told = t("settings.channels", channels=_channels(schedule, channels, t))
    yield told if channels else t("settings.no_channels")
    if schedule.kind == "alerts":
        yield t(
            "settings.rule", sense=t(f"settings.sense.{schedule.sensitivity}"), gate=schedule.gate_percent
        )
        country = country_of(schedule, ZoneInfo(workspace.zone))
        yield t("settings.holidays", country=country_name(country, t))
    if schedule.quiet_from_minute is not None and schedule.quiet_to_minute is not None:
        start, end = schedule.quiet_from_minute // 60, schedule.quiet_to_minute // 60
        yield t("settings.quiet", start=f"{start:02}:00", end=f"{end:02}:00")
    if schedule.thread_id is not None:
        yield t("settings.topic")
    if schedule.muted_until is not None and schedule.muted_until > now:
        yield t("settings.paused", moment=_moment(schedule.muted_until, workspace, t))
    elif schedule.kind == "digest" and schedule.next_due_at is not None:
        yield t("settings.next", moment=_moment(schedule.next_due_at, workspace, t))


def _when(schedule: Schedule, t: Translator) -> str:
    hour = _hour(schedule)
    if schedule.frequency == "weekly":
        return t.plain("settings.weekly", day=t.weekday(schedule.weekday), hour=hour)
    if schedule.frequency == "monthly":
        return t.plain("settings.monthly", hour=hour)
    if schedule.weekdays == EVERY_DAY:
        return t.plain("settings.daily", hour=hour)
    if schedule.weekdays == WORKDAYS:
        return t.plain("settings.workdays", hour=hour)
    days = ", ".join(t.weekday(day) for day in range(7) if schedule.weekdays >> day & 1)
    return t.plain("settings.some_days", days=days, hour=hour)


def _hour(schedule: Schedule) -> str:
    return f"{schedule.at_minute // 60:02}:{schedule.at_minute % 60:02}"


def _channels(schedule: Schedule, channels: Sequence[Channel], t: Translator) -> str:
    if schedule.channels is None:
        return t.plain("settings.every_channel", channels=t.plural("replay.channels", len(channels)))
    meant = [one.title for one in channels if one.id in schedule.channels]
    more = f" +{len(meant) - TITLES_SHOWN}" if len(meant) > TITLES_SHOWN else ""
    return ", ".join(meant[:TITLES_SHOWN]) + more


def _moment(at: int, workspace: Workspace, t: Translator) -> str:
    local = datetime.fromtimestamp(at, ZoneInfo(workspace.zone))
    return f"{t.weekday(local.weekday())}, {t.moment(local)}"
