"""A column of subscribers beside the posts of a table: an audience, unless its numbers jump as only a gain per post does."""

from collections.abc import Sequence
from typing import Any

from storage.files.formats.kinds import Part
from storage.files.tables.daily import audience_of

_STEADY = 2  # an audience does not double from one post to another


def add_audience(
    parts: Sequence[Part], published: Sequence[int | None], cells: Sequence[Any], keys: Sequence[str] | None
) -> None:
    """`keys` tells the channel of each row; None when all rows are of the one channel."""
    for part in parts:
        rows = [row for row in range(len(cells)) if keys is None or keys[row] == part.channel.key]
        found = audience_of([published[row] for row in rows], [cells[row] for row in rows])
        counts = {reading.subscribers for reading in found}
        if not counts or min(counts) == 0 or max(counts) > _STEADY * min(counts):
            continue
        # One number in every row is the count of the day the table was made.
        newest = max(reading.observed_at for reading in found)
        part.audience = found if len(counts) > 1 else [found[0]._replace(observed_at=newest)]
