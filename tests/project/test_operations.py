"""What breaks: a rule, a panel or a page that asks for a figure nobody counts, and so never says anything."""

import json
import re
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.core.instruments import Instruments
from bot.core.workers import DEATHS, Lane
from bot.health.watch import GAP_REASONS
from bot.notifications.verdicts import Fate
from storage.observing import OPERATIONS

_NAME = re.compile(r"\b(?:otklik|process)_[a-z_]+\b")
_LABEL = re.compile(r'(\w+)\s*(?:=~|!~|!=|=)\s*"([^"]*)"')
DURATION = re.compile(r"\d+[smh]")
SEVERITIES = {"page", "ticket", "info"}
KNOWN = {
    "outcome": {"answered", "refused", "failed", "ok", "too_many", "away", "cut_off", "sent", "not_composed"}
    | {fate.value for fate in Fate},
    "reason": {*GAP_REASONS, *DEATHS},
    "operation": set(OPERATIONS),
    "lane": {lane.name.lower() for lane in Lane},
    "source": {"file", "bot", "page", "exact", "tgstat"},
    "command": {"file", "event"},
    "job": {"otklik"},
}


@pytest.fixture(scope="module")
def samples() -> set[str]:
    """Every name that `/metrics` can show."""
    told = Instruments()
    told.answered("er", "answered", 0.1)
    told.sent("digest", "sent")
    told.called("sendMessage", "ok")
    told.worker_died("died")
    told.database_took("select", 0.1)
    told.readings_came("page", 1)
    told.worker_queue.labels("bulk").set(0)
    told.gaps.labels("away").set(0)
    for gauge in (told.units, told.units_left):
        gauge.labels("vk").set(1)
    families = text_string_to_metric_families(told.shown().decode())
    return {sample.name for family in families for sample in family.samples}


@pytest.fixture(scope="module")
def rules(root) -> list[dict[str, Any]]:
    groups = yaml.safe_load((root / "docs/operations/alerts.yml").read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


@pytest.fixture(scope="module")
def panels(root) -> list[dict[str, Any]]:
    return json.loads((root / "docs/operations/dashboard.json").read_text("utf-8"))["panels"]


def _unknown(expression: str, samples: set[str]) -> set[str]:
    """Names that nobody counts, and values that no label of that name has."""
    values = {
        f"{label}={value}"
        for label, pattern in _LABEL.findall(expression)
        for value in pattern.split("|")
        if value not in KNOWN[label]
    }
    return set(_NAME.findall(expression)) - samples | values


def test_every_rule_is_whole_and_asks_for_what_is_counted(rules, samples):
    names = [rule["alert"] for rule in rules]
    assert len(names) == len(set(names)) > 10
    for rule in rules:
        assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
        assert rule["labels"]["severity"] in SEVERITIES
        assert DURATION.fullmatch(rule["for"])
        assert all(rule["annotations"][what] for what in ("summary", "description"))
        assert _unknown(rule["expr"], samples) == set(), rule["alert"]


def test_every_panel_asks_for_what_is_counted_and_every_figure_has_a_panel(panels, samples):
    asked = [target["expr"] for panel in panels for target in panel["targets"]]
    assert {name for one in asked for name in _unknown(one, samples)} == set()
    assert len({(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels}) == len(panels)
    ours = {re.sub("_(total|bucket|sum|count|created)$", "", name) for name in samples if "otklik_" in name}
    assert [name for name in sorted(ours) if not any(name in one for one in asked)] == []


def test_the_page_names_every_figure_and_every_rule_and_no_others(root, rules, samples):
    page = (root / "docs/operations.md").read_text("utf-8")
    assert [rule["alert"] for rule in rules if f"`{rule['alert']}`" not in page] == []
    stems = {
        re.sub("_(bucket|sum|count)$", "", name)
        for name in samples
        if re.match("otklik_.*(?<!_created)$", name)
    }
    named = {name for name in _NAME.findall(page) if name.startswith("otklik_")}
    assert stems - named == set()
    assert named - stems - samples == set()
