"""What breaks: rows of a content plan that move "now", so that the last days are days to come and nobody is silent."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest


@pytest.fixture
def planned(tmp_path) -> Path:
    """A post a day for forty days until yesterday, and a week of posts to come, without counters."""
    path, now = tmp_path / "plan.csv", datetime.now(UTC)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("Дата", "Ссылка", "Текст", "Просмотры", "Реакции"))
        for day in range(-40, 8):
            at = now + timedelta(days=day, hours=-1)
            counters = (1000, 20) if day <= 0 else ("", "")
            writer.writerow(
                (f"{at:%Y-%m-%d %H:%M:%S}", f"https://t.me/the_kitchen/{100 + day}", f"Пост {day}", *counters)
            )
    return path


def test_a_plan_does_not_move_the_moment_of_the_question(otklik, planned):
    ran = otklik("report", planned, "--json")
    [channel] = ran.json["channels"]
    now = datetime.now(UTC)
    assert now - timedelta(hours=2) < datetime.fromisoformat(ran.json["as_of"]) <= now
    assert channel["posts"]["used"] == 7


def test_a_plan_makes_no_channel_silent_and_an_old_file_does(otklik, planned):
    ahead = f"{datetime.now(UTC):%Y-%m-%dT%H:%M}"
    assert "молчит" not in otklik("check", planned, "--lang", "ru", "--as-of", ahead).out
    assert "молчит" not in otklik("check", planned, "--lang", "ru").out
    later = f"{datetime.now(UTC) + timedelta(days=400):%Y-%m-%dT%H:%M}"
    assert "Канал молчит: 3" in otklik("check", planned, "--lang", "ru", "--as-of", later).out.replace(
        "\xa0", ""
    )


def test_check_and_report_name_one_basis_for_one_moment(otklik, tmp_path):
    """A file that does not say when it was read was read by the moment that is asked about, whichever command asks."""
    path, end = tmp_path / "three.csv", datetime(2026, 3, 20, 9, tzinfo=UTC)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("Дата", "Ссылка", "Текст", "Просмотры", "Реакции"))
        for day in (9, 12, 20):
            at = end - timedelta(days=day)
            writer.writerow(
                (
                    f"{at:%Y-%m-%d %H:%M:%S}",
                    f"https://t.me/the_kitchen/{50 - day}",
                    f"Пост {day}",
                    500_000,
                    9_000,
                )
            )
    asked = ("--lang", "ru", "--as-of", f"{end:%Y-%m-%dT%H:%M}")
    told = [otklik("report", path, "--period", "30d", *asked).out, otklik("check", path, *asked).out]
    lines = [
        [line for line in one.splitlines() if "3 поста" in line and line.startswith("=")] for one in told
    ]
    assert lines[0] == lines[1] != []
