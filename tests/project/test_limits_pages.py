"""What the pages say of how much may be asked for is what the code holds."""

import pytest

from bot.core.limits import (
    AN_HOUR,
    CAPACITY,
    FOLLOWS,
    PAGE_EVERY_S,
    PAGES_S,
    POSTS_A_DAY,
    POSTS_READ_A_DAY,
)
from metrics.ages import AGES_H
from metrics.durations import DAY_S, HOUR_S
from storage.retention import TOLD


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("docs/collection.md", f"{CAPACITY} channels of {POSTS_A_DAY} posts a day"),
        ("docs/collection.md", f"| {POSTS_READ_A_DAY} are read at each age"),
        ("docs/collection.md", f"of which {FOLLOWS} by their public pages"),
        (
            "docs/collection.md",
            "{check}, {placement} and {follow} an hour".format(
                **{name.partition(".")[2]: most for name, most in AN_HOUR.items()}
            ),
        ),
        ("docs/operations.md", f"About {CAPACITY} channels of five posts a day"),
        (
            "docs/operations.md",
            f"{PAGES_S:.0f} seconds of each minute are {PAGES_S * 24 * 60 / PAGE_EVERY_S:,.0f} pages a day".replace(
                ",", " "
            ),
        ),
        ("docs/operations.md", f"{POSTS_A_DAY * len(AGES_H)} a channel"),
    ],
)
def test_the_pages_name_the_limits_that_the_code_holds(root, page, said):
    assert said in " ".join((root / page).read_text("utf-8").split())


def test_the_table_of_what_goes_when_is_the_one_that_the_code_holds(root):
    """In the same order, row by row."""
    section = (root / "docs/storage.md").read_text("utf-8").split("## Keeping house")[1].split("\n## ")[0]
    rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| `")]
    assert {what.removeprefix("| "): age for what, age, *_ in rows} == {
        what: _age(seconds) for what, seconds in TOLD.items()
    }


def _age(seconds: int) -> str:
    number, unit = (seconds // HOUR_S, "hour") if seconds <= 2 * DAY_S else (seconds // DAY_S, "day")
    return f"{number} {unit}" + ("s" if number > 1 else "")
