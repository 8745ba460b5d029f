"""Files made of the example read back as the posts they were made of."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from bot.demo import as_csv, as_telethon_json, generate_team
from storage.files.upload.importer import read_upload
from storage.files.upload.sinks import MemorySink

AS_OF = int(datetime(2026, 11, 23, 12, 0, tzinfo=UTC).timestamp())
# What both kinds of file carry; a file's reading has its own moment, and Telethon dumps have no links.
COMMON = (
    "external_id", "published_at", "format", "text_length", "hashtags", "is_ad", "is_forwarded", "title",
    "views", "reactions", "comments", "forwards",
)  # fmt: skip


@pytest.fixture(scope="module")
def team():
    return generate_team(AS_OF)


def read_back(name, data, folder):
    path = folder / name
    path.write_bytes(data)
    sink = MemorySink()
    understood = read_upload([(name, path)], zone="Europe/Moscow", as_of=AS_OF, sink=sink)
    (contents,) = understood.channels
    return understood, contents.channel, sink.posts(sink.keys[0])


def facts(posts):
    return [tuple(getattr(post, name) for name in COMMON) for post in posts]


@pytest.mark.parametrize("place", [0, 1])
def test_the_telethon_dump_reads_back_whole(team, place, tmp_path):
    channel = team[place]
    understood, found, posts = read_back("channel_messages.json", as_telethon_json(channel), tmp_path)
    assert [file.format for file in understood.files] == ["telethon"]
    assert (found.platform, found.external_id) == ("telegram", str(channel.telegram_id))
    assert facts(posts) == facts(channel.posts)
    reasons = {skipped.reason for skipped in understood.skipped}
    assert reasons == {"service", "album_member"}


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_table_reads_back_whole(team, language, delimiter, tmp_path):
    channel = team[1]
    understood, found, posts = read_back("posts.csv", as_csv(channel, delimiter, language), tmp_path)
    assert found.name == channel.title
    assert facts(posts) == facts(channel.posts)
    assert [post.link for post in posts] == [post.link for post in channel.posts]
    assert understood.skipped == []


def test_the_table_is_one_a_spreadsheet_opens(team):
    data = as_csv(team[0], ";")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0][5] == "Просмотры"
    assert len(rows) == len(team[0].posts) + 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_an_album_is_a_message_a_picture_with_counters_of_their_own(team):
    messages = json.loads(as_telethon_json(team[0]))
    assert [message["id"] for message in messages] == sorted((m["id"] for m in messages), reverse=True)
    albums = {message["grouped_id"] for message in messages if message.get("grouped_id")}
    assert len(albums) == sum(post.format == "album" for post in team[0].posts)
    one = [message for message in messages if message.get("grouped_id") == max(albums)]
    assert len(one) > 1
    assert len({message["views"] for message in one}) == len(one)
