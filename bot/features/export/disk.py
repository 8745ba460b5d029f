"""Faults of the disk that an export is written to, in words for the person who waits for it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from metrics.errors import DomainError

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def spoken_faults() -> Iterator[None]:
    """Raises DomainError("export.no_room") where the disk is full; whatever else befalls it is our fault."""
    try:
        yield
    except Exception as error:
        if _is_full(error):
            raise DomainError("export.no_room") from error
        raise


def _is_full(error: BaseException) -> bool:
    """Tells whether the disk is full.

    XlsxWriter hides the system's error: it is an argument of its own, or what that one was raised from.
    """
    causes = (error, *error.args, error.__cause__, error.__context__)
    return any(isinstance(cause, OSError) and cause.errno in FULL for cause in causes)
