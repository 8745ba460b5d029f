"""People who ask /help while others send what is costly to read, or have strange channels looked at.

Nobody waits for the one who asked before: there is a question every fifth of a second, so a pause is met by all who ask in it.
A file is sent by a new person each time, once the last one was answered, for as long as a round of asking takes.
Before each attack comes a round with nothing else to do. The floor is the median of their p95: neither a slow moment of the
machine nor what an attack leaves to be done makes it high.
"""

import asyncio
import io
import tempfile
import time
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from benchmarks.bot import longest_write_ms, running
from benchmarks.channel import write_csv
from benchmarks.measure import Measurement, median, percentile
from bot.demo.client import Person, Sandbox
from storage.upgrade import upgrade

ASKERS, EVERY_S = 20, 0.2
SENDING_S = 3.5  # an attacker begins no other after that
AGAIN_S = 1.0  # between two beginnings at least: what is refused at once should not measure new people
CHECKING, EACH = 33, 2
CHECKS_S = 7.5  # the pages of those who are not sent away take two minutes
WITHIN_S = 120.0
AT_MOST_RATIO = 5
WRITE_AT_MOST_MS = 200
CHANNELS = 4_000
HONEST_ROWS = 100_000
COLUMNS = ATTRIBUTES = 1_000_000
PAGE_BYTES = 4_800_000
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383  # of a sheet, counted from 0: XFD1048576

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Asked:
    """What others waited while an attack went on and just before it, in milliseconds."""

    taken_ms: list[float]
    idle_ms: list[float]
    beside: str
    longest_write_ms: float


def measure() -> Iterator[Measurement]:
    attacked = asyncio.run(_attack_each())
    floor_ms = median([percentile(asked.idle_ms, 95) for asked in attacked.values()])
    for name, asked in attacked.items():
        yield Measurement(
            f"/help of others, {name}, p95",
            percentile(asked.taken_ms, 95),
            "ms",
            floor=floor_ms,
            at_most_ratio=AT_MOST_RATIO,
            beside=f"{len(asked.taken_ms)} asked, longest {max(asked.taken_ms):.0f} ms, {asked.beside}",
        )
    for name, asked in attacked.items():
        yield Measurement(
            f"longest write transaction, {name}", asked.longest_write_ms, "ms", at_most=WRITE_AT_MOST_MS
        )


async def _attack_each() -> dict[str, Asked]:
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as name:
        folder = Path(name)
        url = f"sqlite+aiosqlite:///{folder}/otklik.db"
        await asyncio.to_thread(upgrade, url)
        files = await asyncio.to_thread(_costly_files, folder)
        async with Sandbox.started() as box:
            askers = [await box.person(f"Asks {number}", language="en") for number in range(ASKERS)]
            checkers = await _checkers(box)
            async with running(box, url, folder):
                await _ask_in_turn(askers)  # everybody is known, everything is loaded
                attacked = {
                    what: await _ask_while(folder, askers, _send_again(box, sent))
                    for what, sent in files.items()
                }
                checks = f"{CHECKING} people check {EACH} channels each"
                attacked[checks] = await _ask_while(folder, askers, _check(checkers))
                return attacked


async def _ask_while(folder: Path, askers: Sequence[Person], attack: Awaitable[str]) -> Asked:
    """Asks a round before the attack, then rounds from its beginning to its end, one at least."""
    idle_ms = await _ask_in_turn(askers)
    start = time.perf_counter()
    attacking = asyncio.ensure_future(attack)
    taken_ms = await _ask_in_turn(askers)
    while not attacking.done():
        taken_ms += await _ask_in_turn(askers)
    longest_ms = longest_write_ms(folder, start, time.perf_counter())
    return Asked(taken_ms, idle_ms, await attacking, longest_ms)


async def _ask_in_turn(askers: Sequence[Person]) -> list[float]:
    return await asyncio.gather(
        *(_ask(person, after_s=number * EVERY_S) for number, person in enumerate(askers))
    )


async def _ask(person: Person, *, after_s: float) -> float:
    await asyncio.sleep(after_s)
    start = time.perf_counter()
    await person.send("/help")
    await person.wait_for_answer(timeout_s=WITHIN_S)
    return (time.perf_counter() - start) * 1000


async def _send_again(box: Sandbox, files: Files) -> str:
    """Returns what was answered, once the last attacker was."""
    end = time.perf_counter() + SENDING_S
    answers: list[str] = []
    while (begun := time.perf_counter()) < end:
        attacker = await box.person("Attacks", language="en")
        await attacker.send_files(files)
        answer = await attacker.wait_for(lambda message: message.is_edited, timeout_s=WITHIN_S)
        answers.append(answer.text)
        await asyncio.sleep(max(0.0, begun + AGAIN_S - time.perf_counter()))
    return f"sent {len(answers)} times, answered «{answers[-1].splitlines()[0][:60]}»"


async def _checkers(box: Sandbox) -> list[Person]:
    owner = await box.person("Owner")
    for number in range(CHECKING * EACH):
        channel = await box.channel(f"C{number}", owner=owner, username=f"strange_{number:03}")
        await channel.post("Hello")
    return [await box.person(f"Checks {number}", language="en") for number in range(CHECKING)]


async def _check(people: Sequence[Person]) -> str:
    """Checks all at once, each two channels that nobody else names."""
    names = [f"@strange_{number:03}" for number in range(len(people) * EACH)]
    await asyncio.gather(
        *(
            person.send(f"/check {' '.join(names[number * EACH : (number + 1) * EACH])}")
            for number, person in enumerate(people)
        )
    )
    await asyncio.sleep(CHECKS_S)
    return "all at the same moment"


def _costly_files(folder: Path) -> dict[str, Files]:
    """Returns what is sent, by what it is."""
    nested = _nested_page()
    honest = write_csv(folder / "honest.csv", HONEST_ROWS).read_bytes()
    sparse = _sparse_workbook()
    return {
        f"a CSV of {CHANNELS} channels": {"channels.csv": _csv_of_channels()},
        f"an honest CSV of {HONEST_ROWS} rows": {"honest.csv": honest},
        f"two pages of nested tags, {len(nested) / 1e6:.1f} MB each": {
            "one.html": nested,
            "two.html": nested + b" ",
        },
        f"a page of {ATTRIBUTES} attributes": {"attributes.html": _page_of_attributes()},
        f"a workbook of {len(sparse) / 1000:.1f} KB with a cell at XFD1048576": {"sparse.xlsx": sparse},
        f"a CSV of {COLUMNS} columns": {"wide.csv": _wide_csv()},
    }


def _csv_of_channels() -> bytes:
    rows = (f"2025-01-01,@channel_{number},{number + 1},100\n" for number in range(CHANNELS))
    return f"timestamp,channel,message_id,views\n{''.join(rows)}".encode()


def _nested_page() -> bytes:
    return b"<!doctype html>" + b"<div>" * (PAGE_BYTES // len(b"<div>"))


def _page_of_attributes() -> bytes:
    return f"<!doctype html><div {' '.join(f'a{number}' for number in range(ATTRIBUTES))}>".encode()


def _wide_csv() -> bytes:
    titles, values = ",".join(f"c{number}" for number in range(COLUMNS)), ",".join("1" * COLUMNS)
    return f"{titles}\n{values}\n".encode()


def _sparse_workbook() -> bytes:
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as book:
        book.add_worksheet().write(LAST_ROW, LAST_COLUMN, 1)
    return packed.getvalue()
