"""What breaks: a `--help` that takes seconds, and a manual that names what is not there."""

import json
import re
import subprocess
import sys

import pytest
import typer

from bot.cli import app
from metrics.money import MONEY

HEAVY = ("aiogram", "pandas", "numpy", "matplotlib", "sqlalchemy")
COMMANDS = (
    "read",
    "report",
    "replay",
    "check",
    "money",
    "money roi",
    "run",
    "demo",
    "doctor",
    "db",
    "db upgrade",
)


def test_no_help_loads_anything_heavy():
    """One process asks for every help page and says what it has loaded."""
    script = f"""
import json, sys
from typer.testing import CliRunner
from bot.cli import app
pages = {[command.split() for command in ("", *COMMANDS)]!r}
codes = [CliRunner().invoke(app, [*page, "--help"]).exit_code for page in pages]
print(json.dumps([codes, sorted(set({HEAVY!r}) & set(sys.modules))]))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    codes, loaded = json.loads(done.stdout)
    assert set(codes) == {0}
    assert loaded == []


def test_a_command_that_is_not_there_is_refused(otklik):
    assert otklik("divine").code == 2


def _commands(group, path=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


@pytest.fixture(scope="module")
def manual(root) -> dict[str, str]:
    """The sections of docs/cli.md by command."""
    text = (root / "docs/cli.md").read_text("utf-8")
    parts = re.split(r"^## `otklik ([a-z ]+?)(?: [A-Z.\[].*)?`$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.fixture(scope="module")
def commands():
    """The formulas of `money` are told in one section: what they have in common."""
    found = dict(_commands(typer.main.get_command(app)))
    money = [found.pop(f"money {code.replace('_', '-')}") for code in MONEY]
    inputs = {one.code for formula in MONEY.values() for one in formula.inputs}
    for command in money:
        command.params = [param for param in command.params if param.name not in inputs]
    return {**found, "money": money[0]}


def test_the_manual_has_every_command_and_no_other(manual, commands):
    assert set(manual) == set(commands)


def test_the_manual_has_every_option_and_no_other(manual, commands):
    for name, command in commands.items():
        options = {option for param in command.params for option in param.opts if option.startswith("--")}
        assert set(re.findall(r"`(--[a-z-]+)", manual[name])) == options - {"--help"}, name


def test_the_manual_states_the_defaults(manual, commands):
    for name, command in commands.items():
        for param in command.params:
            if isinstance(param.default, str | int) and not isinstance(param.default, bool):
                assert f"`{param.default}`" in manual[name], (name, param.name)
