"""Every real file through the command line: what was counted in it by other means, or a refusal in a sentence."""

import json
import os
from pathlib import Path

import pytest

SAMPLES = Path(os.environ["OTKLIK_SAMPLES"])
EXPECTED = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
REFUSED = sorted(name for name, facts in EXPECTED.items() if facts.get("refused"))
READ = sorted(set(EXPECTED) - set(REFUSED))
ABOUT_POSTS_WITH_VIEWS = [
    "tg_api_dump_telethon_json/spb_2022-07_08.json",
    "tg_dump_custom_csv/crypto_coindesk_2025.csv",
    "vk/wall_posts_min_2025.csv",
]


@pytest.mark.parametrize("name", READ)
def test_read_gives_what_was_counted(otklik, name):
    facts, channels = EXPECTED[name], otklik("read", SAMPLES / name, "--json").json["channels"]
    assert sum(channel["posts"] for channel in channels) == facts["posts"]
    if facts.get("rows", facts["posts"]) == facts["posts"]:  # totals were counted over rows, repeats included
        totals = {
            field: sum(channel["totals"].get(field, 0) for channel in channels) for field in facts["totals"]
        }
        assert totals == facts["totals"]


@pytest.mark.parametrize("name", [*REFUSED, "tg_channel_list_xlsx/similar_channels_2025-12-21.xlsx"])
def test_what_is_no_statistics_is_refused_in_a_sentence(otklik, name):
    ran = otklik("read", SAMPLES / name, "--json", "--lang", "ru")
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert ran.json["message"] == ran.err.strip()
    assert ran.json["error"] in ("file.channel_list", "file.planning_sheet", "file.geography")


def test_pages_of_one_export_are_one_history_without_a_rate_by_views(otklik):
    pages = sorted((SAMPLES / "tg_desktop_html").glob("*.html"))
    ran = otklik("report", *pages, "--period", "90d", "--json")
    [channel] = ran.json["channels"]
    rate = channel["rates"]["er_by_views"]
    assert (rate["value"], rate["reason"]) == (None, "field_absent")
    assert otklik("read", *pages, "--json").json["channels"][0]["posts"] == 1331
    assert "ER по просмотрам: —" in otklik("report", *pages, "--period", "90d", "--lang", "ru").out


@pytest.mark.parametrize("name", ABOUT_POSTS_WITH_VIEWS)
def test_report_gives_a_rate_by_views(otklik, name):
    [channel] = otklik("report", SAMPLES / name, "--period", "30d", "--json").json["channels"]
    rate = channel["rates"]["er_by_views"]
    assert 0 < rate["low"] < rate["value"] < rate["high"] < 100
