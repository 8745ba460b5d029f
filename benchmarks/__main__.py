"""`python -m benchmarks`: run the registered measurements and print a line for each."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence

from benchmarks.measure import Measurement
from benchmarks.registry import QUICK, SLOW


def main(arguments: Sequence[str] | None = None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    chosen = {**QUICK, **SLOW} if options.names else SLOW if options.soak else QUICK
    if unknown := set(options.names) - set(chosen):
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    missed = _run([measure for name, measure in chosen.items() if not options.names or name in options.names])
    return 1 if options.check and missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure, each value beside its floor."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join([*QUICK, *SLOW])}")
    parser.add_argument("--check", action="store_true", help="exit 1 when a target is missed")
    parser.add_argument("--soak", action="store_true", help="the slow ones instead of the quick ones")
    return parser


def _run(measures: Sequence[Callable[[], Iterator[Measurement]]]) -> int:
    """Print each line as it is known; how many targets were missed."""
    missed = 0
    for measure in measures:
        for measurement in measure():
            print(measurement, flush=True)
            missed += not measurement.is_met
    return missed


if __name__ == "__main__":
    sys.exit(main())
