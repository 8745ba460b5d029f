"""A person's file, fetched from Telegram into a private folder that goes when the work with it is done.

The address of a file holds the token and aiohttp puts addresses into its errors, so none of them leaves this module.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Document
from aiohttp import ClientError

from bot.folders import UPLOADS, private_folder
from bot.intake.slots import lent_slot
from metrics.errors import DomainError

TIMEOUT_S = 120
log = structlog.stdlib.get_logger(__name__)


@asynccontextmanager
async def downloaded(bot: Bot, document: Document, data_dir: Path, *, limit_mb: int) -> AsyncIterator[Path]:
    """The file under a name of our own, readable by this user alone, removed afterwards.

    Raises DomainError("file.too_big", limit_mb) or ("file.not_downloaded").
    """
    if document.file_size is not None and document.file_size > limit_mb * 2**20:
        raise DomainError("file.too_big", limit_mb=limit_mb)
    async with private_folder(data_dir, UPLOADS) as folder:
        path = folder / "file"
        async with lent_slot():
            await _fetch(bot, await _address(bot, document, limit_mb), path, limit_mb)
        yield path


async def _address(bot: Bot, document: Document, limit_mb: int) -> str:
    try:
        file = await bot.get_file(document.file_id)
    except TelegramBadRequest as error:
        if "too big" in error.message:
            raise DomainError("file.too_big", limit_mb=limit_mb) from None
        raise DomainError("file.not_downloaded") from None
    if file.file_path is None:
        raise DomainError("file.not_downloaded")
    return bot.session.api.file_url(bot.token, file.file_path)


async def _fetch(bot: Bot, url: str, path: Path, limit_mb: int) -> None:
    left = limit_mb * 2**20
    try:
        with path.open("wb") as file:
            async for chunk in bot.session.stream_content(url, timeout=TIMEOUT_S):
                left -= len(chunk)
                if left < 0:
                    raise DomainError("file.too_big", limit_mb=limit_mb)
                file.write(chunk)
    except (ClientError, TimeoutError) as error:
        log.warning("a download failed", kind=type(error).__name__)
        raise DomainError("file.not_downloaded") from None
