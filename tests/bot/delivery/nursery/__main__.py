"""A process that has loaded everything and forks lives of the program: each begins at once instead of after seconds.

Reads commands, a JSON list a line: ["live", role, environment, log file] is answered with the new process's id,
["wait", process id] with its exit code once it has ended.
"""

import asyncio
import json
import os
import sys

from bot.core.roles import Role
from tests.bot.delivery.child import live


def _born(role: str, environment: dict[str, str], log: str) -> int:
    if process_id := os.fork():
        return process_id
    code = 1
    try:
        for stream in (1, 2):
            os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), stream)
        os.environ.update(environment)
        asyncio.run(live(Role(role)))
        code = 0
    finally:
        os._exit(code)


def _ended(process_id: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process_id, 0)[1])


for line in sys.stdin:
    command, *arguments = json.loads(line)
    answer = {"live": _born, "wait": _ended}[command](*arguments)
    sys.stdout.write(f"{answer}\n")
    sys.stdout.flush()
