"""Uploaded bytes by file_id: in memory up to a cap, in a temporary folder beyond it."""

import hashlib
import mimetypes
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from bot.sandbox.images import image_size
from bot.sandbox.limits import PHOTO_BYTES, PHOTO_RATIO, PHOTO_SIDES, bad_request

MEMORY_BYTES = 256 << 20
# Telegram's own steps: longest side in pixels of the smaller copies it lists.
COPIES = (("s", 90), ("m", 320), ("x", 800))


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came over the wire."""

    name: str
    data: bytes
    mime: str | None = None


@dataclass(slots=True)
class StoredFile:
    file_id: str
    unique_id: str
    path: str
    name: str
    mime: str
    size: int
    photo: tuple[int, int] | None
    data: bytes | None

    def as_photo(self) -> list[dict[str, Any]]:
        """Returns PhotoSize objects, smallest first. Every copy serves the same bytes."""
        width, height = self.photo or (0, 0)
        longest = max(width, height)
        sizes = [
            self._photo_size(letter, max(1, width * side // longest), max(1, height * side // longest))
            for letter, side in COPIES
            if side < longest
        ]
        return [*sizes, self._photo_size("", width, height)]

    def _photo_size(self, copy: str, width: int, height: int) -> dict[str, Any]:
        longest = max(self.photo or (1, 1))
        share = (max(width, height) / longest) ** 2
        return {
            "file_id": self.file_id + copy,
            "file_unique_id": self.unique_id + copy,
            "file_size": self.size if not copy else max(1, int(self.size * share)),
            "width": width,
            "height": height,
        }

    def as_document(self) -> dict[str, Any]:
        return {
            "file_name": self.name,
            "mime_type": self.mime,
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
        }


class Files:
    """Every file of one sandbox; ids follow the order of arrival."""

    def __init__(self, memory_bytes: int = MEMORY_BYTES) -> None:
        self._files: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._memory_left = memory_bytes
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def add_photo(self, upload: Upload) -> StoredFile:
        """Keeps a photo. Raises ApiError for what Telegram does not take as a photo."""
        size = len(upload.data)
        if size > PHOTO_BYTES:
            raise bad_request(
                f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes"
            )
        sides = image_size(upload.data)
        if sides is None or not all(sides):
            raise bad_request("IMAGE_PROCESS_FAILED")
        if sum(sides) > PHOTO_SIDES or max(sides) > PHOTO_RATIO * min(sides):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return self._add(upload, "AgACAgIAAxkD", "photos", sides)

    def add_document(self, upload: Upload, *, may_be_empty: bool = False) -> StoredFile:
        """Keeps a document. Raises ApiError for a bot's empty file; some clients let a person send one."""
        if not upload.data and not may_be_empty:
            raise bad_request("file must be non-empty")
        return self._add(upload, "BQACAgIAAxkD", "documents", None)

    def get(self, file_id: str) -> StoredFile | None:
        return self._files.get(file_id) or self._files.get(file_id[:-1])

    def at_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def read(self, file: StoredFile) -> bytes:
        if file.data is not None:
            return file.data
        return self._spooled(file).read_bytes()

    def _add(self, upload: Upload, prefix: str, folder: str, sides: tuple[int, int] | None) -> StoredFile:
        number = len(self._files) + 1
        suffix = ".jpg" if sides else PurePath(upload.name).suffix.lower()
        file = StoredFile(
            file_id=f"{prefix}{number:08d}",
            unique_id=f"AQAD{hashlib.sha256(upload.data).hexdigest()[:12]}",
            path=f"{folder}/file_{number}{suffix}",
            name=PurePath(upload.name).name or "file",
            mime=upload.mime or mimetypes.guess_type(upload.name)[0] or "application/octet-stream",
            size=len(upload.data),
            photo=sides,
            data=upload.data,
        )
        self._keep(file)
        self._files[file.file_id] = file
        self._by_path[file.path] = file
        return file

    def _keep(self, file: StoredFile) -> None:
        if file.size <= self._memory_left:
            self._memory_left -= file.size
            return
        self._spooled(file).write_bytes(file.data or b"")
        file.data = None

    def _spooled(self, file: StoredFile) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="otklik-sandbox-")
        return Path(self._folder.name) / file.file_id
