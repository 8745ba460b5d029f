"""What a worker does before its first call. Imported first in a new process, so it imports nothing heavy itself."""

import gc
import logging
import os
import pkgutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.core.jobs import Job

HEAVY = ("pandas", "matplotlib.figure", "matplotlib.backends.backend_agg")
ROOMS = ("metrics", "storage.files", "bot.core.charts")
FEATURES = ("bot.answers", "bot.features")  # of these what their jobs need
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def warm_up(memory_mb: int) -> None:
    """Loads what calls need, then caps the memory that one may take on top of it."""
    load()
    gc.freeze()  # what stays for good need not be looked through at every collection
    _cap_memory(memory_mb)


def load() -> None:
    """Imports what calls need, and makes any import of aiogram fail."""
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))  # read when numpy is imported
    modules: dict[str, Any] = {
        **sys.modules,
        "aiogram": None,
    }  # any import of it now fails: 4 s and 160 MB a worker
    sys.modules.update(modules)
    for name in HEAVY:
        import_module(name)
    for room in ROOMS:
        for name in _modules(room):
            _import(name)
    for room in FEATURES:
        for name in _modules(room):
            if name.rpartition(".")[2] in ("request", "jobs"):
                _import_jobs(name)


def ready() -> int:
    """Returns the process id of the worker that answers."""
    return os.getpid()


def _modules(room: str) -> Iterator[str]:
    for module in pkgutil.walk_packages(import_module(room).__path__, f"{room}."):
        yield module.name


def _import_jobs(name: str) -> None:
    """Imports what the jobs of a feature call."""
    for one in vars(import_module(name)).values():
        if isinstance(one, Job):
            _import(one.module)


def _import(name: str) -> None:
    try:
        import_module(name)
    except ImportError as error:
        logging.getLogger(__name__).warning("%s is not warm in this worker: %s", name, error)


def _cap_memory(memory_mb: int) -> None:
    """Caps the memory, on Linux only: elsewhere address space is not what a process may use."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 - Unix only

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + memory_mb * 2**20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(
        resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard)
    )
