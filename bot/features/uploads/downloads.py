"""A person's files, fetched from Telegram once into a private folder that goes when the dialogue about them is over.

The address of a file holds the token and aiohttp puts addresses into its errors, so none of them leaves this module.
"""

import asyncio
import hashlib
import os
import shutil
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiohttp import ClientError

from bot.telegram import said
from bot.telegram.slots import lent_slot
from metrics.errors import DomainError
from storage.retention import UPLOADS_S
from storage.workspace.imports import Import

TIMEOUT_S = 120
AT_ONCE = 4  # of everybody's files
_PREFIX = "upload-"
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Downloads:
    bot: Bot
    data_dir: Path
    limit_mb: int
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def files_of(self, upload: Import) -> list[tuple[str, Path]]:
        """Returns (name as sent, path) of an import's files, readable by this user alone, in an own folder.

        Those that are there are not fetched again. Raises DomainError("file.too_big", limit_mb) or ("file.not_downloaded").
        """
        folder = self._folder(upload.id)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.utime(folder)
        paths = [folder / hashlib.sha256(file_id.encode()).hexdigest()[:24] for file_id in upload.file_ids]
        wanted = dict(zip(paths, upload.file_ids, strict=True))
        missing = [(path, file_id) for path, file_id in wanted.items() if not path.exists()]
        if missing:
            await self._fetch_all(missing, upload.created_at)
        return list(zip(upload.file_names, paths, strict=True))

    def let_all_go(self, upload_ids: Collection[int]) -> None:
        folders = {self._folder(one).name for one in upload_ids}
        for folder in self.data_dir.glob(f"{_PREFIX}*"):
            if folder.name in folders:
                shutil.rmtree(folder, ignore_errors=True)

    def let_go(self, upload_id: int) -> None:
        shutil.rmtree(self._folder(upload_id), ignore_errors=True)

    def _folder(self, upload_id: int) -> Path:
        return self.data_dir / f"{_PREFIX}{upload_id}"

    async def _fetch_all(self, missing: Sequence[tuple[Path, str]], created_at: int) -> None:
        """Fetches files side by side.

        Figures without a moment are as old as the file: the same at every reading, whenever it begins.
        """
        async with lent_slot():
            fetching = [self._fetch(path, file_id, created_at) for path, file_id in missing]
            failed = [one for one in await asyncio.gather(*fetching, return_exceptions=True) if one]
        if failed:
            raise failed[0]

    async def _fetch(self, path: Path, file_id: str, created_at: int) -> None:
        """Fetches a file, under its name only when it is whole: a crash leaves nothing that looks like it."""
        part = path.with_suffix(".part")
        async with self._places:
            await self._write(part, await self._address(file_id))
        os.utime(part, (created_at, created_at))
        part.rename(path)

    async def _address(self, file_id: str) -> str:
        try:
            file = await self.bot.get_file(file_id)
        except TelegramBadRequest as error:
            if said.says(error, said.TOO_BIG):
                raise DomainError("file.too_big", limit_mb=self.limit_mb) from None
            raise DomainError("file.not_downloaded") from None
        if file.file_path is None:
            raise DomainError("file.not_downloaded")
        return self.bot.session.api.file_url(self.bot.token, file.file_path)

    async def _write(self, path: Path, url: str) -> None:
        left = self.limit_mb * 2**20
        try:
            with path.open("wb") as file:
                async for chunk in self.bot.session.stream_content(url, timeout=TIMEOUT_S):
                    left -= len(chunk)
                    if left < 0:
                        raise DomainError("file.too_big", limit_mb=self.limit_mb)
                    file.write(chunk)
        except (ClientError, TimeoutError) as error:
            log.warning("a download failed", kind=type(error).__name__)
            raise DomainError("file.not_downloaded") from None


def sweep(data_dir: Path) -> None:
    """Removes what nobody has come back to."""
    for folder in data_dir.glob(f"{_PREFIX}*"):
        if folder.stat().st_mtime < time.time() - UPLOADS_S:
            shutil.rmtree(folder, ignore_errors=True)
