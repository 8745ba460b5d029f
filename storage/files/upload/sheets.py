"""Sheets of one workbook: months of one channel, kinds of its posts, or a channel each, called by its name."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from storage.files.formats.kinds import Part, channel
from storage.files.tables.channel_names import may_be_channel
from storage.files.tables.two_row_headers import network_of
from storage.files.upload.notes import Notes
from storage.files.upload.understood import FoundChannel


class Sheet(NamedTuple):
    name: str
    parts: list[Part]


def name_channels_of_sheets(sheets: Sequence[Sheet], notes: Notes) -> None:
    """Gives the posts of each sheet to a channel, or a network, called like it.

    It does so where sheets of posts run side by side in time.
    """
    held = [sheet for sheet in sheets if any(len(part.columns) for part in sheet.parts)]
    if len(held) < 2 or any(part.channel.key for sheet in held for part in sheet.parts):
        return
    if not all(may_be_channel(sheet.name) for sheet in held) or not _run_side_by_side(held):
        return
    for sheet in held:
        for part in sheet.parts:
            part.channel = _channel_of(sheet.name, part.channel.platform)
    notes.warn("channels_by_sheets", sheets=", ".join(sheet.name for sheet in held))


def _run_side_by_side(sheets: Sequence[Sheet]) -> bool:
    """Tells whether two sheets share half of their days: those of one channel follow each other."""
    spans = sorted(
        (min(moments), max(moments))
        for sheet in sheets
        if (moments := [at for part in sheet.parts for at in part.columns.column("published_at") if at])
    )
    return any(
        (min(earlier[1], later[1]) - later[0]) * 2 > min(earlier[1] - earlier[0], later[1] - later[0])
        for earlier, later in pairwise(spans)
    )


def _channel_of(name: str, platform: str) -> FoundChannel:
    network = network_of(name)
    if network is None:
        return channel(platform, name=name)
    return FoundChannel(f"{network}:", network, None, None, None)
