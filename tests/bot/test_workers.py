"""What breaks: a hung or dead worker that takes others with it, an answer that waits behind a queue of summaries.

The calls are of modules that a fresh process can import by name.
"""

import asyncio
import importlib
import os
import signal
import sys
import time

import psutil
import pytest

from bot.core.parsing import periods
from bot.core.warm import ready
from bot.core.workers import Lane, WorkerDiedError, WorkerMemoryError, Workers, WorkerTimeoutError
from metrics.errors import DomainError


@pytest.fixture(scope="module")
def deaths() -> list[str]:
    """What `one_worker` told of its workers."""
    return []


@pytest.fixture(scope="module")
def one_worker(deaths):
    pool = Workers(count=1, timeout_s=20, memory_mb=256, on_death=deaths.append)
    pool.start()
    yield pool
    pool.end(timeout_s=0)


async def test_a_call_gives_what_the_function_gives(workers):
    assert await workers.run(sorted, [3, 1, 2]) == [1, 2, 3]


async def test_a_persons_mistake_crosses_whole(workers):
    with pytest.raises(DomainError) as caught:
        await workers.run(periods.from_code, "never")
    assert (caught.value.code, caught.value.params) == ("period.unknown", {"text": "never"})


async def test_a_call_that_takes_too_long_is_ended_and_its_worker_replaced(one_worker, deaths):
    with pytest.raises(WorkerTimeoutError, match="sleep"):
        await one_worker.run(time.sleep, 60, timeout_s=0.2)
    assert await one_worker.run(len, "abc") == 3
    assert deaths.pop() == "timeout"


async def test_a_worker_that_dies_in_a_call_is_replaced(one_worker, deaths):
    with pytest.raises(WorkerDiedError):
        await one_worker.run(os._exit, 3)
    assert await one_worker.run(len, "abc") == 3
    assert deaths.pop() == "died"


async def test_a_worker_that_died_idle_costs_no_answer(one_worker, deaths):
    pid = await one_worker.run(ready)
    os.kill(pid, signal.SIGKILL)
    assert await one_worker.run(ready) != pid
    # Where the pool has not seen it yet, the call is what finds it.
    assert deaths in ([], ["idle"])


async def test_a_neighbour_goes_on_while_a_worker_dies(workers):
    # Long enough for the other worker's death to be noticed and mended.
    going_on = asyncio.ensure_future(workers.run(eval, "__import__('time').sleep(0.4) or 'done'"))
    with pytest.raises(WorkerDiedError):
        await workers.run(os._exit, 3)
    assert await going_on == "done"


async def test_a_call_that_wants_too_much_memory_is_refused_and_the_worker_lives(one_worker):
    pid = await one_worker.run(ready)
    wanted = 2**30 if sys.platform == "linux" else 2**62  # elsewhere the system itself is the only cap
    with pytest.raises(WorkerMemoryError):
        await one_worker.run(bytes, wanted)
    assert await one_worker.run(ready) == pid


async def test_an_interactive_call_overtakes_background_ones(one_worker):
    order: list[str] = []

    async def call(name: str, lane: Lane) -> None:
        await one_worker.run(len, name, lane=lane)
        order.append(name)

    calls = [
        call("first", Lane.BACKGROUND),
        call("summary", Lane.BACKGROUND),
        call("answer", Lane.INTERACTIVE),
    ]
    await asyncio.gather(*calls)
    assert order == ["first", "answer", "summary"]


@pytest.mark.parametrize("pool", ["one_worker", "workers"])
async def test_files_in_bulk_leave_one_worker_to_answers(pool, request):
    """All of the workers taken by files would keep every answer for as long as a file may take."""
    order: list[str] = []
    workers = request.getfixturevalue(pool)

    async def call(name: str, seconds: float, lane: Lane) -> None:
        await workers.run(time.sleep, seconds, lane=lane)
        order.append(name)

    await workers.run(ready)
    files = [asyncio.ensure_future(call("file", 1.0, Lane.BULK)) for _ in range(3)]
    await asyncio.sleep(0)
    await asyncio.gather(call("answer", 0, Lane.INTERACTIVE), call("summary", 0, Lane.BACKGROUND))
    assert sorted(order) == ["answer", "summary"]
    await asyncio.gather(*files)
    assert order.count("file") == 3


async def test_a_cancelled_call_frees_its_worker(one_worker):
    call = asyncio.ensure_future(one_worker.run(time.sleep, 60))
    waiting = asyncio.ensure_future(one_worker.run(len, "abc"))
    behind = asyncio.ensure_future(one_worker.run(len, "abcd"))
    await asyncio.sleep(0)
    waiting.cancel()
    call.cancel()
    assert await behind == 4


async def test_workers_are_warm_have_one_thread_and_never_import_aiogram(workers):
    modules = set(await workers.run(eval, "[n for n, m in __import__('sys').modules.items() if m]"))
    assert {"pandas", "matplotlib.figure", "bot.core.charts", "storage.files"} <= modules
    assert not {name for name in modules if name.split(".")[0] in {"aiogram", "aiohttp"}}
    assert await workers.run(os.getenv, "OPENBLAS_NUM_THREADS") == "1"
    with pytest.raises(ImportError):
        await workers.run(importlib.import_module, "aiogram")


async def test_closing_lets_a_call_finish_and_leaves_no_process():
    pool = Workers(count=1, timeout_s=20, memory_mb=256)
    pid = await pool.run(ready)
    call = asyncio.ensure_future(pool.run(eval, "__import__('time').sleep(0.3) or 'done'"))
    await asyncio.sleep(0)
    await pool.close(timeout_s=10)
    assert await call == "done"
    assert not psutil.pid_exists(pid)
