"""One version, one oldest Python: wherever they are written, they are the same."""

import re
import tomllib
from importlib import metadata

import pytest


@pytest.fixture
def pyproject(root) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


def test_the_version_is_the_same_everywhere(root, pyproject):
    version = pyproject["project"]["version"]
    released = re.findall(
        r"^## \[(\d[^]]*)\]", (root / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE
    )
    assert metadata.version("otklik") == version
    assert released[0] == version


def test_the_oldest_python_is_the_same_everywhere(root, pyproject):
    oldest = pyproject["project"]["requires-python"].removeprefix(">=")
    makefile = (root / "Makefile").read_text("utf-8")
    assert pyproject["tool"]["mypy"]["python_version"] == oldest
    assert pyproject["tool"]["ruff"]["target-version"] == "py" + oldest.replace(".", "")
    assert re.search(r"^PYTHONS := .*\bpython([\d.]+)$", makefile, flags=re.MULTILINE).group(1) == oldest
    assert f"--python-version {oldest} " in makefile


def test_the_image_holds_every_package(root, pyproject):
    dockerfile, ignored = (
        (root / "Dockerfile").read_text("utf-8"),
        (root / ".dockerignore").read_text("utf-8").split(),
    )
    for package in pyproject["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        assert f"COPY {package} {package}\n" in dockerfile
        assert f"!{package}" in ignored
