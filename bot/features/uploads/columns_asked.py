"""How far a person has come in telling which column is which. It is kept in the import's row between two presses."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from metrics.errors import DomainError
from storage.files.upload.notes import DateOrder, HeaderMeanings
from storage.files.upload.questions import Candidate, Columns, Order

NO_SUCH = -1  # in place of a column's position
ORDER, CONFIRM, CLEAR = "order", "confirm", "clear"  # steps after those named like what is asked for
RIGHT, ANEW = 1, 0
DAY_FIRST, MONTH_FIRST = 0, 1
_ORDERS: dict[int, DateOrder] = {DAY_FIRST: "day", MONTH_FIRST: "month"}


@dataclass(frozen=True, slots=True)
class Asking:
    """`chosen`: what was asked for -> position of its column. `before`: what was said of this header in earlier files."""

    fingerprint: str
    wanted: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    chosen: Mapping[str, int] = field(default_factory=dict)
    before: Mapping[int, str] = field(default_factory=dict)
    dates: Order | None = None
    date_order: DateOrder | None = None
    file: str = ""
    is_readable: bool = False  # the first rows were read by the answers, and shown

    @classmethod
    def about(cls, question: Columns | Order, before: HeaderMeanings | None) -> "Asking":
        if isinstance(question, Columns):
            return cls(question.fingerprint, question.wanted, question.candidates, file=question.file)
        known = before.columns if before else {}
        return cls(question.fingerprint, before=known, dates=question, file=question.file)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Asking":
        """Builds an asking: the inverse of `asdict`, through JSON."""
        return cls(
            kept["fingerprint"],
            tuple(kept["wanted"]),
            tuple(Candidate(**one) for one in kept["candidates"]),
            kept["chosen"],
            {int(position): meaning for position, meaning in kept["before"].items()},
            kept["dates"] and Order(**{"file": "", **kept["dates"]}),
            kept["date_order"],
            kept.get("file", ""),
            kept["is_readable"],
        )

    @property
    def step(self) -> str:
        """What is asked now. Without a date there is nothing more to ask: the file can't be read."""
        if self.chosen.get("date") != NO_SUCH:
            for name in self.open_names:
                return name
        if self.dates is not None and self.date_order is None:
            return ORDER
        return CONFIRM if self.wanted else CLEAR

    @property
    def open_names(self) -> tuple[str, ...]:
        """What has to be shown yet, of what any column may be."""
        return tuple(name for name in self.wanted if name not in self.chosen and self.offered(name))

    def offered(self, name: str) -> tuple[Candidate, ...]:
        taken = self.chosen.values()
        fitting = [one for one in self.candidates if one.is_date == (name == "date")]
        return tuple(one for one in fitting if one.position not in taken)

    def answered(self, choice: int) -> "Asking":
        """Returns the asking after an answer. Raises DomainError("button.stale") for what was not offered."""
        if self.step == ORDER and choice in _ORDERS:
            return replace(self, date_order=_ORDERS[choice])
        if choice not in (NO_SUCH, *(one.position for one in self.offered(self.step))):
            raise DomainError("button.stale")
        return replace(self, chosen={**self.chosen, self.step: choice})

    def anew(self) -> "Asking":
        return replace(self, chosen={}, dates=None, date_order=None, is_readable=False)

    def told(self) -> HeaderMeanings:
        found = {position: name for name, position in self.chosen.items() if position != NO_SUCH}
        return HeaderMeanings({**self.before, **found}, self.date_order)

    def title_of(self, name: str) -> str | None:
        position = self.chosen.get(name)
        return next((one.title for one in self.candidates if one.position == position), None)
