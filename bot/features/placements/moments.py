"""When a bought post is to come out, found in a line beside its price: «15 октября», «15.10 18:00», «в субботу в 12», “tomorrow 6pm”."""

import re
from datetime import datetime, timedelta

from bot.core.parsing.calendar_days import COMING, MONTH
from bot.core.parsing.moments import read_moment
from bot.core.parsing.spans import ON_WEEKDAY
from metrics.errors import DomainError

_MONTH = rf"(?:{MONTH})[^\W\d]*\.?"  # «нояб.», “Sept”
# What may stand behind digits that are money or a count, not a day.
_NO_AMOUNT = r"(?!\d|[.,]\d|\s*(?:[₽$€£%]|руб|р\b|тыс|млн|[kкmм]\b))"
_DAY = re.compile(
    rf"\b(?:{COMING}|{ON_WEEKDAY})\b"
    r"|(?<![\d.,/$€£₽])(?:20\d\d-\d\d-\d\d"
    rf"|\d{{1,2}}(?:-?(?:го|е|st|nd|rd|th))?\s+{_MONTH}(?:\s+20\d\d)?"
    rf"|(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])(?:\.(?:20\d\d|\d\d))?){_NO_AMOUNT}"
    rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+20\d\d)?{_NO_AMOUNT}",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:\b(?:в|к|at)\s+)?(?<![\d.,:/])(?:[01]?\d|2[0-3])(?::[0-5]\d(?:\s*[ap]\.?m\b\.?)?|\s*[ap]\.?m\b\.?)(?:\s*(?:мск|msk)\b)?",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"\s*,?\s*(?:в|к|at)\s+(?:[01]?\d|2[0-3])(?![\d:.,/])(?!\s*(?:[ap]\.?m|[₽$€]|тыс|[kк]\b))", re.IGNORECASE
)
_ZONE = re.compile(r"\s*(?:мск|msk)\b", re.IGNORECASE)
FAR = timedelta(days=300)  # a day without its year that lies further off was meant of the year that passed


def split_moment(text: str, now: datetime) -> tuple[str, datetime | None]:
    """Returns the line without its moment, and the moment; None where it holds none.

    Raises DomainError("placement.no_moment") for a day that does not exist.
    """
    day = _DAY.search(text)
    said, clock = "", None
    if day is not None:
        said = day[0]
        hour = _HOUR.match(text, day.end())
        end = hour.end() if hour else day.end()
        clock = hour[0].strip(" ,") if hour else None
        text = f"{text[: day.start()]} ; {text[end:]}"
    if clock is None and (found := _CLOCK.search(text)):
        clock = _ZONE.sub("", found[0])
        text = f"{text[: found.start()]} ; {text[found.end() :]}"
    if day is None and clock is None:
        return text, None
    said = " ".join(said.rstrip(".").replace("the ", "").split()).casefold()
    moment = read_moment(f"{said} {clock or ''}", now)
    if moment is None:
        raise DomainError("placement.no_moment")
    return text, moment


def require_coming(moment: datetime, text: str, now: datetime) -> datetime:
    """Returns the moment. Raises DomainError("placement.planned_past") for one that has passed, or was meant of last year."""
    is_dated = re.search(r"20\d\d|\d[./]\d{1,2}[./]\d\d", text) is not None
    if moment <= now or (not is_dated and moment - now > FAR):
        raise DomainError("placement.planned_past")
    return moment
