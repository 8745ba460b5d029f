"""What breaks: an image whose steps fail, a program that writes beside its code, or runs only from a checkout.

Every step of the Dockerfile is run, without a container: in a folder, and from USER on as a user who may write to /data alone.
"""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import aiohttp
import pytest

from bot.core.settings import GROUPS
from bot.demo.client import Sandbox
from tests.kit.image import Image, steps

CSV = "id,date,channel,views,reactions\n1,2026-10-01,Coffee,900,30\n"
NAMES = {name.upper() for group in GROUPS for name in group.model_fields}
OURS = {"PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME"}


@pytest.fixture(scope="module")
def image(root):
    folder = Path(tempfile.mkdtemp(prefix="otklik-image-", dir="/tmp"))
    folder.chmod(0o755)
    env = {name: value for name, value in os.environ.items() if name not in NAMES | OURS}
    env |= {"HOME": str(folder / "data"), "LC_ALL": "C.UTF-8"}
    made = Image(root, folder, env)
    made.build()
    yield made
    subprocess.run(["chmod", "-R", "u+w", folder], check=True)
    shutil.rmtree(folder)


def _files(image: Image) -> set[tuple[str, int]]:
    return {(str(path), path.lstat().st_mtime_ns) for path in (image.folder / "opt").rglob("*")}


def _otklik(image: Image) -> str:
    (name,) = image.entrypoint
    return shutil.which(name, path=image.env["PATH"]) or name


@pytest.mark.soak
async def test_a_plain_user_runs_the_installed_bot_its_doctor_and_the_demo_beside_code_that_no_one_may_write(
    image,
):
    before, otklik = _files(image), _otklik(image)
    assert otklik.startswith(str(image.folder))
    async with Sandbox.started() as box:
        ann = await box.person("Ann", language="en")
        options = image.options()
        options["env"] = {**image.env, "BOT_TOKEN": box.token, "TELEGRAM_API_URL": box.url}
        bot = await asyncio.create_subprocess_exec(otklik, "run", **options)
        try:
            await ann.send_file(CSV.encode(), "coffee.csv")
            await ann.wait_for("subscribers", timeout_s=120)
            await ann.send("/er Coffee 90d")
            await ann.wait_for("Coffee", timeout_s=60)
            doctor = await asyncio.create_subprocess_exec(
                otklik, "doctor", **options, stdout=asyncio.subprocess.PIPE
            )
            told = (await doctor.communicate())[0].decode()
            assert [line for line in told.splitlines() if not line.startswith("✓")] == []
            alive = await asyncio.create_subprocess_exec(otklik, "doctor", "--alive", **options)
            assert await alive.wait() == 0
            bot.send_signal(signal.SIGTERM)
            assert await bot.wait() == 0
        finally:
            if bot.returncode is None:
                bot.kill()
    await _demo(otklik, image.options())
    assert _files(image) == before
    assert (image.folder / "data" / "otklik.db").exists()


async def _demo(otklik: str, options: dict[str, object]) -> None:
    demo = await asyncio.create_subprocess_exec(
        otklik, "demo", "--port", "0", **options, stdout=asyncio.subprocess.PIPE
    )
    try:
        said = ""
        while not (found := re.search(r"http://\S+", said)):
            said = (await asyncio.wait_for(demo.stdout.readline(), 300)).decode()
            assert said
        async with aiohttp.ClientSession() as session, session.get(found[0]) as page:
            assert page.status == 200
        demo.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(demo.wait(), 60) == 0
    finally:
        if demo.returncode is None:
            demo.kill()


def test_every_instruction_of_the_dockerfile_is_followed_here(root):
    """One that is not would be a step that no test runs."""
    names = {name for name, _ in steps((root / "Dockerfile").read_text("utf-8"))}
    assert [name for name in names if not hasattr(Image, f"_{name.lower()}")] == []
    assert {"FROM", "RUN", "COPY", "USER", "ENTRYPOINT"} <= names
