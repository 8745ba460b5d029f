"""One process that answers over one SQLite file: it knows nothing of what another would do beside it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from metrics.errors import DomainError


@contextmanager
def alone_over(database: Path) -> Iterator[None]:
    """Keeps other processes from answering over the file within the block. Raises DomainError("replicas.same_file").

    The hold is a lock of the system on a file beside it: it ends with the process, whatever ended that.
    """
    hold = os.open(database.with_name(f"{database.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(hold)
        raise DomainError("replicas.same_file", path=str(database)) from None
    try:
        yield
    finally:
        os.close(hold)
