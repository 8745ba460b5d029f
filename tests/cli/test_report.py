"""What breaks: the numbers and the shape of `otklik report`, the same answer as `/er` gives."""

import csv
import struct
from datetime import timedelta

import numpy as np
import pytest

from metrics.formulas import FORMULAS
from tests.cli.conftest import FIRST_DAY, write_table

RATE = {"value", "low", "high", "n", "denominator", "approximate", "reason"}
CHANNEL = {
    "name",
    "platform",
    "period",
    "posts",
    "components",
    "weights",
    "missing",
    "rates",
    "organic",
    "paid",
    "previous",
    "history",
    "change",
    "timing",
    "content",
    "young_posts",
    "top",
}
TEAM = {"period", "components", "channels", "posts", "rates", "ranking"}


def one(ran) -> dict:
    assert ran.code == 0, ran.err
    [channel] = ran.json["channels"]
    return channel


def test_the_json_is_the_one_promised(otklik, dump):
    ran = otklik("report", dump, "--subscribers", "12,5 тыс.", "--period", "30d", "--json")
    assert set(ran.json) == {"as_of", "zone", "channels", "team"}
    assert ran.json["zone"] == "UTC"
    channel = one(ran)
    assert set(channel) == CHANNEL | {"basis", "coverage", "verdict"}
    assert set(channel["period"]) == {"from", "to"}
    assert set(channel["posts"]) == {"used", "forwarded", "ads", "young"}
    assert all(set(missing) == {"field", "reason"} for missing in channel["missing"])
    assert set(channel["organic"]) == {"posts", "rates"}
    for part in ("previous", "history"):
        assert set(channel[part]) == {"from", "to", "rates"}
    for rates in (channel["rates"], *(channel[part]["rates"] for part in ("organic", "previous", "history"))):
        assert set(rates) == set(FORMULAS)
        assert all(set(rate) == RATE for rate in rates.values())
    assert set(channel["change"]) == set(FORMULAS)
    for change in channel["change"].values():
        assert set(change) == {"previous_percent", "history_percent", "low", "high", "previous", "history"}


def test_every_rate_is_a_percentage_or_says_why_not(otklik, dump):
    rates = one(otklik("report", dump, "--subscribers", "12500", "--period", "30d", "--json"))["rates"]
    for code, rate in rates.items():
        assert (rate["value"] is None) is (rate["reason"] is not None), code
        if rate["low"] is not None:
            assert 0 <= rate["low"] <= rate["value"] <= rate["high"], code
    assert 1 < rates["er_by_views"]["value"] < 6
    assert 10 < rates["view_rate"]["value"] < 50


def test_numbers_that_can_be_reckoned_by_hand(otklik, table):
    """31 posts of 1 000 views, 30 + 5 + 15 interactions, 20 000 subscribers."""
    ran = otklik(
        "report", table, "--subscribers", "20000", "--period", "1.10-31.10", "--as-of", "2026-11-23", "--json"
    )
    rates = one(ran)["rates"]
    expected = {"er_by_views": 5, "view_rate": 5, "er_by_subscribers": 0.25, "forward_rate": 1.5}
    assert {code: rates[code]["value"] for code in expected} == pytest.approx(expected)
    assert rates["er_by_views"]["n"] == 31
    assert ran.json["as_of"] == "2026-11-23T00:00:00+00:00"
    assert one(ran)["components"] == ["reactions", "comments", "forwards"]


def test_without_views_the_rate_is_none_with_its_reason(otklik, tmp_path):
    path = write_table(tmp_path / "no views.csv", days=range(31), reactions=30)
    ran = otklik("report", path, "--period", "30d", "--json")
    rate = one(ran)["rates"]["er_by_views"]
    assert (rate["value"], rate["reason"]) == (None, "field_absent")
    assert {"field": "views", "reason": "field_absent"} in one(ran)["missing"]
    words = otklik("report", path, "--period", "30d", "--lang", "ru").out
    assert "ER по просмотрам: —\n" in words
    assert "30 постов. В данных нет просмотров" in words.replace("\xa0", " ")
    assert "--subscribers" in words


def test_two_files_of_one_channel_are_one_history(otklik, tmp_path):
    first = write_table(tmp_path / "a.csv", days=range(20), views=1000, reactions=50)
    second = write_table(tmp_path / "b.csv", days=range(15, 31), views=1000, reactions=50)
    assert (
        one(otklik("report", first, second, "--period", "1.10-31.10", "--as-of", "2026-11-23", "--json"))[
            "posts"
        ]["used"]
        == 31
    )


def test_the_moment_of_the_question_is_the_newest_time_in_the_file(otklik, table):
    assert otklik("report", table, "--json").json["as_of"] == "2026-10-31T09:00:00+00:00"


@pytest.mark.parametrize(("zone", "first"), [("UTC", "2026-10-24"), ("Asia/Tokyo", "2026-10-25")])
def test_days_are_those_of_the_zone(otklik, table, zone, first):
    """At 20:00 UTC of the 31st it is 1 November in Tokyo."""
    channel = one(otklik("report", table, "--tz", zone, "--as-of", "2026-10-31T20:00:00+00:00", "--json"))
    assert channel["period"]["from"] == first


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("7d", "2026-10-24", "2026-10-30"),
        ("неделя", "2026-10-24", "2026-10-30"),
        ("month", "2026-10-01", "2026-10-30"),
        ("5.10-12.10", "2026-10-05", "2026-10-12"),
        ("october", "2026-10-01", "2026-10-31"),
        ("2026-10-05..2026-10-06", "2026-10-05", "2026-10-06"),
    ],
)
def test_periods_as_people_say_them(otklik, table, period, first, last):
    channel = one(otklik("report", table, "--period", period, "--as-of", "2026-10-31T12:00", "--json"))
    assert channel["period"] == {"from": first, "to": last}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--period", "soon"], "period.unknown"),
        (["--period", "2026-10-06..2026-10-05"], "period.backwards"),
        (["--period", "9999d"], "period.too_long"),
        (["--subscribers", "many"], "subscribers.not_a_number"),
        (["--png", "nowhere/er.png"], "cli.png"),
    ],
)
def test_what_can_not_be_done_is_refused(otklik, table, options, code):
    ran = otklik("report", table, *options, "--json")
    assert ran.code == 2
    assert ran.json["error"] == code
    assert len(ran.err.splitlines()) == 1


def test_a_picture_is_written_for_every_channel(otklik, tmp_path):
    lines = ["id,channel,date,views,reactions"]
    lines += [f"{n},Канал {n % 2},2026-10-{1 + n // 2:02}T12:00:00Z,{900 + n},9" for n in range(40)]
    (tmp_path / "two.csv").write_text("\n".join(lines), "utf-8")
    assert otklik("report", tmp_path / "two.csv", "--png", tmp_path / "er.png").code == 0
    for name in ("er.png", "er-2.png"):
        head = (tmp_path / name).read_bytes()[:24]
        assert head.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", head[16:24]) == (1280, 720)


@pytest.mark.parametrize(
    ("language", "words"), [("ru", ("ER по просмотрам", "÷ просмотры")), ("en", ("ER by views", "÷ views"))]
)
def test_a_person_reads_the_same_answer_without_markup(otklik, table, language, words):
    ran = otklik("report", table, "--lang", language, "--period", "30d")
    assert [word for word in words if word not in ran.out] == []
    assert "<b>" not in ran.out
    assert "30" in ran.out


def test_posts_in_order(otklik, dump):
    top = one(otklik("report", dump, "--period", "30d", "--json"))["top"]
    assert (top["by"], len(top["best"]), len(top["weakest"])) == ("er_by_views", 5, 5)
    values = [post["value"] for post in (*top["best"], *reversed(top["weakest"]))]
    assert values == sorted(values, reverse=True)
    for post in top["best"]:
        assert post["low"] <= post["value"] <= post["high"]
        assert post["published_at"].endswith("+00:00")


def test_several_channels_are_a_team(otklik, tmp_path):
    """4 % of 1 000 views and 2 % of 3 000, a post a day each: median 3 %, pooled 2.5 %."""
    files = [
        write_table(tmp_path / "a.csv", days=range(60), channel="A", views=1000, reactions=40),
        write_table(tmp_path / "b.csv", days=range(60), channel="B", views=3000, reactions=60),
    ]
    ran = otklik("report", *files, "--as-of", "2026-12-20", "--period", "1.11-28.11", "--json")
    team = ran.json["team"]
    assert set(team) == TEAM
    assert (team["channels"], team["posts"], team["components"]) == (2, 56, ["reactions"])
    rate = team["rates"]["er_by_views"]
    assert (rate["median"], rate["pooled"]["value"]) == (pytest.approx(3), pytest.approx(2.5))
    history = rate["history"]
    assert history["within"] + history["mix"] == pytest.approx(history["percent"])
    assert history["typical"]["low"] < 0 < history["typical"]["high"]
    assert [channel["name"] for channel in team["ranking"]["er_by_views"]["channels"]] == ["A", "B"]
    assert {left["reason"] for left in team["ranking"]["view_rate"]["left_out"]} == {"no_subscribers"}


def test_one_channel_is_a_team_of_one(otklik, table):
    """Its newest posts are brought to 7 days in both alike."""
    ran = otklik("report", table, "--json")
    team, own = ran.json["team"], one(ran)["rates"]["er_by_views"]["value"]
    assert (team["channels"], team["rates"]["er_by_views"]["median"]) == (1, pytest.approx(own))


@pytest.fixture
def watched(tmp_path):
    """Three posts a morning for 20 days, read every 3 hours: 5 700 views at 24 hours, the last post read at 6 hours."""
    path = tmp_path / "readings.csv"
    ages, views = (0, 6, 12, 24, 48, 168), (0, 4100, 4700, 5700, 7000, 10_000)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("channel", "post_id", "date", "timestamp", "views"))
        for number in range(60):
            posted = FIRST_DAY + timedelta(days=number // 3, hours=number % 3)
            for age_h in range(3, 7 if number == 59 else 49, 3):
                read = (posted.isoformat(), (posted + timedelta(hours=age_h)).isoformat())
                writer.writerow(("@watched_example", number, *read, round(np.interp(age_h, ages, views))))
    return path


def test_what_a_young_post_will_have(otklik, watched):
    ran = otklik("report", watched, "--as-of", "2026-10-20T17:00:00+00:00", "--json")
    young = one(ran)["young_posts"]
    assert (young["is_own_curve"], len(young["posts"])) == (True, 3)
    newest = young["posts"][0]
    assert (newest["views"], newest["age_h"], newest["standing"]) == (4100, 6.0, "in_line")
    assert newest["expected_24h"]["value"] == pytest.approx(5700, rel=0.02)
    assert one(ran)["timing"]["activity"]["posts"] == 57
    assert len(one(ran)["timing"]["activity"]["hours"]) == 24
    assert len(one(ran)["timing"]["blocks"]) == 16


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ru", "Свежий пост идёт как обычно: просмотры 4 100 за 6 часов, к 24 ч ≈5 700 (4 400–7 400)."),
        (
            "en",
            "The newest post is doing about as usual: 4,100 views in 6 hours, ≈5,700 (4,400–7,400) by 24 h.",
        ),
    ],
)
def test_a_person_reads_what_it_will_have(otklik, watched, language, line):
    ran = otklik("report", watched, "--as-of", "2026-10-20T17:00:00+00:00", "--lang", language)
    assert line in ran.out.replace("\xa0", " ").splitlines()


def test_what_goes_with_the_result(otklik, dump):
    channel = one(otklik("report", dump, "--period", "30d", "--json"))
    content = channel["content"]
    assert {group["key"] for group in content["weekday"]} == {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
    assert sum(group["n"] for group in content["weekday"]) == content["n"]
    assert set(content["weekday"][0]["levels"]) == {"views", "er_by_views"}
    assert content["period"]["to"] == channel["period"]["to"]
    assert channel["timing"]["activity"] == {"hours": None, "posts": 0, "reason": "no_readings"}
