"""What breaks: a setting nobody documents, a wrong one that is found at three in the morning, a secret that is shown."""

from pathlib import Path

import pytest

from bot.core.settings import GROUPS, read_settings
from metrics.errors import DomainError

TOKEN = "123456789:AAtest-token-of-nobody-0000000000000"
EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch):
    for group in GROUPS:
        for name in group.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)


def _documented() -> dict[str, tuple[str, str]]:
    """Name -> (comment, value) as `.env.example` has them."""
    lines = EXAMPLE.read_text("utf-8").splitlines()
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return {
        line.partition("=")[0]: (comment.removeprefix("# "), line.partition("=")[2])
        for comment, line in pairs
    }


def test_the_example_names_every_setting_once_with_its_own_words():
    fields = {
        name.upper(): field.description for group in GROUPS for name, field in group.model_fields.items()
    }
    assert {name: comment for name, (comment, _) in _documented().items()} == fields


def test_the_example_shows_the_defaults(tmp_path):
    env = tmp_path / ".env"
    env.write_text(EXAMPLE.read_text("utf-8").replace("\nBOT_TOKEN=", f"\nBOT_TOKEN={TOKEN}"), "utf-8")
    only_token = tmp_path / "token.env"
    only_token.write_text(f"BOT_TOKEN={TOKEN}", "utf-8")
    assert read_settings(env) == read_settings(only_token)


def test_the_environment_beats_the_file(tmp_path, monkeypatch):
    env = tmp_path / ".env"
    env.write_text(f"BOT_TOKEN={TOKEN}\nWORKERS=3\nLOG_LEVEL=DEBUG", "utf-8")
    monkeypatch.setenv("WORKERS", "5")
    settings = read_settings(env)
    assert (settings.workers.workers, settings.logs.log_level) == (5, "DEBUG")


def test_everything_wrong_is_named_at_once_and_no_value_is_shown(monkeypatch):
    monkeypatch.setenv("BOT_TOKEN", "a-secret-without-its-number")
    monkeypatch.setenv("WORKERS", "0")
    monkeypatch.setenv("DEFAULT_ZONE", "Mars/Olympus")
    with pytest.raises(DomainError) as caught:
        read_settings(None)
    names = str(caught.value.params["names"])
    assert all(name in names for name in ("BOT_TOKEN", "WORKERS", "DEFAULT_ZONE"))
    assert "a-secret" not in names
    assert caught.value.__cause__ is None


def test_secrets_are_not_shown_when_settings_are(monkeypatch):
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://otklik:hunter2@db/otklik")
    shown = repr(read_settings(None))
    assert TOKEN not in shown
    assert "hunter2" not in shown


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"API_ID": "17"}, "API_HASH (Value error, API_ID and API_HASH go together)"),
        ({"API_HASH": "a-hash"}, "API_HASH (Value error, API_ID and API_HASH go together)"),
        ({"API_ID": "seventeen", "API_HASH": "a-hash"}, "API_ID"),
        ({"MTPROTO_URL": "http://elsewhere.example/mtproto"}, "MTPROTO_URL"),
    ],
)
def test_exact_counters_need_both_halves_of_their_key_and_a_sandbox_on_this_machine(
    monkeypatch, changed, wrong
):
    for name, value in {"BOT_TOKEN": TOKEN, **changed}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(DomainError) as caught:
        read_settings(None)
    assert str(caught.value.params["names"]).startswith(wrong)
    assert "a-hash" not in str(caught.value.params)
