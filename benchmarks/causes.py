"""«Why did it fall?»: how often the cause that was put in is named first, and how often one is named that is not there.

Unchanged: nothing happens. Unknown: the level falls, and the data holds no reason; whatever is named is wrong.
"""

from collections.abc import Iterator
from datetime import UTC

import numpy as np

from benchmarks.caused_channels import AS_OF, KINDS, PERIOD, Made, for_no_known_reason, tables, unchanged
from benchmarks.measure import Measurement
from metrics.causes.explain import explain
from metrics.causes.found import Explanation
from metrics.scope import open_scope

CASES, UNCHANGED = 200, 200
FIRST_AT_LEAST, WRONG_AT_MOST = 80.0, 10.0  # percent


def measure() -> Iterator[Measurement]:
    right = {kind: [_names_first(kind, seed) for seed in range(number)] for kind, number in _cases().items()}
    every = [one for found in right.values() for one in found]
    shares = {kind: 100 * sum(found) / len(found) for kind, found in right.items()}
    yield Measurement(
        f"causes, put in {len(every)} times, named first",
        100 * sum(every) / len(every),
        "%",
        at_least=FIRST_AT_LEAST,
        beside=", ".join(f"{kind} {share:.0f}" for kind, share in shares.items()),
        facts={"cases": len(every), "first": shares},
    )
    for name, falls in (("unchanged", False), ("unknown", True)):
        wrong = [_names_any(seed, falls=falls) for seed in range(UNCHANGED)]
        yield Measurement(
            f"causes, channels {'that fall for a reason no data holds' if falls else 'unchanged'}, named",
            100 * sum(wrong) / len(wrong),
            "%",
            at_most=WRONG_AT_MOST,
            facts={"which": name, "cases": len(wrong)},
        )


def _cases() -> dict[str, int]:
    each, more = divmod(CASES, len(KINDS))
    return {kind: each + (place < more) for place, kind in enumerate(KINDS)}


def _names_first(kind: str, seed: int) -> bool:
    made = unchanged(np.random.default_rng([seed, list(KINDS).index(kind)]))
    KINDS[kind](made)
    found = explained(made)
    return bool(found.causes) and found.causes[0].code == kind


def _names_any(seed: int, *, falls: bool) -> bool:
    """Asks about views and ER, as a person may about either."""
    made = unchanged(np.random.default_rng([seed, 1000 + falls]))
    if falls:
        for_no_known_reason(made)
    made.metric = ("views", "er")[seed % 2] if not falls else "views"
    return bool(explained(made, is_known=falls).causes)


def explained(made: Made, *, is_known: bool = False) -> Explanation:
    posts, audience = tables(made)
    scope = open_scope(posts, audience, period=PERIOD, zone=UTC, as_of=AS_OF, platform="telegram")
    return explain(scope, posts, made.metric, made.beside, is_known=is_known)
