"""A stranger's file in a worker: in the lane that leaves one free for answers, for as long as a file may take."""

from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

from bot.core.workers import Lane, WorkerDiedError, Workers
from metrics.errors import DomainError

FILE_S = 20.0

Args = TypeVarTuple("Args")
T = TypeVar("T")


async def read_in_bulk(workers: Workers, files: int, function: Callable[[*Args], T], *args: *Args) -> T:
    """Returns what `function` gives.

    Raises DomainError("uploads.too_heavy") where the file ended its worker; see `Workers.run`.
    """
    try:
        return await workers.run(function, *args, timeout_s=FILE_S * files, lane=Lane.BULK)
    except WorkerDiedError:
        raise DomainError("uploads.too_heavy") from None
