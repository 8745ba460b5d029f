"""Buttons under a summary."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from aiogram.types import InlineKeyboardMarkup

from bot.core.locales import Translator
from bot.features.summaries.request import OpenDrop
from bot.telegram.callbacks import PauseButton, PickButton, SettingButton
from bot.telegram.keyboards import button, open_engagement, why_button
from metrics.verdict import Fell
from storage.workspace.channels import Channel

DIRECT = 3  # channels that get a button each


def under_digest(
    t: Translator, channels: Sequence[Channel], drops: Mapping[int, Sequence[OpenDrop]], today: date
) -> InlineKeyboardMarkup:
    """The card of each channel, and why it fell under those that did."""
    rows = [[open_engagement(t, channel)] for channel in channels]
    if len(channels) > DIRECT:
        rows = [[button(t.plain("unasked.pick"), PickButton())]]
    yesterday = today - timedelta(days=1)
    fallen = [
        (channel, [one for one in drops.get(channel.id, ()) if not one.is_over]) for channel in channels
    ]
    rows += [
        [why_button(t, channel.id, Fell(open_now[0].metric, open_now[0].since, yesterday), channel.title)]
        for channel, open_now in fallen
        if open_now
    ][:DIRECT]
    pause = PauseButton(kind="digest", days=7)
    settings = SettingButton(kind="digest", field="see", value="new")
    return InlineKeyboardMarkup(
        inline_keyboard=[
            *rows,
            [button(t.plain("unasked.pause"), pause), button(t.plain("unasked.settings"), settings)],
        ]
    )
