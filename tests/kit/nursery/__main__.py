"""A process that has loaded the bot and forks lives of it: each begins at once instead of after seconds.

Beside it stands one that has loaded what workers need, and forks theirs.

Reads commands, a JSON list a line: ["live", "module:function", arguments, environment, folder, output file, errors file,
limits] is answered with the id of the new process, ["wait", process id] with the exit code of one that ends.
"""

import gc
import json
import os
import resource
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from multiprocessing import forkserver
from typing import Any

# What every life needs is loaded here, once.
LOADED = ("bot.__main__", "bot.cli", "bot.terminal.doctor_networks")


def _live(
    what: str,
    arguments: list[Any],
    environment: Mapping[str, str],
    folder: str,
    out: str,
    errors: str,
    limits: list[tuple[int, int]],
) -> int:
    module, _, name = what.partition(":")
    life: Callable[..., int] = getattr(import_module(module), name)
    if process_id := os.fork():
        return process_id
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for stream, path in (1, out), (2, errors):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644), stream)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        for limit, most in limits:
            resource.setrlimit(limit, (most, most))
        code = life(*arguments)
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _wait(process_id: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process_id, 0)[1])


gc.disable()  # nothing of what is loaded is garbage
for name in LOADED:
    import_module(name)
gc.enable()
gc.collect()
gc.freeze()  # or every life would begin with a look through all of it
forkserver.set_forkserver_preload(["tests.kit.nursery.warm"])
forkserver.ensure_running()
for line in sys.stdin:
    command, *given = json.loads(line)
    answer = {"live": _live, "wait": _wait}[command](*given)
    sys.stdout.write(f"{answer}\n")
    sys.stdout.flush()
