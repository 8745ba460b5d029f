"""What breaks: the shape of `otklik read --json`, which others build on, and how input is refused."""

import pytest

from tests.cli.conftest import write_table


def test_the_json_is_the_one_promised(otklik, table):
    ran = otklik("read", table, "--json")
    assert ran.code == 0
    listed = ran.json
    columns = listed.pop("columns")
    assert {use["meaning"] for use in columns} >= {"date", "views", "reactions", "comments", "forwards"}
    assert listed == {
        "files": [
            {
                "path": "october.csv",
                "format": "generic_table",
                "reason": "a date and views, reactions, comments, forwards",
                "moment": None,
            }
        ],
        "channels": [
            {
                "name": "Кофе и код",
                "handle": None,
                "platform": "telegram",
                "posts": 31,
                "forwarded": 0,
                "first": "2026-10-01T09:00:00+00:00",
                "last": "2026-10-31T09:00:00+00:00",
                "fields": dict.fromkeys(("views", "reactions", "comments", "forwards"), 31),
                "totals": {"views": 31_000, "reactions": 930, "comments": 155, "forwards": 465},
                "approximate": False,
            }
        ],
        "skipped": [],
        "warnings": [],
    }


def test_a_dump_of_a_year_is_read_whole(otklik, dump, kitchen):
    [channel] = otklik("read", dump, "--json").json["channels"]
    assert channel["posts"] == len(kitchen.posts)
    assert channel["forwarded"] == sum(post.is_forwarded for post in kitchen.posts)
    assert channel["totals"]["views"] == sum(post.views for post in kitchen.posts)


def test_rows_left_out_are_counted_with_a_reason_and_an_example(otklik, dump):
    skipped = {row["reason"]: row for row in otklik("read", dump, "--json").json["skipped"]}
    assert skipped["service"]["count"] == 1
    assert set(skipped["service"]) == {"reason", "count", "example_row"}


def test_files_of_one_channel_are_one_history(otklik, tmp_path):
    first = write_table(tmp_path / "a.csv", days=range(20), views=1000, reactions=30)
    second = write_table(tmp_path / "b.csv", days=range(15, 31), views=1000, reactions=30)
    found = otklik("read", first, second, "--json").json
    assert [file["path"] for file in found["files"]] == ["a.csv", "b.csv"]
    [channel] = found["channels"]
    assert (channel["posts"], channel["totals"]["views"]) == (31, 31_000)


def test_times_without_a_zone_are_those_of_the_zone_asked_for(otklik, tmp_path):
    path = tmp_path / "naive.csv"
    path.write_text("date,views\n2026-10-01 00:30,10\n2026-10-02 00:30,20\n", "utf-8")
    found = otklik("read", path, "--tz", "Europe/Moscow", "--json").json
    assert found["channels"][0]["first"] == "2026-09-30T21:30:00+00:00"
    assert "naive_times" in [warning["code"] for warning in found["warnings"]]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ("Таблица постов", "Кофе и код", "31", "просмотры")),
        ("en", ("Table of posts", "Кофе и код", "31", "views")),
    ],
)
def test_a_person_reads_a_table(otklik, table, language, words):
    ran = otklik("read", table, "--lang", language)
    assert ran.code == 0
    assert [word for word in words if word not in ran.out] == []


REFUSED = {
    "empty.csv": b"",
    "noise.csv": bytes(range(256)) * 20,
    "photo.csv": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 8,
    "cut.json": b'[{"id": 1, "date": "2026-10-01T10:00:00", "views": 10}, {"id": 2, "da',
    "other.csv": b"name,price\nflour,80\nsugar,70\n",
    "план.csv": "Кампания,Дата начала,Дата конца\nОсень,01.10.2026,31.10.2026\n".encode(),
}


@pytest.mark.parametrize("command", ["read", "report"])
@pytest.mark.parametrize("name", REFUSED)
def test_what_can_not_be_read_is_one_sentence_and_exit_code_2(otklik, tmp_path, command, name):
    (tmp_path / name).write_bytes(REFUSED[name])
    ran = otklik(command, tmp_path / name, "--lang", "ru")
    assert ran.code == 2
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1
    assert ran.err.strip().endswith(".")
    as_json = otklik(command, tmp_path / name, "--lang", "ru", "--json")
    assert (as_json.code, as_json.err) == (2, ran.err)
    assert set(as_json.json) == {"error", "message"}
    assert as_json.json["message"] == ran.err.strip()
    assert as_json.json["error"].startswith("file.")


@pytest.mark.parametrize("command", ["read", "report"])
@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--tz", "Moon/Sea"], "cli.zone"),
        (["--tz", "../etc/passwd"], "cli.zone"),
        (["--as-of", "soon"], "cli.as_of"),
        (["--lang", "de"], "cli.language"),
    ],
)
def test_options_that_mean_nothing_are_refused(otklik, table, command, options, code):
    ran = otklik(command, table, *options, "--json")
    assert ran.code == 2
    assert ran.json["error"] == code


def test_a_file_that_is_not_there_is_named(otklik):
    ran = otklik("read", "нет.csv", "--json")
    assert ran.code == 2
    assert ran.json["error"] == "cli.no_file"
    assert "нет.csv" in ran.err


def test_without_files_there_is_nothing_to_read(otklik):
    assert otklik("read").code == 2


def test_columns_and_the_order_of_dates_are_said_where_the_file_does_not(otklik, tmp_path):
    file = tmp_path / "own.csv"
    file.write_text(
        "Эфир,Глаза,Плюсики\n03/03/2025,12,1\n03/04/2025,10,1\n02/01/2025,9,1\n04/05/2025,11,1\n", "utf-8"
    )
    assert otklik("read", file).code == 2
    said = ("--columns", "date=эфир,views=Глаза,reactions=Плюсики")
    assert otklik("read", file, *said, "--json").json["error"] == "file.date_ambiguous"
    for order, first in (("--day-first", "2025-01-02"), ("--month-first", "2025-02-01")):
        [channel] = otklik("read", file, *said, order, "--json").json["channels"]
        assert channel["totals"] == {"views": 42, "reactions": 4}
        assert channel["first"].startswith(first)
    assert otklik("report", file, *said, "--day-first", "--period", "90d").code == 0


@pytest.mark.parametrize("pairs", ["views", "views=", "=Глаза", "когда=Эфир", "date=Эфир,"])
def test_columns_that_name_nothing_are_refused_with_an_example(otklik, tmp_path, pairs):
    file = tmp_path / "own.csv"
    file.write_text("Эфир,Глаза,Плюсики\n01.02.2025,12,1\n")
    refused = otklik("read", file, "--columns", pairs)
    assert refused.code == 2
    assert "date=" in refused.err
