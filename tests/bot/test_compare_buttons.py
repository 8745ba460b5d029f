"""What breaks: a button that forgets which channels were ticked, takes one for another, or does not fit Telegram's 64 bytes."""

import random

import pytest

from bot.features.compare.keyboards import (
    ALL,
    LISTED,
    TOO_MANY,
    CompareButton,
    SelectButton,
    decode,
    encode,
)
from metrics.errors import DomainError
from storage.workspace.channels import MOST

LONGEST_PERIOD = "20251001-20261031"


@pytest.mark.parametrize("count", [1, 2, 12, 40, 184])
def test_every_choice_comes_back_from_a_button_of_at_most_64_bytes(count):
    dice = random.Random(count)
    visible = set(dice.sample(range(1, 5_000_000), count))
    for share in (0.0, 0.1, 0.5, 0.9, 1.0):
        chosen = {one for one in visible if dice.random() < share}
        code = encode(visible, chosen)
        assert decode(visible, code) == chosen
        for button in (
            CompareButton(channels=code, period=LONGEST_PERIOD, by=2),
            SelectButton(channels=code, period=LONGEST_PERIOD, by=2, page=37),
        ):
            assert len(button.pack().encode()) <= 64


def test_of_the_most_channels_a_chat_may_have_a_few_or_all_but_a_few_are_kept():
    visible = range(1, MOST + 1)
    few = set(visible[-LISTED:])
    but_few = set(visible) - few
    assert decode(visible, encode(visible, few)) == few
    assert decode(visible, encode(visible, but_few)) == but_few
    assert encode(visible, visible) == ALL
    assert encode(visible, visible[::2]) == TOO_MANY
    with pytest.raises(DomainError) as refused:
        decode(visible, TOO_MANY)
    assert refused.value.code == "compare.full"


def test_a_channel_added_later_changes_no_choice_and_one_that_has_gone_is_told():
    visible = range(10, 30)
    chosen = {12, 19, 25}
    code = encode(visible, chosen)
    assert decode([*visible, 99], code) == chosen
    with pytest.raises(DomainError) as refused:
        decode(visible[1:], code)
    assert refused.value.code == "compare.list_changed"


@pytest.mark.parametrize("code", ["", "b", "zAAAA", "i", "b!!!", "bABCD_", "x___AA", "кофе"])
def test_what_no_button_holds_is_refused_as_a_changed_list(code):
    with pytest.raises(DomainError) as refused:
        decode(range(1, 9), code)
    assert refused.value.code == "compare.list_changed"


def test_ids_between_commas_as_older_buttons_have_them_are_still_read():
    assert decode(range(1, 9), "3,5,77") == {3, 5}
