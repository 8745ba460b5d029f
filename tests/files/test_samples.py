"""Every real file gives what was counted in it independently, or the refusal it deserves."""

import json
import os
from pathlib import Path

import pytest

from metrics.errors import DomainError
from storage.files.codes import REFUSALS
from storage.files.importer import read_upload
from storage.files.listing import describe
from storage.files.sinks import MemorySink

SAMPLES = Path(os.environ["OTKLIK_SAMPLES"])
EXPECTED = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
NOT_UPLOADS = {"README.md", "expected.json"}
EVERY_FILE = sorted(
    str(path.relative_to(SAMPLES))
    for path in SAMPLES.rglob("*")
    if path.is_file() and path.name not in NOT_UPLOADS
)


def listed(name: str) -> dict:
    files = [(Path(name).name, SAMPLES / name)]
    return describe(read_upload(files, zone="UTC", as_of=None, sink=MemorySink()))


def outcome(name: str) -> str | None:
    """The refusal's code; None if it was read."""
    try:
        listed(name)
    except DomainError as error:
        return error.code
    return None


@pytest.mark.parametrize("name", [name for name, facts in EXPECTED.items() if not facts.get("refused")])
def test_a_sample_gives_what_was_counted(name):
    facts, channels = EXPECTED[name], listed(name)["channels"]
    assert sum(channel["posts"] for channel in channels) == facts["posts"]
    repeated = facts.get("rows", facts["posts"]) - facts["posts"]
    for field, total in facts["totals"].items():
        found = sum(channel["totals"].get(field, 0) for channel in channels)
        # Totals were counted over rows; a post that stands in the file twice is counted here once.
        assert found == total if not repeated else total * 0.99 < found < total, field
    for field in facts.get("absent", ()):
        assert all(field not in channel["fields"] for channel in channels)
    if "approximate" in facts:
        assert channels[0]["approximate"] is facts["approximate"]
    for moment in ("first", "last"):
        assert channels[0][moment].startswith(facts.get(moment, ""))


@pytest.mark.parametrize("name", EVERY_FILE)
def test_every_sample_is_read_or_refused_in_a_sentence(name):
    refused = outcome(name)
    assert refused in {None, *REFUSALS} - {"file.unreadable"}
    if name in EXPECTED:
        assert (refused is not None) is EXPECTED[name].get("refused", False)
