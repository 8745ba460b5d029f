"""`otklik replay` as a program: options, JSON, sentences, refusals."""

import csv
import json
import math
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from bot.cli import app

FIRST = date(2025, 1, 6)


def write(path: Path, channels: dict[str, tuple[int, int, float]]) -> Path:
    """Channels by name: days, day of the drop, what is left of the views from then on."""
    rng = np.random.default_rng(3)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("timestamp", "channel", "message_id", "views", "forwards", "reactions"))
        for name, (days, drop_day, left) in channels.items():
            for number in range(days * 3):
                day, hour = divmod(number, 3)
                at = datetime.combine(FIRST, datetime.min.time(), UTC) + timedelta(
                    days=day, hours=9 + 5 * hour
                )
                views = 1200 * math.exp(rng.normal(0, 0.12)) * (left if day >= drop_day else 1)
                row = (
                    at.isoformat(" "),
                    name,
                    number,
                    round(views),
                    round(views * 0.004),
                    round(views * 0.02),
                )
                writer.writerow(row)
    return path


@pytest.fixture(scope="module")
def collapse(tmp_path_factory) -> Path:
    return write(tmp_path_factory.mktemp("replay") / "collapse.csv", {"@example": (109, 60, 0.05)})


def run(*arguments):
    return CliRunner().invoke(app, ["replay", *map(str, arguments)])


def as_json(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_json_is_the_one_promised(collapse):
    answer = as_json(collapse)
    assert list(answer) == ["channels"]
    (found,) = answer["channels"]
    (episode,) = found.pop("episodes")
    assert found == {
        "name": "@example",
        "days": 101,
        "posts_per_day": 3.0,
        "basis": "final",
        "state_now": "critical",
    }
    assert set(episode) == {
        "metric",
        "state",
        "opened",
        "closed",
        "drop_percent",
        "deepest_percent",
        "z",
        "n",
    }
    assert (episode["metric"], episode["state"], episode["closed"]) == ("views", "critical", None)
    assert date(2025, 3, 7) <= date.fromisoformat(episode["opened"]) <= date(2025, 3, 8)
    assert 20 <= episode["drop_percent"] <= episode["deepest_percent"] < 100


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ["Было бы 1 предупреждение", "просмотры, тревога", "3,0"]),
        ("en", ["1 warning", "views, alarm", "3.0"]),
    ],
)
def test_people_read_sentences(collapse, language, words):
    result = run(collapse, "--lang", language)
    assert result.exit_code == 0
    assert [word for word in words if word not in result.stdout] == []


def test_an_earlier_moment_gives_the_days_before_it(collapse):
    """What had been said by then does not change with what came later."""
    whole = as_json(collapse)["channels"][0]["episodes"]
    before, after = as_json(collapse, "--as-of", "2025-03-10"), as_json(collapse, "--as-of", "2025-03-20")
    assert before["channels"][0]["episodes"] == []
    assert [one["opened"] for one in after["channels"][0]["episodes"]] == [one["opened"] for one in whole]
    assert after["channels"][0]["days"] == 66


def test_a_later_moment_only_makes_posts_old_enough(collapse):
    later = as_json(collapse, "--as-of", "2025-04-30")["channels"][0]
    assert later["days"] == 107
    assert len(later["episodes"]) == 1


def test_days_are_those_of_the_zone(collapse):
    late = as_json(collapse, "--tz", "Pacific/Kiritimati")["channels"][0]
    assert late["days"] in (101, 102)
    assert late["episodes"][0]["state"] == "critical"


def test_the_literal_rule_speaks_more_often(tmp_path):
    quiet = write(tmp_path / "quiet.csv", {"@example": (150, 999, 1)})
    rules = ("calm", "normal", "sensitive", "literal")
    counts = [len(as_json(quiet, "--rule", name)["channels"][0]["episodes"]) for name in rules]
    assert counts[:3] == [0, 0, 0]
    assert counts == sorted(counts)


def test_a_higher_gate_tells_of_less(tmp_path):
    path = write(tmp_path / "drop.csv", {"@example": (100, 70, 0.72)})
    assert len(as_json(path)["channels"][0]["episodes"]) == 1
    assert as_json(path, "--gate", "40")["channels"][0]["episodes"] == []


def test_what_all_channels_share_is_said_beside_the_json(tmp_path):
    path = write(tmp_path / "many.csv", {f"@example{number}": (100, 70, 0.6) for number in range(12)})
    result = run(path, "--json", "--lang", "en")
    channels = json.loads(result.stdout)["channels"]
    assert len(channels) == 12
    assert sum(len(channel["episodes"]) for channel in channels) <= 1
    assert "12 channels" in result.stderr
    assert "12 каналов" in run(path, "--lang", "ru").stdout


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--rule", "loud"], "drops.rule"),
        (["--gate", "5"], "drops.gate"),
        (["--gate", "60"], "drops.gate"),
        (["--gate", "nan"], "drops.gate"),
        (["--as-of", "soon"], "cli.as_of"),
        (["--tz", "Moon/Sea"], "cli.zone"),
    ],
)
def test_what_can_not_be_done_is_refused(collapse, options, code):
    result = run(collapse, *options, "--json", "--lang", "en")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"] == code
    assert result.stderr.strip()


def test_a_file_that_is_not_there(tmp_path):
    assert run(tmp_path / "none.csv").exit_code == 2


def test_a_short_history_is_too_early_to_tell(tmp_path):
    path = write(tmp_path / "short.csv", {"@example": (12, 99, 1)})
    (found,) = as_json(path)["channels"]
    assert (found["state_now"], found["episodes"]) == ("learning", [])
    assert "15 posts on 10 different days" in run(path, "--lang", "en").stdout


def test_it_runs_as_a_process_and_draws_nothing(collapse):
    script = (
        "import sys; from bot.cli import main\ntry: main()\nfinally: sys.exit('matplotlib' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "replay", str(collapse), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["channels"][0]["basis"] == "final"


@pytest.mark.parametrize(
    ("name", "most"),
    [
        pytest.param("tg_dump_custom_csv/crypto_coindesk_2025.csv", 8, id="declines slowly"),
        pytest.param("vk/wall_posts_min_2025.csv", 28, id="seven years", marks=pytest.mark.soak),
    ],
)
def test_real_channels(name, most):
    """At most one warning a quarter and metric on channels whose level moves; only where the samples are."""
    folder = os.environ.get("OTKLIK_SAMPLES")
    found = as_json(Path(folder) / name)["channels"][0]["episodes"] if folder else []
    assert len(found) <= most
