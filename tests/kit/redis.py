"""A Redis over TCP, in a thread of the tests: the wheel of fakeredis, because no server comes as one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from fakeredis import TcpFakeServer

from tests.kit.ports import free_port


@contextmanager
def running_redis() -> Iterator[str]:
    """Its address."""
    port = free_port()
    server = TcpFakeServer(("127.0.0.1", port), server_type="redis")
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
