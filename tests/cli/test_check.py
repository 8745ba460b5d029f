"""`otklik check` as a program: readings over time, counters read once, words in both languages, refusals."""

import csv
import json
import os
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app

FIRST = datetime(2025, 1, 6, 10, tzinfo=UTC)
KEYS = {"name", "verdict", "points", "findings", "not_checked", "expected_views_24h", "cpm"}


def grown(age_h, *, bought):
    """1 000 views at 7 days, 570 at 24 hours; bought: 500 more between 28 and 36 hours."""
    corners = ((0, 0), (24, 570), (48, 700), (168, 1000))
    for (age, views), (later, more) in pairwise(corners):
        if age_h <= later:
            natural = views + (more - views) * (age_h - age) / (later - age)
            break
    else:
        natural = 1000
    return round(10 * (natural + (500 * min(1, max(0, (age_h - 28) / 8)) if bought else 0)))


@pytest.fixture(scope="module")
def watched(tmp_path_factory) -> Path:
    """Two channels that number their posts alike, read every 4 hours; the second buys views."""
    path = tmp_path_factory.mktemp("check") / "readings.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("channel", "post_id", "date", "timestamp", "views"))
        for name in ("@clean_example", "@bought_example"):
            for number in range(24):
                posted = FIRST + timedelta(days=number // 3, hours=4 * (number % 3))
                for age_h in range(4, 173, 4):
                    row = (name, number, posted, posted + timedelta(hours=age_h))
                    writer.writerow((*row, grown(age_h, bought=name == "@bought_example")))
    return path


@pytest.fixture(scope="module")
def dump(tmp_path_factory) -> Path:
    """Counters read once: 60 posts of one and the same number of views."""
    path = tmp_path_factory.mktemp("check") / "posts.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("message_id", "date", "views", "reactions", "forwards"))
        for number in range(60):
            posted = FIRST + timedelta(hours=18 * number)
            writer.writerow((number, posted.isoformat(), 20_000 + number % 3, 300 + number, 90 + number))
    return path


def run(*arguments):
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


def as_json(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return {channel["name"]: channel for channel in json.loads(result.stdout)["channels"]}


def test_bought_views_are_found_in_readings_over_time_and_a_clean_channel_is_left_alone(watched):
    """A step of 8 hours that brings 500 views: 250 in 4 hours of 1 500 at 7 days."""
    channels = as_json(watched, "--price", "9000")
    clean, bought = channels["@clean_example"], channels["@bought_example"]
    assert clean.keys() >= KEYS
    assert (clean["verdict"], clean["findings"]) == ("no_known_pattern", [])
    assert bought["verdict"] == "look_closer"
    step = next(one for one in bought["findings"] if one["indicator"] == "step")
    assert step["value"] == pytest.approx(250 / 1500, abs=0.02)
    assert (step["family"], step["strength"], step["n"]) == ("growth", "weak", 24)
    assert (step["usual_low"], step["usual_high"]) == (0.06, 0.12)
    assert clean["expected_views_24h"]["value"] == 5700
    assert clean["cpm"]["asked"] == pytest.approx(9000 / 5.7)
    assert bought["cpm"]["usable"] > 1.3 * bought["cpm"]["asked"]


def test_what_could_not_be_checked_and_what_would_unlock_it(watched):
    missing = {one["indicator"]: one["needs"] for one in as_json(watched)["@clean_example"]["not_checked"]}
    assert missing["reactions_per_view"] == "reactions"
    assert missing["subscriber_jump"] == "subscribers_48h"
    assert "step" not in missing


def test_counters_read_once_never_pass_look_closer(dump):
    channel = as_json(dump, "--subscribers", "1.5M")["posts"]
    assert {one["indicator"] for one in channel["findings"]} >= {"uniform_views", "reach_rate"}
    assert channel["verdict"] == "look_closer"
    assert {one["needs"] for one in channel["not_checked"]} >= {"watch_48h", "watch_7d"}
    assert channel["facts"]["subscribers"] == 1_500_000
    assert [rule["code"] for rule in channel["compliance"]] == ["registry"]


def test_the_moment_of_the_question_hides_what_came_later(watched):
    early = as_json(watched, "--as-of", "2025-01-07T12:00")
    assert all("step" in {one["indicator"] for one in channel["not_checked"]} for channel in early.values())


def test_the_usual_price_of_a_topic_names_its_source_and_year(dump):
    cost = as_json(dump, "--price", "15K", "--topic", "education")["posts"]["cpm"]
    assert (cost["usual_low"], cost["usual_high"], cost["source"]) == (200, 300, "marketing_uma 2025")
    without = as_json(dump, "--price", "15K")["posts"]["cpm"]
    assert (without["usual_low"], without["usual_reason"]) == (None, "topic_unknown")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ("Стоит присмотреться", "рывок просмотров", "обычно 6,0", "Может быть и так", "Не проверено")),
        ("en", ("Look closer", "4-hour step", "usually 6.0", "It may also be", "Not checked")),
    ],
)
def test_the_answer_in_words(watched, language, words):
    result = run(watched, "--lang", language, "--price", "9000")
    assert result.exit_code == 0
    assert all(word in result.stdout for word in words)
    assert "<" not in result.stdout


def test_a_clean_answer_never_says_real(watched):
    told = run(watched, "--lang", "en").stdout
    assert "No known pattern" in told
    assert "does not prove a live audience" in told


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--price", "free"), "check.price"),
        (("--price", "-5"), "check.price"),
        (("--price", "nan"), "check.price"),
        (("--topic", "cats"), "check.topic"),
        (("--subscribers", "many"), "subscribers.not_a_number"),
        (("--tz", "Moon/Base"), "cli.zone"),
        (("--as-of", "yesterday"), "cli.as_of"),
    ],
)
def test_refusals_say_why(dump, arguments, code):
    result = run(dump, *arguments, "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"] == code
    assert result.stderr.strip()


def test_every_code_that_can_be_said_has_its_words():
    from bot.core.locales import LANGUAGES, translator
    from metrics.audit.limits import LIMITS, REACH_HIGH

    for t in map(translator, LANGUAGES):
        for limits in (*LIMITS.values(), REACH_HIGH):
            assert t.has(f"audit.indicator.{limits.indicator}")
            assert t.has(f"audit.innocent.{limits.explanation or limits.indicator}")


def panel(folder: Path, path: Path) -> Path:
    """The sample panel's tables as one: channel, post, when it was published, when it was read, views."""
    tables = {}
    for name in ("channels", "posts"):
        with (folder / f"dec2024_{name}.csv").open(encoding="utf-8", newline="") as file:
            tables[name] = {row["id"]: row for row in csv.DictReader(file)}
    with (
        (folder / "dec2024_views.csv").open(encoding="utf-8", newline="") as file,
        path.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out)
        writer.writerow(("channel", "post_id", "date", "timestamp", "views"))
        for row in csv.DictReader(file):
            post = tables["posts"][row["post_id"]]
            channel = tables["channels"][post["channel_id"]]["channel_name"]
            writer.writerow((channel, post["message_id"], post["date"], row["timestamp"], row["views"]))
    return path


def test_in_the_real_panel_one_channel_stands_out(tmp_path):
    """Only where the samples are."""
    folder = os.environ.get("OTKLIK_SAMPLES")
    files = [panel(Path(folder) / "tg_timeseries_ru", tmp_path / "panel.csv")] if folder else []
    channels = as_json(*files) if files else {}
    flagged = [name for name, channel in channels.items() if channel["verdict"] != "no_known_pattern"]
    assert flagged == (["LEFT JOIN"] if files else [])


def written(path, channel, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("channel", "message_id", "date", "views"))
        writer.writerows((channel, number, posted.isoformat(), views) for number, posted, views in rows)
    return path


def test_tables_keyed_by_id_and_by_name_are_one_channel(tmp_path):
    rows = [(n, FIRST + timedelta(hours=18 * n), 20_000 + 300 * (n % 9)) for n in range(40)]
    by_name = written(tmp_path / "name.csv", "@one_example", rows)
    by_id = written(tmp_path / "id.csv", "-1001234567890", rows)
    together = as_json(by_id, by_name)
    assert [channel["facts"]["posts"] for channel in together.values()] == [40]
    assert list(together) == ["@one_example"]
    another = written(
        tmp_path / "other.csv", "-1001234567890", [(n, at + timedelta(days=1), v) for n, at, v in rows]
    )
    assert len(as_json(another, by_name)) == 2
