"""What breaks: a chat with many channels that takes everybody's turns, a channel read for each of its followers, histories
that starve or that make posts late.
"""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collection.networks import following
from bot.collection.networks.rota import HISTORY_EVERY, Rota
from metrics.errors import DomainError
from storage.files.tables.links import OwnerLink
from storage.system.networks import Turn
from tests.networks.conftest import NOW, a_post

channels_of = st.dictionaries(st.integers(1, 9), st.integers(1, 40), min_size=1, max_size=6)


def _turns(channels: dict[int, int], prefix: str) -> list[Turn]:
    return [
        Turn(f"{prefix}{workspace}-{number}", 1000 * workspace + number, workspace, NOW + number, 0)
        for workspace, count in channels.items()
        for number in range(count)
    ]


def _served(rota: Rota, turns: int, *, histories: bool = True) -> list[tuple[Turn, bool]]:
    taken = []
    for number in range(1, turns + 1):
        turn = rota.next(histories=histories)
        if turn is None:
            break
        taken.append(turn)
        rota.settle(turn[0], number, goes_on=turn[1])
    return taken


@given(channels_of, st.integers(1, 60))
def test_no_chat_is_served_twice_while_another_that_waits_is_not(channels, turns):
    taken = _served(Rota(_turns(channels, "s"), []), turns)
    served = Counter(turn.workspace_id for turn, _ in taken)
    for one, count in channels.items():
        for other in channels:
            assert served[other] <= served[one] + 1 or served[one] == count


@given(channels_of, channels_of)
def test_every_fourth_turn_is_a_histories_and_every_channel_has_its_turn(channels, reading):
    due = sum(channels.values())
    taken = _served(Rota(_turns(channels, "s"), _turns(reading, "h")), due * 2)
    first = taken[: due + due // HISTORY_EVERY]
    assert all(
        not is_history for number, (_, is_history) in enumerate(first[:due], 1) if number % HISTORY_EVERY
    )
    assert {turn.place for turn, is_history in taken if not is_history} == {
        one.place for one in _turns(channels, "s")
    }


def test_without_units_for_histories_only_channels_that_are_due_are_read():
    rota = Rota(_turns({1: 2}, "s"), _turns({2: 3}, "h"))
    assert [is_history for _, is_history in _served(rota, 9, histories=False)] == [False, False]


async def test_a_channel_that_many_follow_is_read_once_and_each_keeps_its_own(
    box, start, home, kept, pass_time
):
    channel = await box.vk.channel("77", "coffee", "Кофейня", subscribers=10)
    await channel.put(*(a_post(n, hours_ago=n) for n in range(1, 300)))
    life, places = start(), []
    for number in range(1, 4):
        workspace = await home(number)
        followed = await life.networks.follow(workspace, OwnerLink("vk", "coffee"), person=number)
        places.append((workspace, followed.channel.id))
    await life.run()
    walls = len(await box.vk.asked("wall.get"))
    assert walls == 3 + 3  # a look each, and three pages of history for all of them together
    for place in places:
        assert len(await kept.posts(*place)) == 299
        assert (await kept.progress(*place)).done_at is not None
    await kept.remove(*places[1])
    await channel.count("1", views=777)
    await pass_time(hours=5)
    await life.run()
    assert len(await box.vk.asked("wall.get")) == walls + 1
    assert [(await kept.posts(*place))["1"].views for place in (places[0], places[2])] == [777, 777]


async def test_a_chat_follows_so_many_and_what_it_follows_already_is_no_more(box, start, home, monkeypatch):
    monkeypatch.setattr(following, "FOLLOWS", 1)
    await box.vk.channel("77", "coffee", "Кофейня")
    await box.vk.channel("78", "tea", "Чайная")
    life, workspace = start(), await home()
    for _ in range(2):
        await life.networks.follow(workspace, OwnerLink("vk", "coffee"), person=1)
    with pytest.raises(DomainError, match=r"limit\.follows_networks"):
        await life.networks.follow(workspace, OwnerLink("vk", "tea"), person=1)
    assert (
        await life.networks.follow(await home(2), OwnerLink("vk", "tea"), person=2)
    ).channel.title == "Чайная"
