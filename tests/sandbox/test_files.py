"""Bytes kept by file_id, and pictures measured from their first bytes."""

import io

import pytest
from PIL import Image

from bot.sandbox.files import Files, Upload
from bot.sandbox.images import image_size
from tests.sandbox.conftest import png


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
@pytest.mark.parametrize("size", [(1280, 720), (1, 3), (300, 7000)])
def test_real_pictures_are_measured(kind, size):
    drawn = io.BytesIO()
    Image.new("RGB", size, "navy").save(drawn, kind)
    assert image_size(drawn.getvalue()) == size


def test_a_jpeg_with_long_metadata_is_measured():
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48)).save(drawn, "JPEG", progressive=True, comment=b"x" * 60_000)
    assert image_size(drawn.getvalue()) == (64, 48)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF0000WEBPxxxx", b"GIF89a"])
def test_what_is_cut_off_has_no_size(data):
    assert image_size(data) is None


def test_beyond_its_memory_the_store_keeps_files_on_disk():
    files = Files(memory_bytes=10)
    kept = [files.add_document(Upload(f"{n}.csv", bytes([n]) * 8)) for n in range(1, 4)]
    assert [file.data is None for file in kept] == [False, True, True]
    assert [files.read(file) for file in kept] == [bytes([n]) * 8 for n in range(1, 4)]
    files.close()


def test_every_listed_size_of_a_photo_is_known_and_serves_the_same_bytes():
    files = Files()
    picture = png(1280, 720)
    stored = files.add_photo(Upload("chart.png", picture))
    for size in stored.as_photo():
        found = files.get(size["file_id"])
        assert found is stored
    assert files.get("AgACnothing") is None


def test_the_same_uploads_get_the_same_ids():
    ids = [
        [
            Files().add_document(Upload("a.csv", b"x")).file_id,
            Files().add_document(Upload("a.csv", b"x")).unique_id,
        ]
        for _ in range(2)
    ]
    assert ids[0] == ids[1]
