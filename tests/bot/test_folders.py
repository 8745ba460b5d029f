"""What breaks: files under way that fill the disk, stay on it, or go while somebody works with them."""

import subprocess
import sys

import pytest

from bot.core.folders import EXPORTS, private_folder, sweep

WORKS = """
import asyncio, sys
from pathlib import Path
from bot.core.folders import private_folder

async def work():
    async with private_folder(Path(sys.argv[1]), sys.argv[2]) as folder:
        (folder / "begun").write_text("half")
        print("ready", flush=True)
        await asyncio.sleep(60)

asyncio.run(work())
"""


def test_what_a_killed_process_left_is_swept_and_what_is_in_use_stays(tmp_path):
    (tmp_path / "database").mkdir()
    works = [sys.executable, "-c", WORKS, str(tmp_path), EXPORTS]
    with subprocess.Popen(works, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"ready\n"
        [folder] = tmp_path.glob(f"{EXPORTS}*")
        sweep(tmp_path)
        assert [path.name for path in folder.iterdir()] == ["begun"]
        process.kill()
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["database"]


async def test_a_folder_is_its_users_alone_and_gone_after_work_that_failed(tmp_path):
    with pytest.raises(KeyError):
        async with private_folder(tmp_path / "data", EXPORTS) as folder:
            assert folder.stat().st_mode & 0o077 == 0
            raise KeyError(folder)
    assert list((tmp_path / "data").iterdir()) == []
