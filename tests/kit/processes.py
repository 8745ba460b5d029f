"""The bot as a process of its own: started, killed, looked at from outside."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def life_of_bot(env: Mapping[str, str], log: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """One life with these settings above the test's own environment; what it prints is added to `log`."""
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
