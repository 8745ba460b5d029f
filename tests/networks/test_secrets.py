"""What breaks: a key in a log, an exception, an address, or readable in the database."""

import io
import logging
import traceback

import pytest

from metrics.errors import DomainError
from storage.files.tables.links import OwnerLink
from tests.networks.conftest import KEYS, UC, a_post

LINKS = {"vk": OwnerLink("vk", "coffee"), "youtube": OwnerLink("youtube", "@coffee")}
TROUBLES = {
    "vk": (
        "5",
        "6",
        "9",
        "10",
        "14",
        "27",
        "29",
        "203",
        "busy",
        "broken",
        "moved",
        "huge",
        "nonsense",
        "cut",
    ),
    "youtube": (
        "quotaExceeded",
        "rateLimitExceeded",
        "keyInvalid",
        "backendError",
        "busy",
        "broken",
        "moved",
        "huge",
        "nonsense",
        "cut",
    ),
}


@pytest.fixture
def said(capsys):
    """Everything at DEBUG, of every library, without what the program redacts."""
    root, lines = logging.getLogger(), io.StringIO()
    level, handler = root.level, logging.StreamHandler(lines)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: lines.getvalue() + "".join(capsys.readouterr())
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize("network", sorted(KEYS))
async def test_no_key_is_written_anywhere_whatever_fails(
    box, start, home, pass_time, said, tmp_path, network
):
    where = box.vk if network == "vk" else box.youtube
    channel = await where.channel("77" if network == "vk" else UC, "coffee", "Кофейня", subscribers=5)
    await channel.put(a_post("1" if network == "vk" else "video-00001", hours_ago=5))
    workspace, errors = await home(), ""
    await start().networks.follow(workspace, LINKS[network], person=5)
    for trouble in TROUBLES[network]:
        await where.trouble(trouble)
        await pass_time(hours=26)  # whatever it was told to wait is over
        life = start()
        await life.run()
        await where.trouble(trouble)
        await pass_time(hours=26)
        await life.opened[network].account.try_again()
        try:
            await life.networks.look(LINKS[network])
        except DomainError as error:
            errors += "".join(traceback.format_exception(error))
    assert "Traceback" in errors
    log, asked = said(), await where.asked()
    assert "a network was not read" in log
    assert len(asked) > len(TROUBLES[network])
    assert not any(one["is_key_in_address"] for one in asked)
    secret = KEYS[network]
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("otklik.db*"))
    assert secret not in log + errors + repr(life.opened[network])
    assert secret.encode() not in kept
