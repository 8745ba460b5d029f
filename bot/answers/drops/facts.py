"""A decision as JSON: kept with the drop it opened, so that it can be told and explained later."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from metrics.drops.decision import Decision

_OPTIONAL_DATES = ("newest", "started")
_DATES = ("window_first", "window_last", "history_first", "history_last")
_NAMES = tuple(field.name for field in fields(Decision))


def as_json(decision: Decision) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(decision).items()
    }


def from_json(facts: Mapping[str, Any]) -> Decision:
    dates = {name: date.fromisoformat(facts[name]) for name in _DATES}
    dates |= {name: date.fromisoformat(facts[name]) for name in _OPTIONAL_DATES if facts.get(name)}
    return Decision(**{name: facts[name] for name in _NAMES if name in facts} | dates)
