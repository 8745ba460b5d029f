"""What was asked and answered on the way of one upload, as the row of its import keeps it between two updates."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from bot.features.uploads.columns_asked import Asking
from bot.features.uploads.left_out import LeftOut
from storage.workspace.imports import Import

ALL_CHATS = -1
NEW_CHANNEL = 0  # in place of a channel's id: one named after the file
FilesAre = Literal["own", "one", "pick"]  # a channel each; one channel; to be told file by file


@dataclass(frozen=True, slots=True)
class Answers:
    """`chat`: which of an account's export, by its place, or ALL_CHATS. `into`: key of a part that names no channel -> a
    channel's id, NEW_CHANNEL, or -1 - n for the n-th channel of the same upload. `said`: the words of the step where it
    stands were shown. `asked`: so was the question about subscribers, which is kept before it is shown.
    """

    files: FilesAre | None = None
    chat: int | None = None
    into: Mapping[str, int] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    asking: Asking | None = None
    fingerprint: str = ""  # of the header whose rows are asked about
    said: bool = False
    asked: bool = False

    @classmethod
    def of(cls, upload: Import) -> "Answers":
        kept = upload.dialogue or {}
        asking = kept.get("asking")
        return cls(
            kept.get("files"),
            kept.get("chat"),
            kept.get("into", {}),
            tuple(LeftOut(**one) for one in kept.get("left_out", ())),
            Asking.of(asking) if asking else None,
            kept.get("fingerprint", ""),
            kept.get("said", False),
            kept.get("asked", kept.get("said", False)),
        )

    def as_kept(self) -> dict[str, Any]:
        return asdict(self)
