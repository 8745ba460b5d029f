"""What breaks: a file that fills the disk, stays on it, or an error that shows the token."""

import os
import traceback
from dataclasses import fields

import pytest
from aiogram.client.telegram import TelegramAPIServer

from bot.features.uploads.downloads import Downloads, sweep
from bot.opening import make_bot
from metrics.errors import DomainError
from storage.retention import UPLOADS_S
from storage.workspace.imports import Import


@pytest.fixture
async def bot(settings):
    async with make_bot(settings.telegram) as bot:
        yield bot


@pytest.fixture
async def upload(box):
    """An import of a file of 3 MB that a person sent under a wild name."""
    ann = await box.person("Ann")
    message = await ann.send_file(bytes(3 * 2**20), "../../etc/views.csv")
    nothing = dict.fromkeys(field.name for field in fields(Import))
    file_ids = (message.raw["document"]["file_id"],)
    known = {
        "id": 7,
        "file_ids": file_ids,
        "file_names": ("../../etc/views.csv",),
        "created_at": 1_790_000_000,
    }
    return Import(**{**nothing, **known})


async def test_a_file_is_fetched_once_for_its_user_alone_and_gone_when_let_go(bot, box, upload, tmp_path):
    downloads = Downloads(bot, tmp_path / "data", 20)
    [(name, path)] = await downloads.files_of(upload)
    assert (name, path.stat().st_size) == ("../../etc/views.csv", 3 * 2**20)
    assert path.parent.parent == tmp_path / "data"
    assert path.parent.stat().st_mode & 0o077 == 0
    assert await Downloads(bot, tmp_path / "data", 20).files_of(upload) == [(name, path)]  # another life
    assert len(await box.calls("getFile")) == 1
    downloads.let_go(upload.id)
    assert list((tmp_path / "data").iterdir()) == []


async def test_what_lied_about_its_size_is_cut_off(bot, upload, tmp_path):
    with pytest.raises(DomainError, match=r"file\.too_big"):
        await Downloads(bot, tmp_path, 2).files_of(upload)


async def test_what_telegram_will_not_hand_out_is_too_big(bot, box, upload, tmp_path):
    await box.fault("getFile", status=400, description="Bad Request: file is too big")
    with pytest.raises(DomainError, match=r"file\.too_big"):
        await Downloads(bot, tmp_path, 20).files_of(upload)


async def test_a_failed_download_shows_no_token_however_it_is_printed(bot, box, upload, tmp_path):
    nowhere = box.url + "/file/bot{token}/nowhere/{path}"
    bot.session.api = TelegramAPIServer(base=bot.session.api.base, file=nowhere)
    with pytest.raises(DomainError) as caught:
        await Downloads(bot, tmp_path, 20).files_of(upload)
    assert caught.value.code == "file.not_downloaded"
    assert box.token.partition(":")[2] not in "".join(traceback.format_exception(caught.value))


def test_what_a_killed_process_left_is_swept_and_what_is_in_use_stays(tmp_path):
    old, new, other = tmp_path / "upload-old", tmp_path / "upload-new", tmp_path / "database"
    for folder in (old, new, other):
        folder.mkdir()
    for folder in (old, other):
        long_ago = folder.stat().st_mtime - UPLOADS_S - 1
        os.utime(folder, (long_ago, long_ago))
    sweep(tmp_path)
    assert {folder.name for folder in tmp_path.iterdir()} == {"upload-new", "database"}
