"""Pictures of messages to come: Telegram's id of one it has, or the bytes of one drawn ahead; and words made with them.

A key must name everything the picture depends on, with the `data_version` of its channels.
"""

import asyncio
import hashlib
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from storage.engine import Database
from storage.retention import DRAWN_S
from storage.workspace import pictures

_FOLDER = "pictures"


@dataclass(frozen=True, slots=True)
class Pictures:
    database: Database
    data_dir: Path

    async def find(self, workspace_id: int, key: str) -> str | bytes | None:
        """Returns Telegram's id of a picture, or its bytes; None where it has to be drawn."""
        if (file_id := await self._recall(workspace_id, key)) is not None:
            return file_id
        return await asyncio.to_thread(_read, self._path(workspace_id, key))

    async def keep(self, workspace_id: int, key: str, picture: bytes) -> None:
        """Keeps a picture that was drawn ahead, until it is sent."""
        await asyncio.to_thread(_write, self._path(workspace_id, key), picture)

    async def is_kept(self, workspace_id: int, key: str) -> bool:
        """Tells whether there is no need to draw it ahead."""
        return await self._recall(workspace_id, key) is not None or self._path(workspace_id, key).exists()

    async def keep_words(self, workspace_id: int, key: str, words: str) -> None:
        """Keeps the words to come with a picture. Their key must name what they depend on."""
        await asyncio.to_thread(_write, self._words_path(workspace_id, key), words.encode())

    async def words(self, workspace_id: int, key: str) -> str | None:
        """Takes the words, once: whoever needs them again puts them together again. None: not kept."""
        kept = await asyncio.to_thread(_take, self._words_path(workspace_id, key))
        return None if kept is None else kept.decode()

    async def drop(self, workspace_id: int, key: str) -> None:
        """Drops the bytes of a picture that Telegram has now."""
        await asyncio.to_thread(self._path(workspace_id, key).unlink, missing_ok=True)

    async def _recall(self, workspace_id: int, key: str) -> str | None:
        async with self.database.read() as conn:
            return await pictures.recall(conn, workspace_id, key)

    def _path(self, workspace_id: int, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return self.data_dir / _FOLDER / str(workspace_id) / name

    def _words_path(self, workspace_id: int, key: str) -> Path:
        return self._path(workspace_id, key).with_suffix(".html")


def forget(data_dir: Path, workspace_id: int) -> None:
    """Removes everything of a workspace that deletes everything."""
    shutil.rmtree(data_dir / _FOLDER / str(workspace_id), ignore_errors=True)


def sweep(data_dir: Path) -> None:
    """Removes what was made ahead and not sent."""
    for path in (data_dir / _FOLDER).glob("*/*"):
        if path.stat().st_mtime < time.time() - DRAWN_S:
            path.unlink(missing_ok=True)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _take(path: Path) -> bytes | None:
    content = _read(path)
    path.unlink(missing_ok=True)
    return content


def _write(path: Path, content: bytes) -> None:
    """Writes a file so that a reader never sees half of it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(content)
    unfinished.replace(path)
