"""Files written as services write them, small, read the way the bot reads them."""

import io
import json
import os
import zipfile

import pytest

from metrics.errors import DomainError
from storage.files.upload.importer import read_upload
from storage.files.upload.sinks import MemorySink
from storage.files.upload.understood import Understood

# Real files stay where they are; without them there is nothing to walk.
collect_ignore = [] if os.environ.get("OTKLIK_SAMPLES") else ["test_samples.py", "test_cases.py"]


class Upload:
    """What came of an upload: the account of it, and its rows."""

    def __init__(self, understood: Understood, sink: MemorySink) -> None:
        self.understood = understood
        self.sink = sink

    @property
    def only(self):
        assert len(self.understood.channels) == 1, [c.channel for c in self.understood.channels]
        return self.understood.channels[0]

    @property
    def posts(self):
        return self.sink.posts(self.only.channel.key)

    @property
    def audience(self):
        return self.sink.audience(self.only.channel.key)

    @property
    def format(self):
        return self.understood.files[0].format

    @property
    def skipped(self):
        return {row.reason: row.count for row in self.understood.skipped}

    @property
    def warned(self):
        return {warning.code: warning.params for warning in self.understood.warnings}


@pytest.fixture
def read(tmp_path):
    """Call it with (name as sent, content) of each file; contents are what `as_bytes` takes."""

    def run(*files, zone="UTC", as_of=None, hints=None) -> Upload:
        sink = MemorySink()
        paths = []
        for number, (name, content) in enumerate(files):
            path = tmp_path / f"{number}.upload"
            path.write_bytes(as_bytes(content))
            paths.append((name, path))
        return Upload(read_upload(paths, zone=zone, as_of=as_of, sink=sink, hints=hints), sink)

    return run


@pytest.fixture
def refusal(read):
    """The code a file is refused with."""

    def run(name, content, **options) -> str:
        with pytest.raises(DomainError) as caught:
            read((name, content), **options)
        return caught.value.code

    return run


def as_bytes(content) -> bytes:
    """Bytes as they are, text as UTF-8, ("zip", {name: content}) packed, anything else as JSON."""
    if isinstance(content, bytes):
        return content
    if isinstance(content, str):
        return content.encode()
    if isinstance(content, tuple):
        return _zipped(content[1])
    return json.dumps(content, ensure_ascii=False).encode()


def _zipped(members) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, as_bytes(content))
    return packed.getvalue()


@pytest.fixture
def written():
    return as_bytes
