"""What breaks: a long search makes a button that Telegram refuses, or turns the page of another search."""

import pytest

from bot.core.locales import translator
from bot.features.channels.keyboards import CALLED_BYTES, channel_list
from bot.telegram.callbacks import ChannelsPageButton


@pytest.mark.parametrize("called", ["кофе: утро", "очень " * 30, "ы" * 200, "🍳" * 60])
def test_a_page_button_carries_any_words_and_never_half_of_one(called):
    markup = channel_list(translator("ru"), [], [], 0, 3, called.strip())
    for button in markup.inline_keyboard[-1]:
        assert len(button.callback_data.encode()) <= 64
        kept = ChannelsPageButton.unpack(button.callback_data).called
        assert len(kept.encode()) <= CALLED_BYTES
        whole = called.replace(":", " ").split()
        assert whole[: len(kept.split())] == kept.split() or whole[0].startswith(kept)
