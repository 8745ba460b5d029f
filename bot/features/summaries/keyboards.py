"""Buttons under a summary."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from aiogram.types import InlineKeyboardMarkup

from bot.core.locales import Translator
from bot.core.parsing.periods import PeriodChoice
from bot.features.summaries.request import OpenDrop
from bot.telegram.callbacks import PauseButton, PickButton, SettingButton
from bot.telegram.keyboards import button, how, open_engagement, why_button
from metrics.verdict import Fell
from storage.workspace.channels import Channel

DIRECT = 3  # channels that get a button each


def under_digest(
    t: Translator,
    channels: Sequence[Channel],
    drops: Mapping[int, Sequence[OpenDrop]],
    today: date,
    days: PeriodChoice,
) -> InlineKeyboardMarkup:
    """Returns each channel's card, and why under those that fell. `days`: those of the summary."""
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
            [how(t, channels[0] if len(channels) == 1 else None, days)],
            [button(t.plain("unasked.pause"), pause), button(t.plain("unasked.settings"), settings)],
        ]
    )
