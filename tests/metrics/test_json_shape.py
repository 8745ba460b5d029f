"""What the command line prints: a key that scripts rely on, a NaN that no JSON reader takes."""

import json

import pytest

from metrics.estimates import REASONS
from metrics.formulas import FORMULAS
from metrics.interactions import MISSING_REASONS
from metrics.json_shape import channel_json
from tests.metrics.zoo import ZOO, paid_beside, steady

KEYS = [
    "name",
    "platform",
    "period",
    "posts",
    "basis",
    "coverage",
    "verdict",
    "components",
    "weights",
    "missing",
    "rates",
    "organic",
    "paid",
    "previous",
    "history",
    "change",
]


@pytest.mark.parametrize("name", ZOO)
def test_shape(name):
    shape = json.loads(json.dumps(channel_json(ZOO[name]().summary(), name), allow_nan=False))
    assert list(shape) == KEYS
    assert list(shape["posts"]) == ["used", "forwarded", "ads", "young"]
    assert list(shape["rates"]) == list(shape["previous"]["rates"]) == list(shape["change"]) == list(FORMULAS)
    for rate in (*shape["rates"].values(), *shape["history"]["rates"].values()):
        assert list(rate) == ["value", "low", "high", "n", "denominator", "approximate", "reason"]
        assert (rate["value"] is None) == (rate["reason"] in REASONS)
    for change in shape["change"].values():
        assert list(change) == ["previous_percent", "history_percent", "low", "high", "previous", "history"]
    assert {gap["reason"] for gap in shape["missing"]} <= set(MISSING_REASONS)


def test_values():
    shape = channel_json(paid_beside().summary(), "Example")
    assert shape["period"] == {"from": "2025-06-09", "to": "2025-06-15"}
    assert shape["posts"] == {"used": 21, "forwarded": 0, "ads": 3, "young": 0}
    assert shape["organic"]["posts"] == 21
    assert shape["paid"]["rates"]["er_by_views"]["value"] == pytest.approx(1.5)
    assert shape["rates"]["er_by_views"]["denominator"] == "views"
    assert channel_json(steady().summary(), None)["paid"] is None
