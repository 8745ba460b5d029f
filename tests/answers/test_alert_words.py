"""What an alert says of a drop: how deep it is, as far as the rule can tell."""

from datetime import timedelta

import pytest

from bot.answers.drops.words import DropEvent, message
from bot.core.locales import LANGUAGES, translator
from metrics.drops import episodes
from metrics.drops.decision import judge
from metrics.drops.episodes import NEW
from metrics.drops.look import look
from metrics.drops.parameters import rule
from tests.metrics.drops.made import MONDAY, Values, noisy, shifted

RULE = rule("normal")


def told(factor: float) -> DropEvent:
    """A channel whose views are multiplied by so much in the last three days."""
    posts = shifted(noisy(3), 87, factor)
    seen = look(Values("views", posts), MONDAY + 89, RULE)
    decision = judge(seen.compared, RULE, metric="views", basis="exact")
    step = episodes.advance(NEW, decision, RULE, decision.window_last + timedelta(days=1))
    assert step.track.episode is not None
    return DropEvent("opened", "Example", step.track.episode, decision)


def said(one: DropEvent, language: str) -> str:
    today = one.decision.window_last + timedelta(days=1)
    return message([one], [], [], translator(language), today=today).replace("\u00a0", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_collapse_is_said_to_be_deeper_than_the_rule_counts(language):
    """To a twentieth: the rule counts to -63 %, and an interval around that would be untrue."""
    deeper = {"ru": " % и глубже", "en": "% or deeper"}[language]
    text = said(told(0.05), language)
    assert deeper in text
    assert "(−" not in text.splitlines()[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_other_drop_has_its_interval(language):
    text = said(told(0.6), language)
    assert "(−" in text
    assert not any(word in text for word in ("и глубже", "or deeper"))
