"""A count that its source rounds carries ≈ wherever it is shown; an exact one never does."""

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answers.goals import ROUNDED, goal_lines
from bot.core.locales import translator
from bot.features.benchmark.compute import build_report
from bot.features.check.compute import build_card
from metrics.goals import Aim
from metrics.posts import AudienceReading
from tests.answers.test_benchmark import peer
from tests.answers.test_benchmark import request as benchmark
from tests.answers.test_check_of_networks import request_of
from tests.metrics.audit.test_own import NOW

BOT = Path(__file__).parents[2] / "bot"
RULES = ("from_subscribers",)  # a threshold of a law, no count


def _benchmark(step: int) -> str:
    other = replace(peer("Чай", 10), newest=AudienceReading(0, 12_300, step))
    return build_report(benchmark(peers=[other])).text


def _check(step: int) -> str:
    asked = request_of("network", "ru", "youtube")
    return build_card(replace(asked, audience=[AudienceReading(NOW, 12_300, step)])).full


def _goal(step: int) -> str:
    aim = Aim("subscribers", 20_000.0, None, 10_000.0, date(2026, 1, 1))
    facts = {"subscribers": 12_300.0, ROUNDED: 1.0 if step else None}
    return "\n".join(goal_lines([aim], facts, date(2026, 2, 1), translator("ru")))


@pytest.mark.parametrize("answer", [_benchmark, _check, _goal])
@pytest.mark.parametrize("step", [0, 100])
def test_an_answer_shows_a_count_as_it_is_known(answer, step):
    text = answer(step).replace("\xa0", " ")
    assert "12 300" in text
    assert text.count("≈12 300") == (text.count("12 300") if step else 0)


def test_no_module_prints_a_count_of_subscribers_without_saying_whether_it_is_rounded():
    """`number` and `plural` of anything called subscribers are given `approximate`, or are `Translator.subscribers`."""
    bare = []
    for path in sorted(BOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            told = [ast.unparse(one) for one in node.args]
            is_count = (node.func.attr == "number" and any("subscribers" in one for one in told[:1])) or (
                node.func.attr == "plural" and told[:1] == ["'subscribers.count'"]
            )
            says = "approximate" in {keyword.arg for keyword in node.keywords}
            if is_count and not says and not any(rule in told[0] for rule in RULES):
                bare.append(f"{path.relative_to(BOT)}:{node.lineno}")
    assert bare == []
