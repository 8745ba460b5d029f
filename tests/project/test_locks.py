"""The lock files: everything pyproject.toml asks for, pinned, hashed, and the same in both."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(
    r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)[^\n]*((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)*)",
    re.MULTILINE,
)
EXTRAS = {
    "requirements.lock": ("postgres", "redis", "mtproto", "sentry", "build"),
    "requirements-dev.lock": ("postgres", "redis", "mtproto", "sentry", "build", "dev"),
}


def _pins(path: Path) -> dict[str, set[str]]:
    """Name -> versions; more than one where they differ by platform or Python."""
    pins: dict[str, set[str]] = {}
    for name, version, _ in PIN.findall(path.read_text("utf-8")):
        pins.setdefault(canonicalize_name(name), set()).add(version)
    return pins


def _asked(root: Path, extras: tuple[str, ...]) -> list[Requirement]:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    lines = project["dependencies"] + [
        line for extra in extras for line in project["optional-dependencies"][extra]
    ]
    return [asked for asked in map(Requirement, lines) if asked.name != project["name"]]


@pytest.mark.parametrize("lock", EXTRAS)
def test_every_dependency_is_locked_within_its_bounds(root, lock):
    pins = _pins(root / lock)
    wrong = [
        str(asked)
        for asked in _asked(root, EXTRAS[lock])
        if not any(asked.specifier.contains(pin) for pin in pins.get(canonicalize_name(asked.name), ()))
    ]
    assert wrong == []


@pytest.mark.parametrize("lock", EXTRAS)
def test_every_pin_has_its_hashes(root, lock):
    text = (root / lock).read_text("utf-8")
    found = PIN.findall(text)
    assert [name for name, _, hashes in found if not hashes] == []
    assert len(found) == sum(not line.startswith((" ", "#")) for line in text.splitlines() if line)


@pytest.mark.parametrize("lock", EXTRAS)
def test_no_lock_names_an_index(root, lock):
    text = (root / lock).read_text("utf-8")
    assert re.findall(r"^-.*|\S+://\S+", text, flags=re.MULTILINE) == []


def test_tests_run_with_what_people_run(root):
    run, dev = _pins(root / "requirements.lock"), _pins(root / "requirements-dev.lock")
    assert {name: versions for name, versions in run.items() if dev.get(name) != versions} == {}


def test_every_dependency_has_an_upper_bound(root):
    """A new major version comes in when somebody looked, not when somebody installs."""
    free = [
        asked.name for asked in _asked(root, ("postgres", "dev", "build")) if "<" not in str(asked.specifier)
    ]
    assert free == ["tzdata"]  # a calendar of zones: only its newest edition is right
