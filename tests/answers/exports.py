"""Exports of channels that a test makes up: rows spooled as the bot spools them, files as the worker makes them."""

import os
import resource
import signal
from collections.abc import Sequence
from pathlib import Path

from bot.features.export.compute import build_export
from bot.features.export.request import AUDIENCE, POSTS, READINGS, ExportFile, ExportRequest
from metrics.errors import DomainError
from metrics.posts import AudienceReading, Post
from storage.files.upload.spool import SpoolSink
from storage.workspace.post_columns import PostColumns

AS_OF = 1_764_000_000  # 24 November 2025, 19:00 in Moscow
ZONE = "Europe/Moscow"


def a_request(
    folder: Path,
    posts: Sequence[Post],
    *,
    language: str = "ru",
    file_format: str = "xlsx",
    readings: Sequence[Post] | None = None,
    audience: Sequence[AudienceReading] = (),
    **how,
) -> ExportRequest:
    """`folder` is empty."""
    read = posts if readings is None else readings
    for name, rows in ((POSTS, posts), (READINGS, read)):
        SpoolSink(folder / name).take_posts(name, PostColumns.of(rows))
    SpoolSink(folder / AUDIENCE).take_audience(AUDIENCE, audience)
    fixed = {"title": "Кофе и код", "platform": "telegram", "zone": ZONE, "as_of": AS_OF}
    counts = {"posts": len(posts), "readings": len(read), "all_readings": len(read)}
    return ExportRequest(
        **{**fixed, **counts, "audience": len(audience), **how},
        language=language,
        format=file_format,
        folder=folder,
    )


def an_export(folder: Path, posts: Sequence[Post], **how) -> list[ExportFile]:
    return build_export(a_request(folder, posts, **how))


def a_post(number: int, **facts) -> Post:
    """A post an hour, the first of them eight weeks before AS_OF."""
    at = AS_OF - 8 * 7 * 86_400 + number * 3600
    usual = {
        **dict.fromkeys(Post._fields),
        "external_id": str(number + 1),
        "published_at": at,
        "observed_at": AS_OF,
        "observed_exact": True,
        "time_known": True,
        "is_ad": False,
        "is_forwarded": False,
        "title": f"пост {number + 1}",
        "views": 1000,
        "reactions": 40,
        "comments": 5,
        "forwards": 9,
    }
    return Post(**{**usual, **facts})


def refusal_with_room_for(file_bytes: int, request: ExportRequest) -> str | None:
    """In a process of its own, which may write no larger file from then on."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    try:
        build_export(request)
    except DomainError as error:
        return error.code
    return None


def dies(_request: ExportRequest) -> None:
    """In the place of `build`, as the two below are."""
    os.kill(os.getpid(), signal.SIGKILL)


def asks_for_too_much(_request: ExportRequest) -> bytes:
    return bytes(1 << 40)


def never_ends(_request: ExportRequest) -> None:
    signal.pause()
