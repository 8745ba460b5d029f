"""How commands speak: sentences to standard error, results to standard output, refusals with exit code 2."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.answers.wording import plain
from bot.core.languages import environment_language
from bot.core.locales import LANGUAGES, Translator, translator
from metrics.errors import DomainError

REFUSED = 2


def speaker(language: str | None) -> Translator:
    """Returns the language asked for, else that of the environment. Raises DomainError("cli.language")."""
    if language is None:
        return translator(environment_language())
    if language not in LANGUAGES:
        raise DomainError("cli.language", language=language[:20])
    return translator(language)


def refuse(error: DomainError, t: Translator, *, as_json: bool) -> int:
    sentence = " ".join(plain(t(f"error.{error.code}", **error.params)).split())
    sys.stderr.write(sentence + "\n")
    if as_json:
        show_json({"error": error.code, "message": sentence})
    return REFUSED


def show_json(data: Any) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def read_zone(name: str) -> ZoneInfo:
    """Returns the zone of a name. Raises DomainError("cli.zone")."""
    try:
        return ZoneInfo(name)
    except (LookupError, OSError, ValueError):
        raise DomainError("cli.zone", zone=name[:40]) from None


def read_moment(text: str | None, zone: tzinfo) -> int | None:
    """Reads ISO 8601 as unix seconds; without an offset it is a local time of `zone`.

    Raises DomainError("cli.as_of").
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC).timestamp())
    except (ValueError, OverflowError):
        raise DomainError("cli.as_of", text=text[:40]) from None


@contextmanager
def progress(words: str) -> Iterator[None]:
    """Shows a bar while something long runs, on a terminal only."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console, transient=True
    ) as bar:
        bar.add_task(words, total=None)
        yield
