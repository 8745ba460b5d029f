"""What breaks: an alert that Telegram refuses, or one without its amount, its posts, its days, its basis, its next step."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.drops.explain import explanation
from bot.answers.drops.facts import as_json, from_json
from bot.answers.drops.words import CommonFall, DropEvent, Missing, message
from bot.answers.lines import episode_line
from bot.answers.wording import CAPTION_UNITS, VISIBLE_UNITS, plain, units, visible
from bot.core.locales import translator
from bot.sandbox.entities import parse_html
from metrics.drops.decision import BASES
from metrics.drops.episodes import EVENTS
from metrics.drops.parameters import RULES, Rule
from metrics.verdict import OpenEpisode
from tests.kit.examples import examples
from tests.notifications.test_settling import decision
from tests.storage.places import A_DROP

TODAY = date(2026, 11, 25)
RU = translator("ru")
OPENED = replace(A_DROP, started=date(2026, 11, 21), drop_percent=31.4, deepest_percent=31.4)
FELL = DropEvent("opened", "Кофе & код", OPENED, decision(drop=31.4), others=14)


def said(*told, language="ru", **how):
    how = {"common": [], "missing": [], "more": 0, **how}
    t = translator(language)
    return message(told, how["common"], how["missing"], t, today=TODAY, more=how["more"])


def test_one_drop_says_all_there_is_to_know():
    text = plain(said(FELL)).replace("\xa0", " ")
    assert text.splitlines() == [
        "⚠️ Кофе & код: просмотры ниже обычного, −31 % (−41…−21)",
        "Началось 21 нояб.",
        "9 постов, 21–23 нояб, против 140 постов за 56 дней до этого.",
        "Сравнил просмотры через 6 часов после публикации.",
        "На остальных каналах такого нет: проверил 14 каналов.",
        "Дело не в свежих постах: все сравниваются в одном возрасте. И не в дне недели: он учтён.",
        "Следующий шаг: откройте ER и посмотрите, какие посты этих дней собрали меньше всех.",
    ]


@pytest.mark.parametrize("event", ["opened", "worsened"])
@pytest.mark.parametrize("state", ["warning", "critical"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_state_date_and_depth_are_those_of_the_summary(language, state, event):
    """Held through quiet hours, or opened on other posts than the deepest: the decision's own amount stays beside them."""
    now = replace(OPENED, state=state, deepest_percent=42.4, started=date(2026, 11, 19))
    first, since, posts, *_ = said(
        replace(FELL, event=event, episode=now, decision=decision(drop=31.4, started=date(2026, 11, 20))),
        language=language,
    ).splitlines()
    summary = episode_line(OpenEpisode.of(now), translator(language))
    sign = "🔴" if event == "worsened" else summary[:1]
    assert first.startswith(sign)
    for day in ("19 нояб", "Nov 19", "19 Nov"):
        assert (day in plain(summary)) == (day in plain(since))
    assert "42" in first
    assert "42" in summary
    assert "31" not in first
    assert plain(posts).startswith("−31")


def test_several_drops_share_what_they_are_not_and_the_next_step():
    other = replace(FELL, title="Другой", event="worsened")
    text = said(FELL, other, more=2)
    assert text.count("не в свежих постах") == 1
    assert text.count("постов за 56 дней") == 2
    assert visible(text).endswith("И ещё 2 падения — в сводке: /digest.")
    assert "не в свежих постах" not in visible(text)


@settings(max_examples=examples(80))
@given(
    told=st.lists(
        st.builds(
            DropEvent,
            event=st.sampled_from([event for event in EVENTS if event != "not_confirmed"]),
            title=st.text(min_size=1, max_size=200) | st.just("<i>&" * 50),
            episode=st.builds(
                replace,
                st.just(A_DROP),
                metric=st.sampled_from(["views", "er"]),
                state=st.sampled_from(["warning", "critical"]),
            ),
            decision=st.builds(
                decision,
                metric=st.just("er"),
                basis=st.sampled_from(BASES),
                z=st.none() | st.floats(0, 9),
                common_percent=st.none() | st.floats(-90, 90),
            ),
            others=st.integers(0, 40),
        ),
        max_size=9,
    ),
    language=st.sampled_from(["ru", "en"]),
    more=st.integers(0, 99),
)
def test_any_alert_is_a_message_that_telegram_takes(told, language, more):
    common = [CommonFall("views", 18.2, 12)]
    answer = said(
        *told, language=language, more=more, common=common, missing=[Missing("no_data", "x", TODAY)]
    )
    text, _ = parse_html(answer)
    assert units(visible(answer)) <= VISIBLE_UNITS
    assert len(text.encode("utf-16-le")) // 2 <= CAPTION_UNITS


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("metric", ["views", "er"])
def test_every_basis_is_named(language, basis, metric):
    if (metric, basis) == ("views", "subscribers"):
        return
    told = replace(FELL, decision=decision(metric=metric, basis=basis))
    lines = said(told, language=language).splitlines()
    assert lines[3].startswith(("Сравнил", "Compared"))


def test_the_arithmetic_is_told_in_plain_words():
    text = plain(explanation("Кофе", decision(drop=31.4), Rule(), RU, TODAY)).replace("\xa0", " ")
    for part in (
        "−31 %",
        "от −21 % до −41 %",
        "Порог предупреждения: 20 %",
        "в 3,0 раза",
        "от 2,0",
        "меньше 20 %",
    ):
        assert part in text


@pytest.mark.parametrize("name", RULES)
def test_every_rule_can_be_explained(name):
    literal = {"z": None, "low_percent": None, "high_percent": None, "detectable_percent": None}
    shown = decision(**literal) if name == "literal" else decision()
    assert "95" not in explanation("Кофе", shown, Rule(name), RU, TODAY) or name != "literal"


def test_a_decision_comes_back_from_what_is_kept():
    for one in (decision(), decision(reason="learning", drop_percent=None, z=None)):
        assert from_json(as_json(one)) == one
