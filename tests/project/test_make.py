"""The Makefile on a bare machine: what it says, what it repairs, what an old make can read."""

import os
import re
import shutil
import subprocess
import sys

import pytest

MAKE = shutil.which("make")
INNER = {"venv", "ready-run", "ready-dev"}


@pytest.fixture
def make(root):
    # Variables that a surrounding make hands down would change what this one does.
    environment = {
        name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MFLAGS", "MAKELEVEL"}
    }

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [MAKE or "make", "-C", root, "--no-print-directory", *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, env=environment, timeout=100
        )

    return call


def test_help_names_every_target(make, root):
    declared = (
        re.search(r"^\.PHONY: (.*)$", (root / "Makefile").read_text("utf-8"), flags=re.MULTILINE)
        .group(1)
        .split()
    )
    shown = {line.split()[1] for line in make("help").stdout.splitlines()}
    assert shown == set(declared) - INNER


def test_help_is_what_make_says_by_itself(make):
    assert make().stdout == make("help").stdout


def test_without_a_python_it_says_what_to_install(make, tmp_path):
    answer = make("venv", f"VENV={tmp_path}/venv", "PYTHONS=python3.99 python3.98")
    sentence, *rest = answer.stderr.splitlines()
    assert answer.returncode != 0
    assert all(system in sentence for system in ("Debian", "Fedora", "macOS"))
    assert sentence.count(". ") == 0
    assert all(line.startswith("make") for line in rest)
    assert not (tmp_path / "venv").exists()


@pytest.fixture
def made(make, tmp_path):
    """An environment made where a half-made one stood, by the first Python that can: Debian's comes without ensurepip."""
    venv, lame = tmp_path / "venv", tmp_path / "lame-python"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to("/nowhere/python")
    lame.write_text("#!/bin/sh\nexit 1\n")
    lame.chmod(0o755)
    answer = make("venv", f"VENV={venv}", f"PYTHONS={lame} {sys.executable}")
    assert answer.returncode == 0, answer.stderr
    return venv


def test_an_environment_is_kept_only_while_it_works(make, made):
    def kept() -> bool:
        return make("venv", f"VENV={made}", "PYTHONS=python3.99").returncode == 0

    subprocess.run([made / "bin" / "pip", "--version"], check=True, capture_output=True)
    unfinished = made / "unfinished"  # stays until an installation comes to its end
    assert not kept()
    unfinished.unlink()
    assert kept()
    shutil.rmtree(next(made.glob("lib/python*/site-packages/pip")))
    assert not kept()


def test_an_old_make_can_read_it(root):
    """GNU make 3.81 is what macOS ships; what came later is silently something else there."""
    newer = re.compile(
        r"^\.ONESHELL|^[\w ]+!=|&:|::=|\$\(file |--output-sync|^define \w+ *[:?+]?=|^undefine", re.MULTILINE
    )
    assert newer.findall((root / "Makefile").read_text("utf-8")) == []
