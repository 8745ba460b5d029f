"""A list of posts that was pasted into the chat: cells copied from a sheet, a line a post."""

import re

LEAST_SHARE = 0.5  # of the lines; the others are titles, totals, what a text of a post goes on with
FEWEST = 3
_MONTH = r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
_DATE = re.compile(
    r"(?<![\d.])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?"
    rf"|\d{{1,2}}\s+{_MONTH}\.?|{_MONTH}\.?\s+\d{{1,2}})(?![\d.]*\d)",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\b")
_LINK = re.compile(r"\S*://\S+|\bt\.me/\S+")
_COUNT = re.compile(r"(?<![\w.,])\d+")


def is_pasted_list(text: str) -> bool:
    """Tells whether a text is lines of dates and counts, three at least, and hardly anything else."""
    lines = [line for line in text.splitlines() if line.strip()]
    counted = sum(map(_is_of_a_post, lines))
    return counted >= max(FEWEST, LEAST_SHARE * len(lines)) and not text.lstrip().startswith("/")


def _is_of_a_post(line: str) -> bool:
    rest, dates = _DATE.subn(" ", _LINK.sub(" ", line), count=1)
    return bool(dates and _COUNT.search(_TIME.sub(" ", rest)))
