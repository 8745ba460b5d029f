"""What a process does: everything, or one of the two halves that a large installation runs apart."""

from enum import Enum


class Role(Enum):
    ALL = "all"
    CHAT = "chat"  # answers people
    JOBS = "jobs"  # what nobody asked for: due summaries, alerts, sending

    @property
    def answers(self) -> bool:
        return self is not Role.JOBS

    @property
    def sends(self) -> bool:
        return self is not Role.CHAT

    @property
    def ticker(self) -> int:
        """Under which its ticks are recorded: whoever answers may be alive while nobody sends."""
        return 2 if self is Role.CHAT else 1
