"""What breaks: under a summary with a drop nobody can ask why, or the button asks about another channel or other days."""

from dataclasses import fields
from datetime import date, timedelta

from bot.core.locales import translator
from bot.core.parsing.periods import PeriodChoice
from bot.features.summaries.keyboards import under_digest
from bot.features.summaries.request import OpenDrop
from bot.telegram.callbacks import WhyButton
from storage.workspace.channels import Channel

TODAY, SINCE = date(2026, 11, 23), date(2026, 11, 12)


def channel(number: int) -> Channel:
    known = dict.fromkeys(field.name for field in fields(Channel))
    return Channel(**{**known, "id": number, "title": f"Канал {number}"})


def asked(channels, drops) -> list[WhyButton]:
    days = PeriodChoice(first=TODAY - timedelta(days=1), last=TODAY - timedelta(days=1))
    rows = under_digest(translator("ru"), channels, drops, TODAY, days).inline_keyboard
    buttons = [button for row in rows for button in row if button.text.startswith("🔎")]
    assert all("Почему?" in button.text for button in buttons)
    return [WhyButton.unpack(button.callback_data or "") for button in buttons]


def test_each_channel_with_an_open_drop_has_a_button_from_its_start_to_yesterday():
    drops = {2: [OpenDrop("views", SINCE, 31.0)], 3: [OpenDrop("er", SINCE, 31.0, is_over=True)]}
    [button] = asked([channel(1), channel(2), channel(3)], drops)
    assert (button.channel, button.metric) == (2, "views")
    assert button.period == f"{SINCE:%Y%m%d}-{TODAY - timedelta(days=1):%Y%m%d}"


def test_of_many_drops_three_have_a_button():
    channels = [channel(number) for number in range(9)]
    assert len(asked(channels, {one.id: [OpenDrop("reach", SINCE, 31.0)] for one in channels})) == 3
