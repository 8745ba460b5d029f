"""Write `docs/metrics.md` and `docs/metrics.ru.md` anew."""

import sys
from contextlib import redirect_stdout
from io import StringIO

from bot.terminal.report import report
from docs.build.page import EXAMPLE, NAMES, ROOT, page
from docs.build.worked import QUESTION


def answer(language: str, *, as_json: bool = False) -> str:
    """Returns what `otklik report` says of the example."""
    said = StringIO()
    with redirect_stdout(said):
        report(
            [EXAMPLE],
            subscribers=QUESTION["--subscribers"],
            period=QUESTION["--period"],
            as_of=QUESTION["--as-of"],
            zone=QUESTION["--tz"],
            language=language,
            as_json=as_json,
            png=None,
        )
    return said.getvalue()


def main() -> int:
    for language, name in NAMES.items():
        (ROOT / "docs" / name).write_text(page(language, answer(language)), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
