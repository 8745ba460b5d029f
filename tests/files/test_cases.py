"""Small inputs that went wrong once, each standing for its kind, where the folder of them stands beside the samples."""

import json
import os
from pathlib import Path

import pytest

from metrics.errors import DomainError
from storage.files.upload.importer import read_upload
from storage.files.upload.listing import describe
from storage.files.upload.sinks import MemorySink

FOLDER = Path(os.environ["OTKLIK_SAMPLES"]).parent / "cases"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8")) if FOLDER.is_dir() else {}


def listed(name):
    """What `otklik read --json` would print; nothing of what is refused."""
    try:
        found = read_upload([(name, FOLDER / name)], zone="UTC", as_of=None, sink=MemorySink())
    except DomainError as error:
        return {"channels": [], "warnings": [{"code": error.code}]}
    return describe(found)


@pytest.mark.parametrize("name", [name for name, facts in EXPECTED.items() if "posts" in facts])
def test_a_case_gives_its_posts_and_totals(name):
    facts, channels = EXPECTED[name], listed(name)["channels"]
    assert sum(channel["posts"] for channel in channels) == facts["posts"]
    assert len(channels) == facts.get("channels", len(channels))
    for field, total in facts.get("totals", {}).items():
        assert sum(channel["totals"].get(field, 0) for channel in channels) == total, field
    assert facts.get("platform") in (None, *(channel["platform"] for channel in channels))


@pytest.mark.parametrize("name", [name for name, facts in EXPECTED.items() if not facts.get("posts")])
def test_a_case_that_must_not_pass_in_silence_says_something(name):
    found = listed(name)
    assert found["warnings"]
