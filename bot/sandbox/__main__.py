"""`python -m bot.sandbox`: a sandbox alone, for a bot in another process."""

import argparse
import asyncio
import contextlib
import sys
from datetime import datetime
from pathlib import Path

from bot.sandbox.defaults import DEFAULT_PORT, DEFAULT_TOKEN
from bot.sandbox.server import Server


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="0 takes a free one")
    parser.add_argument("--token", default=DEFAULT_TOKEN, help="the token the bot comes with")
    parser.add_argument("--record", type=Path, help="append requests, answers and updates as JSON lines")
    parser.add_argument("--now", type=datetime.fromisoformat, help="stop the clock at this ISO moment")
    parser.add_argument("--enforce-limits", action="store_true", help="answer 429 beyond Telegram's rates")
    options = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run(options))


async def _run(options: argparse.Namespace) -> None:
    async with Server(
        token=options.token,
        port=options.port,
        now=options.now,
        record=options.record,
        enforce_limits=options.enforce_limits,
    ) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
