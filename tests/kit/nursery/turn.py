"""Whose turn it is to begin a nursery, to end it, or to connect to it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def turn() -> Iterator[None]:
    """Waits until no other process is about to do so."""
    folder = os.open(
        Path(__file__).parent, os.O_RDONLY
    )  # locked itself: a lock of its own would be left behind
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
