"""How a channel is told from another: by its id where both sides know one, else by its handle."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

TELEGRAM_CHANNEL_BASE = -(10**12)  # a channel's chat id is this less its own id


@dataclass(frozen=True, slots=True)
class Identity:
    platform: str
    chat_id: int | None
    external_id: str | None
    handle: str | None

    @classmethod
    def of(
        cls, platform: str, chat_id: int | None, external_id: str | None, handle: str | None
    ) -> "Identity":
        """Builds an identity.

        A Telegram channel's own id is its chat id without the -100; handles are lower case without '@'.
        """
        if platform == "telegram" and external_id is not None and external_id.isdecimal():
            chat_id = chat_id if chat_id is not None else TELEGRAM_CHANNEL_BASE - int(external_id)
            external_id = None
        return cls(platform, chat_id, external_id or None, (handle or "").strip().lstrip("@").lower() or None)

    def columns(self) -> dict[str, object]:
        return {"chat_id": self.chat_id, "external_id": self.external_id, "handle": self.handle}

    def completed(self, newer: "Identity") -> "Identity":
        """Returns the identity with what the newer one knows: ids stay, a handle may have been changed."""
        return replace(
            self,
            chat_id=newer.chat_id if self.chat_id is None else self.chat_id,
            external_id=newer.external_id if self.external_id is None else self.external_id,
            handle=newer.handle or self.handle,
        )

    def differs(self, other: "Identity") -> bool:
        """Tells whether both sides know an id, and not the same one.

        Then they are two channels, whatever the handle.
        """
        return any(
            None not in pair and pair[0] != pair[1]
            for pair in ((self.chat_id, other.chat_id), (self.external_id, other.external_id))
        )

    def shares_handle(self, other: "Identity") -> bool:
        return self.handle is not None and (self.platform, self.handle) == (other.platform, other.handle)


class Identified(Protocol):
    @property
    def identity(self) -> Identity: ...


Known = TypeVar("Known", bound=Identified)


def choose(identity: Identity, among: Iterable[Known]) -> Known | None:
    """Returns the one with the same id, else with the same handle and not known to be another; or None."""
    same_platform = [known for known in among if known.identity.platform == identity.platform]
    for name in ("chat_id", "external_id"):
        wanted = getattr(identity, name)
        for known in same_platform:
            if wanted is not None and getattr(known.identity, name) == wanted:
                return known
    same_handle = (known for known in same_platform if identity.shares_handle(known.identity))
    return next((known for known in same_handle if not identity.differs(known.identity)), None)
