"""Answers as the data that `otklik report --json` prints. Nothing in it is NaN."""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

from metrics.change import Change
from metrics.estimates import Estimate
from metrics.periods import Period
from metrics.summary import Side, Summary


def channel_json(summary: Summary, name: str | None) -> dict[str, Any]:
    """Returns a report as JSON-ready data.

    Rates and changes are in percent, periods are local dates, both included.
    """
    return {
        "name": name,
        "platform": summary.platform,
        "period": _period(summary.period),
        "posts": {
            "used": summary.posts.used,
            "forwarded": summary.posts.forwarded,
            "ads": summary.posts.ads,
            "young": summary.posts.young,
        },
        "basis": shape(summary.basis) | {"headline": summary.basis.headline},
        "coverage": {
            "days": summary.posts.days,
            "silent_days": summary.posts.silent_days,
            "history_days": summary.history_days,
        },
        "verdict": shape(summary.verdict),
        "components": list(summary.components),
        "weights": dict(summary.weights),
        "missing": [{"field": missing.field, "reason": missing.reason} for missing in summary.missing],
        "rates": _rates(summary.rates),
        "organic": _posts_and_rates(summary.organic),
        "paid": None if summary.paid is None else _posts_and_rates(summary.paid),
        "previous": _earlier(summary.previous),
        "history": _earlier(summary.history),
        "change": {code: _change(change) for code, change in summary.change.items()},
    }


def shape(value: Any) -> Any:
    """Returns a value as JSON-ready data.

    Dataclasses go by the names of their fields, a period as its two local dates, a moment (`..._at`) as ISO
    8601 in UTC.
    """
    if isinstance(value, Period):
        return _period(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {field.name: _field(field.name, getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {name: shape(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [shape(part) for part in value]
    return value


def _field(name: str, value: Any) -> Any:
    is_moment = name.endswith("_at") and isinstance(value, int)
    return datetime.fromtimestamp(value, UTC).isoformat() if is_moment else shape(value)


def _period(period: Period) -> dict[str, str]:
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}


def _rates(rates: Mapping[str, Estimate]) -> dict[str, dict[str, Any]]:
    return {code: asdict(estimate) for code, estimate in rates.items()}


def _posts_and_rates(side: Side) -> dict[str, Any]:
    return {"posts": side.posts, "rates": _rates(side.rates)}


def _earlier(side: Side) -> dict[str, Any]:
    return {**_period(side.period), "rates": _rates(side.rates)}


def _change(change: Change) -> dict[str, Any]:
    """Returns a change as JSON-ready data.

    `low`, `high`: of the difference to the history; where there is none, to the previous period.
    """
    against = change.previous if change.history.percent is None else change.history
    return {
        "previous_percent": change.previous.percent,
        "history_percent": change.history.percent,
        "low": against.low,
        "high": against.high,
        "previous": shape(change.previous),
        "history": shape(change.history),
    }
