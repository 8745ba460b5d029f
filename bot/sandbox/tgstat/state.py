"""What TGStat knows beside the channels themselves: keys with their quotas, reposts, views by the hour, troubles."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.membership import Json

DAY_S = 86_400


@dataclass(slots=True)
class Key:
    """A tariff: `channels` are those it was asked for."""

    requests_most: int = 10_000
    channels_most: int = 50
    expires_at: int = 0
    title: str = "Доступ к Stat API (тариф S)"
    has_dynamics: bool = False
    spent: int = 0
    channels: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A post of another channel that forwards a post, or mentions the channel. `is_named`: TGStat says which post."""

    kind: str
    chat_id: int
    message_id: int | None = None
    link: str
    at: int
    username: str
    title: str = ""
    members: int | None = None
    is_named: bool = True


@dataclass(slots=True)
class TgstatSide:
    """`asked`: methods and their parameters as they came, never a key."""

    keys: dict[str, Key] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    hours: dict[tuple[int, int], list[Json]] = field(default_factory=dict)
    asked: list[Json] = field(default_factory=list)
    troubles: deque[tuple[str, str]] = field(default_factory=deque)

    def refer(self, **values: Any) -> None:
        """Raises TypeError for what is no reference."""
        self.references.append(Reference(**values))
