"""The buttons of `/digest` and `/alerts`: one message, whose screens take each other's place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.locales import Translator
from bot.core.parsing.zones import OFFERED, shown
from bot.notifications.preferences import (
    COUNTRIES,
    GATES,
    HOURS,
    PAUSES_DAYS,
    QUIET,
    SENSITIVITIES,
    is_paused,
)
from bot.telegram.callbacks import NowButton, SettingButton
from bot.telegram.keyboards import CHANNELS_SHOWN, label
from storage.workspace.channels import Channel
from storage.workspace.schedules import EVERY_DAY, FREQUENCIES, WORKDAYS, Schedule
from storage.workspace.workspaces import Workspace

Row = list[InlineKeyboardButton]


@dataclass(frozen=True, slots=True)
class SettingsView:
    """What a settings message is about. `thread_id`: the topic it stands in."""

    workspace: Workspace
    schedule: Schedule
    visible: Sequence[Channel]
    now: int
    thread_id: int | None = None
    muted: Mapping[int, int] = field(default_factory=dict)  # channel -> when it is heard of again


def keyboard(screen: str, about: SettingsView, t: Translator) -> InlineKeyboardMarkup:
    rows = _SCREENS.get(screen, _main)(about, t)
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _main(about: SettingsView, t: Translator) -> list[Row]:
    schedule = about.schedule
    if not schedule.is_on:
        other = "alerts" if schedule.kind == "digest" else "digest"
        turn_on = _set(about, "on", "1", t.plain(f"settings.turn_on.{schedule.kind}"))
        return [[turn_on], [_now(schedule.kind, t)], [_other(other, t)]]
    rows = _digest(about, t) if schedule.kind == "digest" else _alerts(about, t)
    if is_paused(schedule, about.now):
        rows.insert(0, [_set(about, "pause", "0", t.plain("settings.resume"))])
    if about.thread_id != schedule.thread_id and about.workspace.kind == "group":
        rows.append([_set(about, "here", "1", t.plain("settings.send_here"))])
    rows += _muted(about, t)
    rows.append([_now(schedule.kind, t)])
    return [*rows, [_set(about, "on", "0", t.plain("settings.turn_off"))]]


def _digest(about: SettingsView, t: Translator) -> list[Row]:
    zone = shown(about.workspace.zone, t.language)
    return [
        [
            _see(about, "hour", f"🕘 {about.schedule.at_minute // 60:02}:{about.schedule.at_minute % 60:02}"),
            _see(about, "zone", f"🌍 {zone}"),
        ],
        [_see(about, "days", t.plain(f"settings.freq.{about.schedule.frequency}"))],
        [_see(about, "channels", t.plain("settings.channels_button"))],
        [_other("alerts", t)],
    ]


def _alerts(about: SettingsView, t: Translator) -> list[Row]:
    schedule = about.schedule
    return [
        [_see(about, "sense", t.plain("settings.sense_button"))],
        [
            _see(about, "gate", t.plain("settings.gate_button", percent=schedule.gate_percent)),
            _see(about, "quiet", t.plain("settings.quiet_button")),
        ],
        [
            _see(about, "channels", t.plain("settings.channels_button")),
            _see(about, "country", t.plain("settings.country_button")),
        ],
        [_set(about, "pause", str(days), t.plain(f"unasked.mute_{days}")) for days in PAUSES_DAYS],
        [_other("digest", t)],
    ]


def _hours(about: SettingsView, t: Translator) -> list[Row]:
    now = about.schedule.at_minute // 60
    cells = [_set(about, "hour", str(hour), _marked(f"{hour:02}:00", chosen=hour == now)) for hour in HOURS]
    return [*_rows(cells, 4), _back(about, t)]


def _days(about: SettingsView, t: Translator) -> list[Row]:
    schedule = about.schedule
    rows = [
        [
            _set(
                about,
                "freq",
                name,
                _marked(t.plain(f"settings.freq.{name}"), chosen=name == schedule.frequency),
            )
            for name in FREQUENCIES
        ]
    ]
    if schedule.frequency == "daily":
        rows += _rows((_day(about, day, bool(schedule.weekdays >> day & 1), t) for day in range(7)), 4)
        whole = WORKDAYS if schedule.weekdays == EVERY_DAY else EVERY_DAY
        key = "work" if whole == WORKDAYS else "all"
        rows.append([_set(about, "days", key, t.plain(f"settings.days.{key}"))])
    elif schedule.frequency == "weekly":
        rows += _rows((_day(about, day, day == schedule.weekday, t) for day in range(7)), 4)
    return [*rows, _back(about, t)]


def _day(about: SettingsView, day: int, chosen: bool, t: Translator) -> InlineKeyboardButton:
    return _set(about, "day", str(day), _marked(t.weekday(day), chosen=chosen))


def _zones(about: SettingsView, t: Translator) -> list[Row]:
    cells = [
        _set(about, "zone", zone, _marked(shown(zone, t.language), chosen=zone == about.workspace.zone))
        for zone in OFFERED[t.language]
    ]
    return [*_rows(cells, 2), [_set(about, "ask", "zone", t.plain("settings.other_city"))], _back(about, t)]


def _channels(about: SettingsView, t: Translator) -> list[Row]:
    wanted = about.schedule.channels
    rows = [
        [_set(about, "channel", str(one.id), _ticked(label(one), chosen=wanted is None or one.id in wanted))]
        for one in about.visible[:CHANNELS_SHOWN]
    ]
    if wanted is not None:
        rows.append([_set(about, "channel", "all", t.plain("settings.all_channels"))])
    return [*rows, _back(about, t)]


def _sense(about: SettingsView, t: Translator) -> list[Row]:
    now = about.schedule.sensitivity
    cells = [
        _set(about, "sense", name, _marked(t.plain(f"settings.sense.{name}"), chosen=name == now))
        for name in SENSITIVITIES
    ]
    return [*_rows(cells, 2), _back(about, t)]


def _gates(about: SettingsView, t: Translator) -> list[Row]:
    now = about.schedule.gate_percent
    cells = [
        _set(about, "gate", str(gate), _marked(f"{gate}{t.percent_sign}", chosen=gate == now))
        for gate in GATES
    ]
    return [*_rows(cells, 4), _back(about, t)]


def _quiet(about: SettingsView, t: Translator) -> list[Row]:
    now = (about.schedule.quiet_from_minute, about.schedule.quiet_to_minute)
    cells = [
        _set(
            about,
            "quiet",
            f"{start}-{end}",
            _marked(f"{start}:00–{end:02}:00", chosen=now == (start * 60, end * 60)),
        )
        for start, end in QUIET
    ]
    off = _set(about, "quiet", "off", _marked(t.plain("settings.quiet_off"), chosen=now[0] is None))
    return [cells, [off], _back(about, t)]


def _countries(about: SettingsView, t: Translator) -> list[Row]:
    now = about.schedule.country
    cells = [
        _set(about, "country", one, _marked(t.plain(f"settings.country.{one}"), chosen=one == now))
        for one in COUNTRIES
    ]
    by_zone = _set(about, "country", "zone", _marked(t.plain("settings.country_by_zone"), chosen=now is None))
    return [*_rows(cells, 3), [by_zone], _back(about, t)]


_SCREENS: dict[str, Callable[[SettingsView, Translator], list[Row]]] = {
    "hour": _hours,
    "days": _days,
    "zone": _zones,
    "channels": _channels,
    "sense": _sense,
    "gate": _gates,
    "quiet": _quiet,
    "country": _countries,
}


def _set(about: SettingsView, field: str, value: str, text: str) -> InlineKeyboardButton:
    data = SettingButton(kind=about.schedule.kind, field=field, value=value)
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _see(about: SettingsView, screen: str, text: str) -> InlineKeyboardButton:
    return _set(about, "see", screen, text)


def _muted(about: SettingsView, t: Translator) -> list[Row]:
    """Returns a way back for each channel that is kept silent about."""
    if about.schedule.kind != "alerts":
        return []
    silent = [one for one in about.visible if one.id in about.muted][:CHANNELS_SHOWN]
    return [
        [_set(about, "unmute", str(one.id), t.plain("settings.unmute", channel=label(one)))] for one in silent
    ]


def _now(kind: str, t: Translator) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=t.plain("settings.show_now"), callback_data=NowButton(kind=kind).pack())


def _other(kind: str, t: Translator) -> InlineKeyboardButton:
    data = SettingButton(kind=kind, field="see", value="main")
    return InlineKeyboardButton(text=t.plain(f"settings.to.{kind}"), callback_data=data.pack())


def _back(about: SettingsView, t: Translator) -> Row:
    return [_see(about, "main", t.plain("settings.back"))]


def _rows(cells: Iterable[InlineKeyboardButton], width: int) -> list[Row]:
    listed = list(cells)
    return [listed[start : start + width] for start in range(0, len(listed), width)]


def _marked(text: str, *, chosen: bool) -> str:
    return f"• {text} •" if chosen else text


def _ticked(text: str, *, chosen: bool) -> str:
    return f"{'✅' if chosen else '⬜️'} {text}"
