"""How much of a stranger's file is read at all. Every cap has its refusal in `codes.py`."""

from collections.abc import Sized

from metrics.errors import DomainError

MAX_BYTES = 50 * 1024 * 1024  # of one file, and of everything a ZIP or a workbook unpacks to
MAX_MEGABYTES = MAX_BYTES // (1024 * 1024)
MAX_MEMBERS = 200
MAX_ROWS = 1_000_000
MAX_COLUMNS = 500
MAX_CELLS = 8_000_000  # of a sheet's rectangle, empty ones too: 50 MB of XML hold no more that are filled
MAX_CELL_CHARS = 131_072
MAX_COUNT = 10**15  # no counter of any platform is larger; also keeps sums inside 64 bits
MAX_CHANNELS = 50  # of one upload
MAX_TAGS = 1_500_000  # marks of a page, those that close counted; 50,000 messages of Telegram Desktop in one file have 1,350,000
MAX_NESTED_TAGS = 256  # open at once
MAX_ATTRIBUTES = 256  # of one tag
CHUNK_ROWS = 5000
EARLIEST = 946_684_800  # 2000-01-01 UTC: nothing readable here is older
LATEST = 4_102_444_800  # 2100-01-01 UTC


def check_channels(found: Sized) -> None:
    """Raises DomainError("file.too_many_channels") for more channels than one upload may bring."""
    if len(found) > MAX_CHANNELS:
        raise DomainError("file.too_many_channels", max_channels=MAX_CHANNELS)
