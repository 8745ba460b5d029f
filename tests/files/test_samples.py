"""Every real file gives what was counted in it independently, or the refusal it deserves."""

import json
import os
from pathlib import Path

import pytest

from metrics.errors import DomainError
from storage.files.upload.codes import REFUSALS
from storage.files.upload.importer import read_upload
from storage.files.upload.listing import describe
from storage.files.upload.sinks import HistorySink, MemorySink

SAMPLES = Path(os.environ["OTKLIK_SAMPLES"])
EXPECTED = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
NOT_UPLOADS = {"README.md", "expected.json"}
EVERY_FILE = sorted(
    str(path.relative_to(SAMPLES))
    for path in SAMPLES.rglob("*")
    if path.is_file() and path.name not in NOT_UPLOADS
)


def listed(name: str) -> dict:
    files = [(Path(name).name, SAMPLES / name)]
    return describe(read_upload(files, zone="UTC", as_of=None, sink=MemorySink()))


# What each one is: a format of the registry, or the refusal it deserves.
EVERY_SAMPLE = {
    "meta_business_suite/fb_posts_en_2025.csv": "meta_facebook",
    "meta_business_suite/ig_posts_2025_excel_mangled.csv": "meta_instagram",
    "meta_business_suite/ig_posts_en_2025_a.csv": "meta_instagram",
    "meta_business_suite/overview_2024_Follows.csv": "meta_overview",
    "meta_business_suite/overview_2025_Reach.csv": "meta_overview",
    "tg_api_dump_telethon_json/ru_invest_2019-09.json": "telethon",
    "tg_api_dump_telethon_json/ru_news_one_day_2024-04.json": "telethon",
    "tg_api_dump_telethon_json/spb_2022-07_08.json": "telethon",
    "tg_channel_list_xlsx/similar_channels_2025-12-21.xlsx": "file.channel_list",
    "tg_channel_list_xlsx/smm_err_input_by_date.xlsx": "file.planning_sheet",
    "tg_charts/contest_2019_stage2_1_overview.json": "telegram_chart",
    "tg_charts/contest_2019_stage2_2_overview.json": "telegram_chart",
    "tg_desktop_html/turbo_looters_p1_messages.html": "telegram_desktop_html",
    "tg_desktop_html/turbo_looters_p2_messages2.html": "telegram_desktop_html",
    "tg_desktop_json/fixture_mixed_2026.json": "telegram_desktop_json",
    "tg_dump_custom_csv/crypto_coindesk_2025.csv": "generic_table",
    "tg_dump_custom_csv/ethiomart_16_channels.csv": "generic_table",
    "tg_dump_custom_json/ethio_CheMed123.json": "generic_json",
    "tg_preview_html/page_bot_2026.html": "file.page_not_channel",
    "tg_preview_html/page_channel_2026.html": "telegram_landing",
    "tg_preview_html/page_free_2026.html": "file.page_not_channel",
    "tg_preview_html/page_group_2026.html": "file.page_not_channel",
    "tg_preview_html/s_durov_2026-08.html": "telegram_preview",
    "tg_preview_html/s_prstnk_one_subscriber_2026-06.html": "telegram_preview",
    "tg_timeseries_ru/dec2024_channels.csv": "file.channel_list",
    "tg_timeseries_ru/dec2024_posts.csv": "file.no_counters",
    "tg_timeseries_ru/dec2024_subscribers.csv": "subscribers_over_time",
    "tg_timeseries_ru/dec2024_views.csv": "readings_over_time",
    "tgstat_api_json/channels_stat_rian_ru_doc.json": "tgstat_api",
    "tgstat_api_json/channels_subscribers_doc.json": "tgstat_api",
    "tgstat_api_json/channels_views_doc.json": "tgstat_api",
    "tgstat_api_json/posts_stat_doc.json": "tgstat_api",
    "tiktok/videos_2025.csv": "tiktok_videos",
    "vk/wall_posts_min_2025.csv": "generic_table",
    "x_twitter/content_2026-08.csv": "x_posts",
    "youtube_studio/de_2021_Tabellendaten.csv": "youtube_videos",
    "youtube_studio/en_2021_table_data_codingtrain.csv": "file.geography",
    "youtube_studio/en_2025b_table_data.csv": "youtube_videos",
}


def outcome(name: str) -> str:
    """The format a sample was read as, or the refusal's code."""
    try:
        return listed(name)["files"][0]["format"]
    except DomainError as error:
        return error.code


@pytest.mark.parametrize("name", [name for name, facts in EXPECTED.items() if not facts.get("refused")])
def test_a_sample_gives_what_was_counted(name):
    facts, channels = EXPECTED[name], listed(name)["channels"]
    assert sum(channel["posts"] for channel in channels) == facts["posts"]
    for field, total in facts["totals"].items():
        found = sum(channel["totals"].get(field, 0) for channel in channels)
        assert found == total, field
    for field in facts.get("absent", ()):
        assert all(field not in channel["fields"] for channel in channels)
    if "approximate" in facts:
        assert channels[0]["approximate"] is facts["approximate"]
    for moment in ("first", "last"):
        assert channels[0][moment].startswith(facts.get(moment, ""))


def test_every_sample_is_in_the_table():
    assert list(EVERY_SAMPLE) == EVERY_FILE


@pytest.mark.parametrize("name", EVERY_FILE)
def test_every_sample_is_read_as_what_it_is_or_refused_in_a_sentence(name):
    found = outcome(name)
    assert found == EVERY_SAMPLE[name]
    assert found.startswith("file.") is EXPECTED.get(name, {}).get("refused", found in REFUSALS)


def test_the_public_page_gives_the_exact_number_of_subscribers():
    page = listed("tg_preview_html/page_channel_2026.html")
    assert page["channels"][0]["handle"] == "durov"
    sink = MemorySink()
    read_upload(
        [("page.html", SAMPLES / "tg_preview_html/page_channel_2026.html")], zone="UTC", as_of=1, sink=sink
    )
    assert sink.audience(sink.keys[0]) == [(1, 11_286_994, 0)]


def test_the_tables_of_the_panel_are_sixteen_channels_with_names_and_growth():
    tables = sorted((SAMPLES / "tg_timeseries_ru").glob("*.csv"))
    sink = HistorySink()
    upload = describe(read_upload([(path.name, path) for path in tables], zone="UTC", as_of=None, sink=sink))
    assert len(upload["channels"]) == 16
    assert sum(channel["posts"] for channel in upload["channels"]) == 1_698
    assert all(channel["handle"] and channel["fields"]["subscribers"] > 20 for channel in upload["channels"])
    assert sum(len(sink.readings(key)) for key in sink.keys) == 50_759


def test_pages_of_one_export_are_one_history():
    pages = sorted((SAMPLES / "tg_desktop_html").glob("*.html"))
    [channel] = describe(
        read_upload([(page.name, page) for page in pages], zone="UTC", as_of=None, sink=MemorySink())
    )["channels"]
    assert (channel["posts"], channel["totals"]) == (1_331, {"reactions": 263})
