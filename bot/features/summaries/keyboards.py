"""Buttons under a summary."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from bot.core.locales import Translator
from bot.core.parsing.periods import PeriodChoice
from bot.telegram.callbacks import PauseButton, PickButton, SettingButton
from bot.telegram.keyboards import button, how, open_engagement
from storage.workspace.channels import Channel

DIRECT = 3  # channels that get a button each


def under_digest(t: Translator, channels: Sequence[Channel], days: PeriodChoice) -> InlineKeyboardMarkup:
    """`days`: those of the summary."""
    rows = [[open_engagement(t, channel)] for channel in channels]
    if len(channels) > DIRECT:
        rows = [[button(t.plain("unasked.pick"), PickButton())]]
    pause = PauseButton(kind="digest", days=7)
    settings = SettingButton(kind="digest", field="see", value="new")
    return InlineKeyboardMarkup(
        inline_keyboard=[
            *rows,
            [how(t, channels[0] if len(channels) == 1 else None, days)],
            [button(t.plain("unasked.pause"), pause), button(t.plain("unasked.settings"), settings)],
        ]
    )
