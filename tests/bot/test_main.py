"""What breaks: a program that greets whoever set it up with a traceback, or shows the secret it could not use."""

import pytest

from bot.__main__ import main
from bot.core.settings import GROUPS

TOKEN = "123456789:AAtest-token-of-nobody-0000000000000"


@pytest.mark.usefixtures("logging_restored")
@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"BOT_TOKEN": "no-number-before-it"}, "BOT_TOKEN"),
        ({"WORKERS": "many", "LOG_FORMAT": "xml"}, "LOG_FORMAT"),
        ({"DATABASE_URL": "mysql://root:hunter2@db/x"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql+asyncpg://root:hunter2@127.0.0.1:1/x"}, "DATABASE_URL"),
        ({"CLOCK_URL": "http://127.0.0.1:1/clock"}, "CLOCK_URL"),
    ],
)
def test_what_is_set_wrong_is_one_sentence_and_exit_code_2(wrong, named, monkeypatch, tmp_path, capsys):
    for group in GROUPS:
        for name in group.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    for name, value in ({"BOT_TOKEN": TOKEN, "LANG": "en_GB.UTF-8"} | wrong).items():
        monkeypatch.setenv(name, value)
    assert main() == 2
    said = capsys.readouterr().err
    assert named in said.splitlines()[-1]
    assert "Traceback" not in said
    assert not [secret for secret in ("hunter2", "no-number", TOKEN) if secret in said]
