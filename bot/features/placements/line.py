"""What a person says of a bought post, in one line or piece by piece: link, price, format, promised views, the day it
comes out, an own address that it leads to.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.parsing.amounts import Amount, read_several
from bot.features.placements.moments import require_coming, split_moment
from metrics.errors import DomainError

_LINK = re.compile(
    r"(?:https?://)?(?:www\.)?(?:t|telegram)\.me/(?:s/)?"
    r"(?:c/(?P<chat>\d{5,15})|(?P<invite>\+[\w-]+|joinchat/[\w-]+)|(?P<name>[A-Za-z]\w{3,31}))"
    r"(?:/(?P<post>\d{1,12}))?(?:/\d{1,12})?/?(?:\?\S*)?(?=[\s,;]|$)"
    r"|@(?P<at>[A-Za-z]\w{3,31})(?:/(?P<at_post>\d{1,12}))?\b",
    re.ASCII,
)
_FORMAT = re.compile(
    r"(?<![\d/.,])(\d{1,3})\s*/\s*(\d{1,4}|∞|навсегда|бессрочно|без\s+удаления|forever)(?![\d/])",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\b(?:цена|стоимость|прайс|бюджет|формат|обеща(?:л[аи]?|ет|ют|н[оы]?)|выход(?:ит)?|выйдет|дата|goes live|date|просмотр(?:ов|а|ы)?|охват|price|cost|budget|format|promised|promises|views?|reach)\b:?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"https?://(?!(?:www\.)?(?:t|telegram)\.me/)[^\s<>\"]+\.[^\s<>\"]+|https?://t\.me/\S+|t\.me/\S+"
)
_ARROW = re.compile(r"(?:->|→|=>|(?<!\S)(?:на|ведет на|ведёт на|leads to|to)(?=\s*;))")
_NOTHING = re.compile(
    r"\s*(?:[-—–]|нет|не\s+обещал[иа]?|не\s+знаю|пропустить|no|none|skip)\s*\.?\s*", re.IGNORECASE
)
MOST_VIEWS = 10**12
MOST_ADDRESS = 300


@dataclass(frozen=True, slots=True)
class Draft:
    handle: str | None = None  # None with `is_named`: a private channel
    link: str | None = None  # of the post
    post_number: int | None = None
    is_named: bool = False
    price: float | None = None
    currency: str | None = None  # of the price, as it was typed
    hours_on_top: int | None = None
    hours_in_feed: int | None = None
    has_format: bool = False
    promised_views: int | None = None
    has_terms: bool = False  # format and views were told, or will not be
    came_out_at: int | None = None  # where the post itself was forwarded
    planned_at: int | None = None  # when it is to come out
    advertised: int | None = None  # the chat's channel it is for
    own_link: str | None = None  # in place of a channel: an address that the post leads to
    asks: str | None = None  # the field that the next answer is for, where one was chosen
    form: int | None = None  # the message that shows it

    @property
    def lacks(self) -> str | None:
        """What is asked for next."""
        if not self.is_named:
            return "link"
        if self.price is None:
            return "price"
        return None if self.has_terms or self.promised_views is not None else "terms"


def read_line(text: str, draft: Draft | None = None, now: datetime | None = None) -> Draft:
    """Reads a line: `draft` with what the text adds to it. `now` in the zone of the chat; None: no moment is looked for.

    Raises what `read_amounts` raises, DomainError("placement.no_link") for a beginning without a channel,
    ("placement.negative") for a price or views that can't be, ("placement.planned_past"), ("placement.no_moment").
    """
    draft = draft or Draft()
    if draft.lacks == "terms" and says_nothing(text):
        return replace(draft, has_terms=True)
    draft, text = _with_address(draft, text)
    named = _LINK.search(text)
    if named is None and not draft.is_named:
        raise DomainError("placement.no_link")
    if named is not None:
        draft, text = _with_link(draft, named), f"{text[: named.start()]} ; {text[named.end() :]}"
    if (told := _FORMAT.search(text)) is not None:
        draft = _with_format(draft, told)
        text = f"{text[: told.start()]} ; {text[told.end() :]}"
    if now is not None:
        draft, text = _with_moment(draft, text, now)
    return _with_amounts(draft, _ARROW.sub(" ; ", _NOISE.sub(" ", text)))


def read_address(text: str) -> str:
    """Returns an address of one's own. Raises DomainError("placement.no_address") where the text is none."""
    found = _ADDRESS.fullmatch(text.strip())
    if found is None or len(found[0]) > MOST_ADDRESS:
        raise DomainError("placement.no_address")
    return found[0] if found[0].startswith("http") else f"https://{found[0]}"


def read_post(text: str) -> tuple[str | None, int, str]:
    """Returns handle, number and address of a post.

    Raises DomainError("placement.no_post") where the text names none.
    """
    named = _LINK.search(text)
    draft = _with_link(Draft(), named) if named else Draft()
    if draft.link is None or draft.post_number is None:
        raise DomainError("placement.no_post")
    return draft.handle, draft.post_number, draft.link


def says_nothing(text: str) -> bool:
    return _NOTHING.fullmatch(text) is not None


def read_one_or_two(text: str) -> list[Amount]:
    """Reads «15 000» as one amount, «15000 20000» as two. Raises what `read_several` raises."""
    try:
        return read_several(text, {1})
    except DomainError:
        return read_several(text, {1, 2})


def read_revenue(text: str, currency: str | None) -> tuple[float, float | None]:
    """Returns revenue and, where it was told, the margin in percent. `currency`: that of the price.

    Raises what `read_several` raises, DomainError("placement.negative"), ("placement.percent"), ("money.currencies") for
    another currency than the price's, ("placement.margin_unclear") where 0.6 may be 60 % as well as 0.6 %.
    """
    revenue, *rest = read_one_or_two(text)
    if revenue.value < 0:
        raise DomainError("placement.negative")
    if currency and revenue.currency and revenue.currency != currency:
        raise DomainError("money.currencies", first=currency, second=revenue.currency)
    if not rest:
        return revenue.value, None
    margin = rest[0]
    if not 0 <= margin.value <= 100:
        raise DomainError("placement.percent")
    if 0 < margin.value <= 1 and not margin.is_percent:
        raise DomainError(
            "placement.margin_unclear", percent=f"{100 * margin.value:g}", share=f"{margin.value:g}"
        )
    return revenue.value, margin.value


def _with_address(draft: Draft, text: str) -> tuple[Draft, str]:
    """Takes out an address that the post leads to: of a site, or a second one of Telegram behind the seller's."""
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(".,;)")
        is_second = _LINK.search(text[: found.start()]) is not None
        if len(address) <= MOST_ADDRESS and (is_second or "t.me/" not in address):
            own = address if address.startswith("http") else f"https://{address}"
            return replace(draft, own_link=own), f"{text[: found.start()]} ; {text[found.end() :]}"
    return draft, text


def _with_moment(draft: Draft, text: str, now: datetime) -> tuple[Draft, str]:
    """Takes out when the post comes out; of one that is out its page knows it."""
    rest, moment = split_moment(text, now)
    if moment is None:
        return draft, text
    if draft.link is not None:
        return draft, rest
    return replace(draft, planned_at=int(require_coming(moment, text, now).timestamp())), rest


def _with_link(draft: Draft, named: re.Match[str]) -> Draft:
    name = named["name"] or named["at"]
    number = named["post"] or named["at_post"]
    handle = name.lower() if name else None
    place = handle or (f"c/{named['chat']}" if named["chat"] else None)
    link = f"https://t.me/{place}/{number}" if place and number else None
    return replace(draft, handle=handle, link=link, post_number=int(number) if link else None, is_named=True)


def _with_format(draft: Draft, told: re.Match[str]) -> Draft:
    hours = int(told[2]) if told[2].isdecimal() else None
    return replace(draft, hours_on_top=int(told[1]), hours_in_feed=hours or None, has_format=True)


def _with_amounts(draft: Draft, text: str) -> Draft:
    rest = " ; ".join(part.strip() for part in text.split(";") if part.strip(" \t\n,."))
    amounts = read_one_or_two(rest) if rest else []
    if any(amount.value < 0 for amount in amounts):
        raise DomainError("placement.negative")
    if draft.price is None and amounts:
        price = amounts.pop(0)
        draft = replace(draft, price=price.value, currency=price.currency)
    if amounts:
        views = round(amounts.pop(0).value)
        if not 0 < views <= MOST_VIEWS:
            raise DomainError("placement.negative")
        draft = replace(draft, promised_views=views, has_terms=True)
    elif draft.has_format and draft.price is not None and not rest:
        draft = replace(draft, has_terms=True)
    if amounts:
        raise DomainError("amounts.count", count=1, given=len(amounts) + 1)
    return draft
