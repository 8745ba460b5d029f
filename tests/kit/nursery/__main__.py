"""A process that has loaded the bot and forks lives of it: each begins at once instead of after seconds.

Beside it stands one that has loaded what workers need, and forks theirs. `python -m tests.kit.nursery SOCKET` returns
once it listens; it goes on until the last connection ends.

Reads commands, a JSON list a line: ["live", "module:function", arguments, environment, folder, output file, errors file,
limits] is answered with the id of the new process, ["wait", process id] with the exit code of one that has ended.
"""

import gc
import json
import os
import resource
import selectors
import socket
import sys
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

from tests.kit.nursery.turn import turn

# What every life needs is loaded here, once.
LOADED = ("bot.__main__", "bot.cli", "bot.terminal.doctor_networks")


class Nursery:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen()
        self._open = selectors.DefaultSelector()
        self._open.register(self._listener, selectors.EVENT_READ, self._accept)
        self._connections: set[socket.socket] = set()

    def serve(self) -> None:
        while self._path.exists():
            for key, _ in self._open.select():
                key.data()

    def _accept(self) -> None:
        connection, _ = self._listener.accept()
        self._connections.add(connection)
        self._open.register(
            connection, selectors.EVENT_READ, partial(self._answer, connection, connection.makefile("r"))
        )

    def _answer(self, connection: socket.socket, asked: Any) -> None:
        if line := asked.readline():
            command, *given = json.loads(line)
            answer = {"live": self._live, "wait": _wait}[command](*given)
            connection.sendall(f"{answer}\n".encode())
        else:
            self._open.unregister(connection)
            self._connections.discard(connection)
            connection.close()
            self._end_if_alone()

    def _end_if_alone(self) -> None:
        """Ends unless somebody has connected meanwhile: nobody connects in its turn."""
        with turn():
            is_waited_for = any(key.fileobj is self._listener for key, _ in self._open.select(timeout=0))
            if not self._connections and not is_waited_for:
                self._path.unlink()

    def _live(self, what: str, arguments: list[Any], *where: Any) -> int:
        module, _, name = what.partition(":")
        life: Callable[..., int] = getattr(import_module(module), name)
        if process_id := os.fork():
            return process_id
        code = 1
        try:
            for one in (self._listener, *self._connections):
                os.close(one.fileno())
            _settle(*where)
            code = life(*arguments)
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)


def _settle(
    environment: Mapping[str, str], folder: str, out: str, errors: str, limits: list[tuple[int, int]]
) -> None:
    """Gives this process what a started one would have."""
    for stream, path in (1, out), (2, errors):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644), stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for limit, most in limits:
        resource.setrlimit(limit, (most, most))


def _wait(process_id: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process_id, 0)[1])


gc.disable()  # nothing of what is loaded is garbage
for name in LOADED:
    import_module(name)
gc.enable()
gc.collect()
gc.freeze()  # or every life would begin with a look through all of it
made = Nursery(Path(sys.argv[1]))
if os.fork():
    os._exit(0)
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
forkserver.set_forkserver_preload(["tests.kit.nursery.warm"])
forkserver.ensure_running()
made.serve()
