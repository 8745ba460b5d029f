"""What breaks: an image that draws slowly, or that may do more on the machine than it needs.

Held as text, because no container engine runs here.
"""

import os
import re
import subprocess
import sys

import pytest

from bot.core.deadline import STOP_S


@pytest.fixture
def bot(root) -> str:
    """The bot's part of compose.yaml."""
    return (root / "compose.yaml").read_text("utf-8").partition("  bot:\n")[2].partition("\n\n")[0]


@pytest.mark.parametrize(
    "line",
    [
        "read_only: true",
        "tmpfs:\n      - /tmp:",
        "cap_drop:\n      - ALL\n",
        "security_opt:\n      - no-new-privileges:true\n",
        "uploads:/data\n",
    ],
)
def test_the_bot_may_write_to_its_volume_and_to_tmp_and_gain_nothing(bot, line):
    assert line in bot


def test_its_memory_has_a_limit(bot):
    assert re.search(r"^    mem_limit: \d+[mg]\b", bot, re.MULTILINE)


def test_it_is_stopped_later_than_it_needs(bot):

    grace = re.search(r"^    stop_grace_period: (\d+)s", bot, re.MULTILINE)
    assert grace is not None
    assert int(grace[1]) > STOP_S


def test_the_list_of_fonts_is_made_by_the_user_who_draws_and_lies_where_that_one_may_write(root):
    """The root is read-only, so the volume is such a place."""
    lines = (root / "Dockerfile").read_text("utf-8").splitlines()
    made = lines.index('RUN python -c "import matplotlib.font_manager"')
    assert "USER otklik" in lines[:made]
    assert "USER" not in "".join(lines[made:])
    [folder] = re.findall(r"MPLCONFIGDIR=(\S+)", "\n".join(lines))
    assert folder.startswith("/data/")
    assert "VOLUME /data" in lines[made:]


def test_that_import_does_make_the_list(tmp_path):
    made = subprocess.run(
        [sys.executable, "-c", "import matplotlib.font_manager"],
        env={**os.environ, "MPLCONFIGDIR": str(tmp_path)},
        check=False,
    )
    assert made.returncode == 0
    assert [path.name for path in tmp_path.glob("fontlist-*.json")]
