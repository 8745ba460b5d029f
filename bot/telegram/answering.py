"""Whoever asks is answered first: what nobody waits for stands aside while an answer is being made."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

STAND_ASIDE_S = 1.0  # at most, before each piece of work: on a busy bot the summaries get on as well


class Answering:
    def __init__(self) -> None:
        self._going_on = 0
        self._none = asyncio.Event()
        self._none.set()

    @contextmanager
    def one(self) -> Iterator[None]:
        self._going_on += 1
        self._none.clear()
        try:
            yield
        finally:
            self._going_on -= 1
            if not self._going_on:
                self._none.set()

    async def stand_aside(self, at_most_s: float = STAND_ASIDE_S) -> None:
        """Waits until nobody is being answered, `at_most_s` seconds at most."""
        if self._none.is_set():
            return
        try:
            await asyncio.wait_for(self._none.wait(), at_most_s)
        except TimeoutError:
            return
