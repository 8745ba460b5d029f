"""Buttons under an alert."""

from collections.abc import Sequence
from datetime import date, timedelta

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.answers.drops.words import FALLS, DropEvent
from bot.core.locales import Translator
from bot.notifications.preferences import PAUSES_DAYS
from bot.telegram.callbacks import AlertButton, PauseButton, SettingButton
from bot.telegram.keyboards import button, label, open_engagement, why_button
from metrics.verdict import Fell, OpenEpisode
from storage.workspace.channels import Channel
from storage.workspace.episodes import StoredEpisode

Row = list[InlineKeyboardButton]
DIRECT = 3  # channels that get a button each


def under_alert(
    t: Translator, told: Sequence[tuple[DropEvent, StoredEpisode, Channel]], today: date
) -> InlineKeyboardMarkup | None:
    """Gives all buttons of one drop; of several a row each, then the buttons that concern all of them."""
    falls = [(one.event, kept, channel) for one, kept, channel in told if one.event in FALLS]
    offers = [(kept, channel) for one, kept, channel in told if one.event == "offer_new_level"]
    rows: list[Row] = []
    if len(falls) == 1:
        rows += _of_one(t, *falls[0], today)
    elif falls:
        rows += [
            [
                why_button(t, channel.id, _fell(kept, today), channel.title),
                explain_button(t, kept, event=event),
            ]
            for event, kept, channel in falls
        ]
        rows.append([_mute_all(t, days) for days in PAUSES_DAYS])
    elif told:
        rows += [[open_engagement(t, channel)] for channel in {one.id: one for _, _, one in told}.values()][
            :DIRECT
        ]
    rows += [[_accept(t, kept, channel)] for kept, channel in offers]
    if falls:
        sense = SettingButton(kind="alerts", field="see", value="new")
        rows.append([button(t.plain("unasked.sensitivity"), sense)])
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def _fell(kept: StoredEpisode, today: date) -> Fell:
    """Returns the fall, from the day the level fell to yesterday."""
    told = OpenEpisode.of(kept.episode)
    return Fell(told.metric, told.since, max(told.since, today - timedelta(days=1)))


def explain_button(t: Translator, kept: StoredEpisode, *, event: str = "opened") -> InlineKeyboardButton:
    text = t.plain("unasked.explain")
    return button(text, AlertButton(action="worse" if event == "worsened" else "explain", episode=kept.id))


def _of_one(t: Translator, event: str, kept: StoredEpisode, channel: Channel, today: date) -> list[Row]:
    mute = [
        button(t.plain(f"unasked.mute_{days}"), AlertButton(action="mute", episode=kept.id, days=days))
        for days in PAUSES_DAYS
    ]
    return [
        [open_engagement(t, channel)],
        [why_button(t, channel.id, _fell(kept, today)), explain_button(t, kept, event=event)],
        mute,
        [_accept(t, kept, None)],
    ]


def _accept(t: Translator, kept: StoredEpisode, channel: Channel | None) -> InlineKeyboardButton:
    text = t.plain("unasked.accept")
    if channel is not None:
        text = t.plain("unasked.accept_of", title=label(channel))
    return button(text, AlertButton(action="accept", episode=kept.id))


def _mute_all(t: Translator, days: int) -> InlineKeyboardButton:
    return button(t.plain(f"unasked.mute_{days}"), PauseButton(kind="alerts", days=days))
