"""What breaks: more messages than a person reads, a fall of all told of each, silence of a source told as a drop."""

from datetime import date, timedelta

import pytest

from bot.answers.drops.request import Evaluation, Judgement
from bot.answers.drops.settling import PUSHES_A_DAY, Hearing, News, settle_drops, settle_states
from metrics.drops.decision import Decision
from metrics.drops.parameters import Rule
from metrics.drops.workspace import Common
from storage.workspace import channels, workspaces

TODAY = date(2026, 11, 25)
EVERYBODY, NOBODY = Hearing(is_told=True, muted={}), Hearing(is_told=False, muted={})


def decision(state="warning", drop=30.0, **how) -> Decision:
    known = {
        "metric": "views",
        "basis": "exact",
        "state": state,
        "reason": None,
        "drop_percent": drop,
        "low_percent": drop - 10,
        "high_percent": drop + 10,
        "z": 3.0,
        "detectable_percent": 20.0,
        "common_percent": None,
        "n": 9,
        "window_first": TODAY - timedelta(days=4),
        "window_last": TODAY - timedelta(days=2),
        "history_posts": 140,
        "history_days": 50,
        "history_first": TODAY - timedelta(days=60),
        "history_last": TODAY - timedelta(days=5),
        "is_slow": False,
        "is_pushed": True,
    }
    return Decision(**{**known, **how})


@pytest.fixture
def settled(stage):
    """One day's decisions, settled; `hearing`: who wants to hear."""

    async def run(*decisions, ids=None, hearing=EVERYBODY, on=TODAY, common=None) -> News:
        judged = [Judgement(ids[n] if ids else n, one, None, 1000.0) for n, one in enumerate(decisions)]
        async with stage.database.begin() as conn:
            workspace = await workspaces.get(conn, stage.workspace_id)
            evaluation = Evaluation(judged, common or {})
            news = await settle_drops(conn, workspace, evaluation, Rule(), hearing, on)
            seen = await channels.visible(conn, stage.workspace_id)
            await settle_states(conn, workspace, seen, evaluation, news, hearing, stage.now)
        return news

    return run


async def test_at_most_five_are_told_the_worst_first_and_the_rest_counted(stage, settled):
    ids = [await stage.add(f"Канал {number}") for number in range(8)]
    falls = [decision(drop=22.0 + number) for number in range(7)]
    news = await settled(*falls, decision("critical", 45.0), ids=ids)
    assert len(news.told) == PUSHES_A_DAY
    assert news.more == 3
    assert [one["facts"]["drop_percent"] for one in news.told] == [45.0, 28.0, 27.0, 26.0, 25.0]


async def test_of_many_channels_only_the_sharp_falls_are_pushed(stage, settled):
    ids = [await stage.add(f"Канал {number}") for number in range(31)]
    falls = [decision("critical", 50.0), *[decision(drop=30.0)] * 30]
    news = await settled(*falls, ids=ids)
    assert [one["facts"]["drop_percent"] for one in news.told] == [50.0]


@pytest.mark.parametrize(
    "how", [{"basis": "final", "is_pushed": False}, {"is_slow": True, "is_pushed": False}]
)
async def test_what_is_not_sure_enough_to_push_waits_for_the_summary(stage, settled, how):
    news = await settled(decision(**how), ids=[await stage.add("Канал")])
    assert news.is_empty


async def test_a_date_is_settled_once(stage, settled):
    ids = [await stage.add("Канал")]
    assert not (await settled(decision(), ids=ids)).is_empty
    assert (await settled(decision(), ids=ids)).is_empty
    assert (await settled(decision(), ids=ids, on=TODAY + timedelta(days=1))).is_empty


async def test_the_end_of_what_was_told_is_told_and_of_what_was_not_is_not(stage, settled):
    ids = [await stage.add("Сказано"), await stage.add("В сводке")]
    await settled(decision(), decision(is_pushed=False), ids=ids)
    calm = [decision("ok", 1.0), decision("ok", 1.0)]
    first = await settled(*calm, ids=ids, on=TODAY + timedelta(days=1))
    second = await settled(*calm, ids=ids, on=TODAY + timedelta(days=2))
    assert first.is_empty
    assert [one["event"] for one in second.told] == ["recovered"]


async def test_a_fall_of_all_is_told_once_and_again_when_it_comes_anew(stage, settled):
    ids = [await stage.add("Канал")]
    holiday = {"views": Common(-0.2, 12)}
    day = [TODAY + timedelta(days=number) for number in range(5)]
    said = [
        (await settled(decision("ok", 0.0), ids=ids, on=on, common=common)).common
        for on, common in zip(day, (holiday, holiday, {}, holiday, {"er": Common(0.3, 12)}), strict=True)
    ]
    assert [len(one) for one in said] == [1, 0, 0, 1, 0]
    assert said[0][0]["channels"] == 12
    assert round(said[0][0]["drop_percent"]) == 18


async def test_silence_of_a_source_is_a_state_of_its_own_told_once(stage, settled, play):
    played = await play(stage)
    assert (await settled()).missing == []
    stage.clock.moment += timedelta(days=9)
    news = await settled(on=TODAY + timedelta(days=9))
    assert [(one["kind"], one["channel"]) for one in news.missing] == [("no_data", played.channel_id)]
    assert (await settled(on=TODAY + timedelta(days=10))).is_empty


async def test_nobody_is_told_where_alerts_are_off(stage, settled):
    ids = [await stage.add("Канал")]
    news = await settled(
        decision("critical", 60.0), ids=ids, hearing=NOBODY, common={"views": Common(-0.3, 15)}
    )
    assert news.is_empty
