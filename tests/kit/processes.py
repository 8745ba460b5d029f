"""The bot as a process of its own: started, killed, looked at from outside."""

import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

from bot import cli
from bot.__main__ import main
from bot.collection import opened
from bot.collection.exact import session
from bot.core import workers
from bot.notifications import lease
from bot.telegram.inbox import Patience
from tests.kit.bots import PAGE_EVERY_S
from tests.kit.nursery.turn import turn

ROOT = Path(__file__).parents[2]
# Of a life, before what may have killed the last one is tried again; the bot's own 8 s would be most of a test.
SUSPECT_S = 1.0
LEASE_S = (
    3  # of the one that sends, and of the one that is connected; after a kill the next life waits for its end
)


class Nursery:
    """See `nursery/__main__.py`. All processes of a run of tests have one together."""

    def __init__(self) -> None:
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
        path = Path(tempfile.gettempdir()) / f"nursery-{run}"
        self._socket = socket.socket(socket.AF_UNIX)
        with turn():
            try:
                self._socket.connect(str(path))
            except (FileNotFoundError, ConnectionRefusedError):  # there is none yet, or one was killed
                path.unlink(missing_ok=True)
                subprocess.run([sys.executable, "-m", "tests.kit.nursery", path], cwd=ROOT, check=True)
                self._socket.connect(str(path))
        self._answers = self._socket.makefile("r")
        self._turn = threading.Lock()

    def ask(self, *command: Any) -> int:
        """Returns the answer; of several threads one after another, or each might read another's."""
        with self._turn:
            self._socket.sendall((json.dumps(command) + "\n").encode())
            return int(self._answers.readline())

    def close(self) -> None:
        self._answers.close()
        self._socket.close()


@cache
def nursery() -> Nursery:
    """Returns the nursery as this process of tests asks it."""
    made = Nursery()
    atexit.register(made.close)
    return made


class Life:
    """A process that was forked, with the members of `asyncio.subprocess.Process` that tests use."""

    def __init__(self, process_id: int) -> None:
        self.pid = process_id
        self.returncode: int | None = None
        self._ended = asyncio.ensure_future(self._watch())

    async def _watch(self) -> int:
        end, loop = asyncio.Event(), asyncio.get_running_loop()
        watched = os.pidfd_open(self.pid)
        loop.add_reader(watched, end.set)
        try:
            await end.wait()
        finally:
            loop.remove_reader(watched)
            os.close(watched)
        self.returncode = nursery().ask("wait", self.pid)
        return self.returncode

    async def wait(self) -> int:
        return await asyncio.shield(self._ended)

    def send_signal(self, number: signal.Signals) -> None:
        if self.returncode is None:  # a process that was not waited for keeps its number
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    async def stop(self) -> int:
        """Tells it to stop, and returns its exit code once it has."""
        self.terminate()
        return await self.wait()


async def begin_life(
    what: str,
    *arguments: Any,
    env: Mapping[str, str],
    out: Path,
    errors: Path | None = None,
    folder: Path = ROOT,
    limits: Mapping[int, int] | None = None,
) -> Life:
    """Forks a process that calls this function ("module:function"), whose result is the exit code.

    `env` is all of its environment; what it prints is added to the files; `limits`: as `resource.setrlimit` takes them.
    """
    where = (str(folder), str(out), str(errors or out), list((limits or {}).items()))
    return Life(await asyncio.to_thread(nursery().ask, "live", what, arguments, dict(env), *where))


def shorten_waits() -> None:
    """Shortens in this process what a test would wait for: the lease of a dead process, the next page, warm workers.

    Workers begin with their first call, because most lives call none.
    """
    lease.LEASE_S = session.LEASE_S = LEASE_S
    opened.PAGE_EVERY_S = PAGE_EVERY_S
    workers.Workers.start = _begin_with_first_call
    fork_workers()


def _begin_with_first_call(_workers: workers.Workers) -> None: ...


def fork_workers() -> None:
    """Lets workers of this process, one of the nursery's, be forked where what they need is loaded.

    They are no children of it then.
    """
    forkserver._forkserver.ensure_running = lambda: None  # it runs already, as the nursery's child
    workers.START_METHOD = "forkserver"


def live(suspect_s: float, has_children: bool) -> int:
    """Is the program as it is, but for what a test would wait for."""
    if not has_children:
        shorten_waits()
    return main(patience=Patience(suspect_s=suspect_s))


@asynccontextmanager
async def life_of_bot(
    env: Mapping[str, str], log: Path, *, suspect_s: float = SUSPECT_S, has_children: bool = False
) -> AsyncIterator[Life]:
    """Gives one life with these settings above the test's own environment; what it prints is added to `log`.

    `has_children`: its workers are its own children, and it waits as the program does.
    """
    life = await begin_life(
        "tests.kit.processes:live", suspect_s, has_children, env=os.environ | env, out=log
    )
    try:
        yield life
    finally:
        life.kill()
        await life.wait()


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    errors: str


def command(*arguments: str) -> int:
    """Is `otklik` with these arguments."""
    fork_workers()
    sys.argv = ["otklik", *arguments]
    cli.main()
    return 0


async def run_otklik(
    *arguments: str, env: Mapping[str, str], folder: Path, limits: Mapping[int, int] | None = None
) -> Ran:
    """Runs the command with this environment in a folder of the test, as a terminal would, and returns what it said."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="said-") as said:
        out, errors = Path(said) / "out", Path(said) / "errors"
        life = await begin_life(
            "tests.kit.processes:command",
            *arguments,
            env=env,
            out=out,
            errors=errors,
            folder=folder,
            limits=limits,
        )
        code = await life.wait()
        return Ran(code, out.read_text("utf-8"), errors.read_text("utf-8"))


@asynccontextmanager
async def command_of_bot(env: Mapping[str, str], log: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Gives the same as `life_of_bot`, started by its command: for what concerns the start, memory and the end."""
    with log.open("ab") as printed:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", cwd=ROOT, env=os.environ | env, stdout=printed, stderr=printed
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
