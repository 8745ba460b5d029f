"""A Redis over TCP: the wheel of fakeredis in a process of its own, because no server comes as one.

`python -m tests.kit.redis PORT` is that process; it ends with its input.
"""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fakeredis import TcpFakeServer

from tests.kit.ports import free_port

ROOT = Path(__file__).parents[2]
READY = b"ready\n"


@contextmanager
def running_redis() -> Iterator[str]:
    """Gives its address."""
    port = free_port()
    command = [sys.executable, "-m", "tests.kit.redis", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == READY, "it ended before it listened"
        yield f"redis://127.0.0.1:{port}/0"
        process.communicate()


def _serve(port: int) -> None:
    server = TcpFakeServer(("127.0.0.1", port), server_type="redis")
    server.daemon_threads = True  # its socket listens since it was made
    sys.stdout.write(READY.decode())
    sys.stdout.flush()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
