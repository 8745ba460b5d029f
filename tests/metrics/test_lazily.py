"""Values made at the first look: one made twice, one made that nobody asked for, one lost on the way to another process."""

import pickle

import pytest

from metrics.lazily import Lazily


def test_a_value_is_made_once_and_only_if_asked_for():
    made = []
    held = Lazily(("a", "b"), lambda name: made.append(name) or name * 2)
    assert (list(held), len(held), "b" in held, "c" in held) == (["a", "b"], 2, True, False)
    assert made == []
    assert (held["a"], held["a"], held.get("c")) == ("aa", "aa", None)
    assert made == ["a"]
    with pytest.raises(KeyError):
        held["c"]


def test_it_leaves_its_process_as_a_mapping_with_every_value():
    held = Lazily(("a", "b"), lambda name: name * 2)
    assert pickle.loads(pickle.dumps(held)) == held == {"a": "aa", "b": "bb"}
