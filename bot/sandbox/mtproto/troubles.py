"""What Telegram may do to who asks over MTProto: make wait, refuse, say less, fall silent, hang up, forget."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Kind = Literal["flood", "error", "drop", "silent", "close", "salt"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Field = Literal["views", "replies", "reactions"]
FIELDS: tuple[Field, ...] = get_args(Field)


@dataclass(slots=True)
class Trouble:
    """Describes a trouble that the next requests of a method, or of any, meet.

    "close" and "salt" are met by the next connections.
    `detail`: the seconds of a flood, or an error as Telegram names it: "400 CHANNEL_PRIVATE".
    """

    kind: Kind
    detail: str = ""
    method: str | None = None
    times: int = 1
    skip: int = 0

    @property
    def error(self) -> tuple[int, str]:
        if self.kind == "flood":
            return 420, f"FLOOD_WAIT_{self.detail or 30}"
        code, _, name = self.detail.partition(" ")
        return int(code), name


@dataclass(slots=True)
class Troubles:
    waiting: list[Trouble] = field(default_factory=list)
    hidden: set[Field] = field(default_factory=set)  # views and forwards go together, as they do at Telegram

    def add(self, kind: str, **how: Any) -> None:
        """Raises TypeError for a trouble that there is not."""
        known = next((one for one in KINDS if one == kind), None)
        if known is None:
            raise TypeError(f"unknown trouble {kind!r}")
        self.waiting.append(Trouble(known, **how))

    def hide(self, fields: Iterable[str]) -> None:
        """Hides only these from now on."""
        self.hidden = {one for one in FIELDS if one in set(fields)}

    def of_connection(self, kind: Literal["close", "salt"]) -> bool:
        return self._take(kind, None) is not None

    def of_request(self, method: str) -> Trouble | None:
        for kind in ("flood", "error", "drop", "silent"):
            if (found := self._take(kind, method)) is not None:
                return found
        return None

    def _take(self, kind: str, method: str | None) -> Trouble | None:
        for trouble in self.waiting:
            if trouble.kind != kind or (trouble.method is not None and trouble.method != method):
                continue
            if trouble.skip > 0:
                trouble.skip -= 1
                return None
            trouble.times -= 1
            if trouble.times <= 0:
                self.waiting.remove(trouble)
            return trouble
        return None
