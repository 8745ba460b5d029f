"""Every measurement by name. `make bench` runs the quick ones, `make soak` the slow ones."""

from collections.abc import Callable, Iterator

from benchmarks import (
    answers,
    attack,
    audit,
    causes,
    checks,
    collection,
    delivery,
    drop_cells,
    drops,
    exact,
    exports,
    files,
    groups,
    housekeeping,
    imports,
    intervals,
    memory,
    operations,
    own,
    people,
    rates,
    replay,
    summaries,
    unchanged,
)
from benchmarks.measure import Measurement

QUICK: dict[str, Callable[[], Iterator[Measurement]]] = {
    "files": files.measure,
    "imports": imports.measure,
    "answers": answers.measure,
    "checks": checks.measure,
    "memory": memory.measure,
    "exports": exports.measure,
    "rates": rates.measure,
    "replay": replay.measure,
    "drops": drops.measure,
    "drop-cells": drop_cells.measure,
    "audit": audit.measure,
    "own": own.measure,
    "intervals": intervals.measure,
    "unchanged": unchanged.measure,
    "causes": causes.measure,
    "groups": groups.measure,
    "delivery": delivery.measure,
    "summaries": summaries.measure,
    "collection": collection.measure,
    "attack": attack.measure,
    "exact": exact.measure,
    "operations": operations.measure,
}
SLOW: dict[str, Callable[[], Iterator[Measurement]]] = {
    "files-many": files.measure_most,
    "drops-many": drops.measure_many,
    "drop-cells-many": drop_cells.measure_many,
    "delivery-many": delivery.measure_many,
    "people": people.measure,
    "growth-of-the-database": housekeeping.measure,
}
