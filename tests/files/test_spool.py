"""What a worker leaves on disk is what a sink in memory was given, in small pieces."""

import pickle

import pytest

from metrics.errors import DomainError
from storage.files.upload.limits import CHUNK_ROWS
from storage.files.upload.listing import describe
from storage.files.upload.spool import read_spool, spool_upload

ROWS = CHUNK_ROWS * 2 + 234


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "upload"
    path.write_text(
        "message_id,date,text,views\n"
        + "".join(f"{n},2025-01-{n % 28 + 1:02d} 10:00:00,раз,{n}\n" for n in range(1, ROWS + 1))
    )
    return [("посты.csv", path)]


def test_chunks_are_small_and_whole(table, tmp_path):
    understood = spool_upload(table, tmp_path / "spool", "UTC", None)
    chunks = list(read_spool(tmp_path / "spool"))
    assert [len(posts) for _, posts in chunks] == [CHUNK_ROWS, CHUNK_ROWS, ROWS % CHUNK_ROWS]
    assert (
        sum(row.views for _, posts in chunks for row in posts.rows())
        == understood.channels[0].totals["views"]
        == ROWS * (ROWS + 1) // 2
    )
    assert {key for key, _ in chunks} == {understood.channels[0].channel.key}


def test_reading_again_starts_over(table, tmp_path):
    for _ in range(2):
        spool_upload(table, tmp_path / "spool", "UTC", None)
    assert sum(len(posts) for _, posts in read_spool(tmp_path / "spool")) == ROWS


def test_a_refusal_leaves_nothing_behind(tmp_path):
    empty = tmp_path / "empty"
    empty.touch()
    with pytest.raises(DomainError):
        spool_upload([("a.csv", empty)], tmp_path / "spool", "UTC", None)
    assert not (tmp_path / "spool").exists()


def test_what_was_understood_crosses_a_process_boundary(table, tmp_path):
    understood = spool_upload(table, tmp_path / "spool", "UTC", None)
    assert pickle.loads(pickle.dumps(understood)) == understood
    assert pickle.loads(pickle.dumps(spool_upload)) is spool_upload


def test_the_listing_has_the_documented_shape(table, tmp_path):
    listed = describe(spool_upload(table, tmp_path / "spool", "UTC", None))
    assert listed["files"] == [
        {"path": "посты.csv", "format": "generic_table", "reason": "a date and views", "moment": None}
    ]
    channel = listed["channels"][0]
    assert set(channel) == {
        "name",
        "handle",
        "platform",
        "posts",
        "forwarded",
        "first",
        "last",
        "fields",
        "totals",
        "approximate",
    }
    assert channel["first"] == "2025-01-01T10:00:00+00:00"
    assert channel["fields"] == {"views": ROWS}
    assert set(listed) == {"files", "channels", "skipped", "warnings", "columns"}
