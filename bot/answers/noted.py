"""What people noted: the days that a chart marks, and the words that tell what the marks are."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.core.locales import Html, Translator

SHOWN = 3  # the newest
Notes = Sequence[tuple[date, str]]  # oldest first


def noted_days(notes: Notes) -> tuple[date, ...]:
    return tuple(dict.fromkeys(day for day, _ in notes))


def noted_lines(notes: Notes, t: Translator) -> Iterator[Html]:
    """Returns the notes in a line, «📌 12 нояб — сменили аватар; …»; nothing without any."""
    if notes:
        told = [t("note.mark", date=t.date(day), text=text) for day, text in notes[-SHOWN:]]
        yield t("note.chart", notes=Html("; ".join(told)))
