"""Buttons under a summary."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from bot.core.locales import Translator
from bot.telegram.callbacks import PauseButton, PickButton, SettingButton
from bot.telegram.keyboards import button, open_engagement
from storage.workspace.channels import Channel

DIRECT = 3  # channels that get a button each


def under_digest(t: Translator, channels: Sequence[Channel]) -> InlineKeyboardMarkup:
    rows = [[open_engagement(t, channel)] for channel in channels]
    if len(channels) > DIRECT:
        rows = [[button(t.plain("unasked.pick"), PickButton())]]
    pause = PauseButton(kind="digest", days=7)
    settings = SettingButton(kind="digest", field="see", value="new")
    return InlineKeyboardMarkup(
        inline_keyboard=[
            *rows,
            [button(t.plain("unasked.pause"), pause), button(t.plain("unasked.settings"), settings)],
        ]
    )
