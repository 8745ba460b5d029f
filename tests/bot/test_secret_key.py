"""What breaks: a key of encryption that is made anew, or that two starts make differently: what it encrypted is lost."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.core.sealing import Sealing
from bot.core.secret_key import FILE_NAME, key_file, read_or_make
from bot.core.settings import StorageSettings
from bot.telegram.hiding import Hiding, may_hold_key
from metrics.errors import DomainError
from storage.system import everywhere

KEY = "0123456789abcdef0123456789abcdef"


def settings(folder: Path, **told) -> StorageSettings:
    url = SecretStr(f"sqlite+aiosqlite:///{folder / 'otklik.db'}")
    return StorageSettings(_env_file=None, **{"database_url": url, "data_dir": folder / "data", **told})


def test_it_is_made_once_beside_the_database_by_whoever_comes_first(tmp_path):
    with ThreadPoolExecutor(8) as together:
        made = set(together.map(lambda _: read_or_make(settings(tmp_path)), range(8)))
    assert len(made) == 1
    assert made == {read_or_make(settings(tmp_path))}
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
    assert len(made.pop()) >= 32


def test_the_setting_comes_before_the_file_and_a_server_keeps_it_in_the_data_folder(tmp_path):
    given = settings(tmp_path, secret_key=SecretStr("x" * 32))
    assert read_or_make(given) == "x" * 32
    assert not (tmp_path / FILE_NAME).exists()
    server = settings(tmp_path, database_url=SecretStr("postgresql+asyncpg://u:p@h/n"))
    assert key_file(server) == tmp_path / "data" / FILE_NAME


def test_an_empty_or_unreadable_file_is_no_reason_to_make_another(tmp_path):
    (tmp_path / FILE_NAME).write_text("\n")
    with pytest.raises(DomainError, match=r"secret\.unusable"):
        read_or_make(settings(tmp_path))
    (tmp_path / FILE_NAME).unlink()
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(DomainError, match=r"secret\.unusable"):
        read_or_make(settings(tmp_path))


def test_what_is_sealed_opens_with_the_same_secret_for_the_same_purpose_only():
    sealed = Sealing("a", "key").seal(KEY)
    assert KEY not in sealed
    assert Sealing("a", "key").open(sealed) == KEY
    assert Sealing("b", "key").open(sealed) is None
    assert Sealing("a", "update").open(sealed) is None


@pytest.mark.parametrize(
    ("raw", "is_hidden"),
    [
        ({"message": {"text": f"/keys {KEY}"}}, True),
        ({"message": {"text": f"вот:{KEY}."}}, True),
        ({"edited_message": {"caption": KEY}}, True),
        ({"message": {"text": "этот", "reply_to_message": {"text": KEY}}}, True),
        ({"message": {"text": "/er Кофе и код 30d"}}, False),
        ({"message": {"text": "оченьдлинноесловобезцифр1234567890"}}, False),
        ({"callback_query": {"data": KEY}}, False),
        ({"channel_post": {"text": KEY}}, False),
        ({"message": None}, False),
    ],
)
def test_an_update_that_may_hold_a_key_is_hidden_and_shown_again(raw, is_hidden):
    assert may_hold_key(raw) is is_hidden
    hiding = Hiding(Sealing("a", "update"))
    assert hiding.show(hiding.hide(str(raw))) == str(raw)
    assert hiding.show(str(raw)) == str(raw)
    assert KEY not in hiding.hide(str(raw))
    assert Hiding(Sealing("b", "update")).show(hiding.hide(str(raw))) is None


async def test_what_was_hidden_with_a_secret_that_is_gone_ends_and_holds_nothing_up(
    starting, database, box, settled
):
    async with database.begin() as conn:
        lost = Hiding(Sealing("a secret that is gone", "update")).hide("{}")
        await everywhere.keep_updates(conn, [(10**9, 5, lost)], 0)
    ann = await box.person("Ann", language="en")
    async with starting():
        await ann.send("/help")
        await ann.wait_for("What I can do")
        await settled()
    async with database.read() as conn:
        assert await everywhere.unfinished(conn) == []
