"""What breaks: what a group sees. The real bot in the sandbox's time, over HTTP: a summary, a drop, its buttons, its end."""

import re
from datetime import timedelta

import pytest

from tests.notifications.conftest import START
from tests.notifications.played import nine
from tests.notifications.walking import TODAY


@pytest.mark.parametrize(
    ("language", "turn_on", "hashtag"),
    [("ru", "Присылать каждое утро", "#сводка"), ("en", "Send every morning", "#digest")],
)
async def test_a_group_sets_a_summary_for_the_next_minute_and_has_it(walk, language, turn_on, hashtag):
    at = await walk(language)
    await at.turn_on("/digest", turn_on)
    await at.until(START + timedelta(minutes=1))
    [summary] = await at.said(hashtag)
    assert summary.photo_size == (1280, 720)
    assert summary.text.startswith(f"{hashtag} · ")
    assert len(await at.said(hashtag)) == 1
    await at.here.press(summary, "ER · ")
    er = await at.here.wait_for(lambda one: one.photo_id is not None and hashtag not in one.text)
    assert er.photo_size == (1280, 720)
    await at.days(1)
    assert len(await at.said(hashtag)) == 2


RUSSIAN = {
    "turn_on": "Включить предупреждения",
    "only_admins": "администратор",
    "fell": "просмотры",
    "against": "против",
    "explain": "Как посчитано",
    "explained": "Как это посчитано",
    "gate": "Порог предупреждения: 20",
    "mute": "7 дней",
    "back": "снова обычные",
}
ENGLISH = {
    "turn_on": "Turn alerts on",
    "only_admins": "admins",
    "fell": "views",
    "against": "compared with",
    "explain": "How it was computed",
    "explained": "How it was computed",
    "gate": "Alert threshold: 20",
    "mute": "7 days",
    "back": "back to normal",
}


@pytest.mark.parametrize(("language", "says"), [("ru", RUSSIAN), ("en", ENGLISH)])
async def test_a_drop_comes_with_its_chart_and_its_buttons_and_ends_in_a_line(walk, language, says):
    falls = nine(TODAY, -38)
    at = await walk(language, falls=falls, recovers=falls + timedelta(days=10), share=0.5)
    await at.here.send("/alerts")
    shown = await at.here.wait_for(lambda one: any(says["turn_on"] in label for label in one.labels))
    refused = await (await at.bob.at(at.group).press(shown, says["turn_on"])).answer()
    assert says["only_admins"] in refused.text
    await (await at.here.press(shown, says["turn_on"])).edited()
    for _ in range(10):
        await at.days(1)
        if told := [one for one in await at.said(says["fell"]) if one.photo_id]:
            break
    [alert] = told
    assert alert.photo_size == (1280, 720)
    assert says["against"] in alert.text
    await at.here.press(alert, says["explain"])
    explained = await at.here.wait_for(says["explained"])
    assert says["gate"] in explained.text
    refused = await (await at.bob.at(at.group).press(alert, says["mute"])).answer()
    assert refused.is_alert
    await at.days(14)
    [back] = await at.said(says["back"])
    assert back.photo_id is None
    assert len([one for one in await at.said(says["fell"]) if one.photo_id]) == 1


async def test_a_channel_that_is_muted_is_not_heard_of_until_it_is_due_again(walk):
    falls = nine(TODAY, -38)
    at = await walk("ru", falls=falls, recovers=falls + timedelta(days=8), share=0.5)
    await at.turn_on("/alerts", "Включить предупреждения")
    for _ in range(10):
        await at.days(1)
        if told := await at.said("просмотры"):
            break
    await at.here.press(told[0], "7 дней")
    assert "молчу о падениях до" in (await at.here.wait_for("🔕")).text
    await at.here.press(told[0], "Это новый уровень")
    assert "сравниваю теперь с уровнем" in (await at.here.wait_for("Принято")).text
    again = await (await at.here.press(told[0], "Это новый уровень")).answer()
    assert "уже закрыто" in again.text
    assert again.is_alert


async def test_two_chats_hear_of_their_own_channels_only(walk, box):
    at = await walk("ru")
    eve = await box.person("Eve", language="ru")
    await eve.start()
    await eve.wait_for_answer()
    await eve.send("/digest")
    shown = await eve.wait_for("Выключена")
    await (await eve.press(shown, "Присылать")).edited()
    await at.turn_on("/digest", "Присылать")
    await at.until(START + timedelta(minutes=1))
    assert len(await at.said("#сводка")) == 1
    assert [one for one in await eve.messages() if "#сводка" in one.text] == []


async def test_each_alert_of_a_drop_is_explained_by_its_own_figures(walk):
    """A fall of a quarter that becomes one of two thirds: two alerts, two explanations, and summaries that agree."""
    at = await walk("ru", falls=nine(TODAY, -38), share=0.7)
    await at.turn_on("/alerts", "Включить предупреждения")
    await at.turn_on("/digest", "Присылать каждое утро")
    alerts = []
    for _ in range(18):
        await at.days(1)
        alerts = [one for one in await at.said("Началось") if one.photo_id]
        if len(alerts) == 1:
            at.playing[0].share = 0.3
        if len(alerts) == 2:
            break
    first, second = alerts
    assert first.text.startswith("⚠️")
    assert second.text.startswith("🔴")
    assert _since(first) == _since(second)
    summary = (await at.said("#сводка"))[-1]
    assert f"🔴 Просмотры ниже своих с {_since(second)}, до {_depth(second)}" in summary.text
    for alert, other in ((first, second), (second, first)):
        await at.here.press(alert, "Как посчитано")
        level = f"отличается от прежнего на {_depth(alert)}"
        explained = await at.here.wait_for(lambda one, level=level: level in one.text)
        assert f"прежнего на {_depth(other)}" not in explained.text


def _depth(alert) -> str:
    return re.search(r"−\d+\s%", alert.text).group()


def _since(alert) -> str:
    return re.search(r"Началось (.+)\.", alert.text).group(1)
