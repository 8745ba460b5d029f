"""A Redis over TCP: the wheel of fakeredis in a process of its own, because no server comes as one.

`python -m tests.kit.redis PORT` is that process; it ends with its input.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fakeredis import TcpFakeServer

from tests.kit.ports import free_port, is_listened_on

ROOT = Path(__file__).parents[2]


@contextmanager
def running_redis() -> Iterator[str]:
    """Its address."""
    port = free_port()
    command = [sys.executable, "-m", "tests.kit.redis", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE) as process:
        while not is_listened_on(port):
            time.sleep(0.02)
        yield f"redis://127.0.0.1:{port}/0"
        process.communicate()


def _serve(port: int) -> None:
    server = TcpFakeServer(("127.0.0.1", port), server_type="redis")
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
