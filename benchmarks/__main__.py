"""`python -m benchmarks`: run the registered measurements and print a line for each."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.measure import Measurement
from benchmarks.registry import QUICK, SLOW

RESULTS = Path(__file__).parent / "results"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    chosen = {**QUICK, **SLOW} if options.names else SLOW if options.soak else QUICK
    if unknown := set(options.names) - set(chosen):
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    measured = _run({name: chosen[name] for name in chosen if not options.names or name in options.names})
    if options.save:
        save(measured, RESULTS)
    missed = any(not one.is_met for found in measured.values() for one in found)
    return 1 if options.check and missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure, each value beside its floor."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join([*QUICK, *SLOW])}")
    parser.add_argument("--check", action="store_true", help="exit 1 when a target is missed")
    parser.add_argument("--save", action="store_true", help=f"write the values to {RESULTS.name}/")
    parser.add_argument("--soak", action="store_true", help="the slow ones instead of the quick ones")
    return parser


def _run(measures: Mapping[str, Callable[[], Iterator[Measurement]]]) -> dict[str, list[Measurement]]:
    """Print each line as it is known."""
    measured: dict[str, list[Measurement]] = {name: [] for name in measures}
    for name, measure in measures.items():
        for measurement in measure():
            print(measurement, flush=True)
            measured[name].append(measurement)
    return measured


def save(measured: Mapping[str, Sequence[Measurement]], folder: Path) -> None:
    """Saves what has facts: counts and shares, which every machine finds alike.

    Times say more about the machine.
    """
    for name, found in measured.items():
        told = [{"value": round(one.value, 3), **one.facts} for one in found if one.facts]
        if told:
            lines = ",\n".join(f"  {json.dumps(one, ensure_ascii=False)}" for one in told)
            (folder / f"{name}.json").write_text(f"[\n{lines}\n]\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
