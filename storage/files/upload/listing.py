"""`Understood` as the JSON that `otklik read --json` prints."""

from datetime import UTC, datetime
from typing import Any

from storage.files.upload.understood import ChannelContents, FileWarning, SkippedRows, Understood


def describe(understood: Understood) -> dict[str, Any]:
    """Returns {files, channels, skipped, warnings, columns}; moments are ISO in UTC with the offset."""
    return {
        "files": [
            {"path": file.path, "format": file.format, "reason": file.reason, "moment": _moment(file.moment)}
            for file in understood.files
        ],
        "channels": [_describe_channel(contents) for contents in understood.channels],
        "skipped": [_describe_skipped(skipped) for skipped in understood.skipped],
        "warnings": [_describe_warning(warned) for warned in understood.warnings],
        "columns": [
            {"file": use.file, "title": use.title, "meaning": use.meaning, "left_aside": use.aside}
            for use in understood.columns
        ],
    }


def _describe_channel(contents: ChannelContents) -> dict[str, Any]:
    return {
        "name": contents.channel.name,
        "handle": contents.channel.handle,
        "platform": contents.channel.platform,
        "posts": contents.posts,
        "forwarded": contents.forwarded,
        "first": _moment(contents.first),
        "last": _moment(contents.last),
        "fields": dict(contents.fields),
        "totals": dict(contents.totals),
        "approximate": contents.approximate,
    }


def _moment(at: int | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat()


def _describe_skipped(skipped: SkippedRows) -> dict[str, Any]:
    return {"reason": skipped.reason, "count": skipped.count, "example_row": skipped.example_row}


def _describe_warning(warned: FileWarning) -> dict[str, Any]:
    return {"code": warned.code, "params": dict(warned.params)}
