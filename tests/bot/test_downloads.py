"""What breaks: a file that fills the disk, stays on it, or an error that shows the token."""

import traceback

import pytest
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Document

from bot.app import make_bot
from bot.uploads.downloads import downloaded
from metrics.errors import DomainError


@pytest.fixture
async def bot(settings):
    async with make_bot(settings.telegram) as bot:
        yield bot


@pytest.fixture
async def sent(box):
    """What the bot is told of a file of 3 MB that a person sent."""
    ann = await box.person("Ann")
    message = await ann.send_file(bytes(3 * 2**20), "../../etc/views.csv")
    return Document.model_validate(message.raw["document"])


async def test_a_file_is_there_for_its_user_alone_and_then_gone(bot, sent, tmp_path):
    async with downloaded(bot, sent, tmp_path / "data", limit_mb=20) as path:
        assert path.stat().st_size == 3 * 2**20
        assert path.parent.parent == tmp_path / "data"
        assert path.parent.stat().st_mode & 0o077 == 0
    assert list((tmp_path / "data").iterdir()) == []


async def test_it_is_gone_also_when_its_reader_fails(bot, sent, tmp_path):
    with pytest.raises(KeyError):
        async with downloaded(bot, sent, tmp_path, limit_mb=20) as path:
            raise KeyError(path)
    assert list(tmp_path.glob("upload-*")) == []


async def test_what_is_said_to_be_too_big_is_not_asked_for(bot, box, sent, tmp_path):
    with pytest.raises(DomainError) as caught:
        async with downloaded(bot, sent, tmp_path, limit_mb=2):
            pass
    assert (caught.value.code, caught.value.params) == ("file.too_big", {"limit_mb": 2})
    assert await box.calls("getFile") == []


async def test_what_lied_about_its_size_is_cut_off(bot, sent, tmp_path):
    with pytest.raises(DomainError, match=r"file\.too_big"):
        async with downloaded(bot, sent.model_copy(update={"file_size": None}), tmp_path, limit_mb=2):
            pass
    assert list(tmp_path.glob("upload-*")) == []


async def test_what_telegram_will_not_hand_out_is_too_big(bot, box, sent, tmp_path):
    await box.fault("getFile", status=400, description="Bad Request: file is too big")
    with pytest.raises(DomainError, match=r"file\.too_big"):
        async with downloaded(bot, sent, tmp_path, limit_mb=20):
            pass


async def test_a_failed_download_shows_no_token_however_it_is_printed(bot, box, sent, tmp_path):
    nowhere = box.url + "/file/bot{token}/nowhere/{path}"
    bot.session.api = TelegramAPIServer(base=bot.session.api.base, file=nowhere)
    with pytest.raises(DomainError) as caught:
        async with downloaded(bot, sent, tmp_path, limit_mb=20):
            pass
    assert caught.value.code == "file.not_downloaded"
    assert box.token.partition(":")[2] not in "".join(traceback.format_exception(caught.value))
