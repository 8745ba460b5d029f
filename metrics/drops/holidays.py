"""Days on which a country reads less: what is asked of a fall there, «holidays?», and which days no history holds."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from metrics.drops.spans import Span

Day = tuple[int, int]  # month, day
_NEW_YEAR, _MAY = ((12, 29), (1, 10)), ((5, 1), (5, 10))

# First and last day; one that ends before it begins ends in the next year. Fixed dates only.
TABLE: Mapping[str, tuple[tuple[Day, Day], ...]] = MappingProxyType(
    {
        "RU": (_NEW_YEAR, ((2, 22), (2, 24)), ((3, 7), (3, 9)), _MAY, ((6, 11), (6, 13)), ((11, 3), (11, 5))),
        "BY": (((12, 29), (1, 8)), ((3, 7), (3, 9)), _MAY, ((7, 3), (7, 3))),
        "KZ": (((12, 29), (1, 8)), ((3, 7), (3, 9)), ((3, 20), (3, 24)), _MAY, ((12, 16), (12, 17))),
        "UA": (((12, 24), (1, 8)), ((3, 8), (3, 8)), ((8, 24), (8, 24))),
        "UZ": (((12, 30), (1, 5)), ((3, 8), (3, 8)), ((3, 20), (3, 23)), ((9, 1), (9, 1))),
        "AM": (((12, 30), (1, 7)), ((5, 8), (5, 9))),
        "GE": (((12, 30), (1, 8)), ((5, 8), (5, 12))),
        "US": (((12, 23), (1, 2)), ((7, 3), (7, 5))),
        "GB": (((12, 23), (1, 2)),),
        "DE": (((12, 23), (1, 2)), ((5, 1), (5, 1)), ((10, 3), (10, 3))),
    }
)
NO_COUNTRY = "none"  # a person's word that there are no holidays to think of


def holidays(country: str | None, first_year: int, last_year: int) -> tuple[Span, ...]:
    """Returns the holidays that begin in these years, oldest first.

    There are none for a country that the table lacks.
    """
    spans = [
        Span(date(year, *begins).toordinal(), date(year + (ends < begins), *ends).toordinal())
        for year in range(first_year, last_year + 1)
        for begins, ends in TABLE.get(country or "", ())
    ]
    return tuple(sorted(spans, key=lambda span: span.first))
