"""Work that nobody waits for."""

from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

from bot.core.workers import Lane
from bot.notifications.services import Services

Args = TypeVarTuple("Args")
T = TypeVar("T")


async def compute(services: Services, function: Callable[[*Args], T], *args: *Args) -> T:
    """Computes in a worker, begun while nobody is being answered.

    An answer needs the processor as much as a free worker.
    """
    await services.answering.stand_aside()
    return await services.workers.run(function, *args, lane=Lane.BACKGROUND)
