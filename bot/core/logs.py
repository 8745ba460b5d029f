"""Logs, of this program and of its libraries, without secrets and without what people wrote.

Bot API addresses hold the token, and libraries put addresses into exceptions and debug lines. Redacting the finished
text, as the last step before writing, covers them all: messages, exceptions, tracebacks.

LOG_LEVEL is of this program's own loggers, which name numbers and codes. Libraries at DEBUG write out what goes through
them, such as the values of a statement or the rows of its answer: from them come warnings, whatever the level.
"""

import asyncio
import logging
import re
import sys
import threading
import traceback
from collections.abc import Sequence
from types import TracebackType
from typing import Any

import structlog

HIDDEN = "***"
_SHAPES = (
    (re.compile(r"\d{6,12}:[\w-]{30,}"), HIDDEN),
    (re.compile(r"/bot[^/\s]+/"), f"/bot{HIDDEN}/"),
    (re.compile(r"(://[^\s:/@]+:)[^\s/@]+@"), rf"\1{HIDDEN}@"),
    # pydantic quotes what does not fit: of an update, a message.
    (re.compile(r"input_value=.*?, input_type=", re.DOTALL), f"input_value={HIDDEN}, input_type="),
)
OWN = ("bot", "storage", "metrics")  # and `__main__`, which speaks through the first


def redact(text: str, secrets: Sequence[str] = ()) -> str:
    """Returns `text` without bot tokens, passwords inside addresses, and the `secrets` themselves."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    for shape, hidden in _SHAPES:
        text = shape.sub(hidden, text)
    return text


class RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    def __init__(self, *, secrets: Sequence[str], as_json: bool) -> None:
        renderer = (
            structlog.processors.JSONRenderer(ensure_ascii=False)
            if as_json
            else structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            )
        )
        steps: list[structlog.typing.Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
        if as_json:
            steps.append(structlog.processors.format_exc_info)
        super().__init__(processors=[*steps, renderer], foreign_pre_chain=_shared_steps())
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record), self._secrets)


class RedactingHandler(logging.StreamHandler[Any]):
    """Redacts also the complaint about a record that could not be written."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        self.stream.write(redact(f"a log record of {record.name} was lost\n{traceback.format_exc()}"))


def set_up_logs(level: str, *, as_json: bool, secrets: Sequence[str] = ()) -> None:
    """Sends every logger, warning and uncaught exception through one redacting handler to stderr."""
    handler = RedactingHandler(sys.stderr)
    handler.addFilter(_is_worth_a_line)
    handler.setFormatter(
        RedactingFormatter(secrets=[secret for secret in secrets if secret], as_json=as_json)
    )
    logging.basicConfig(
        handlers=[handler], level=max(logging.WARNING, logging.getLevelName(level)), force=True
    )
    for name in OWN:
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught
    sys.unraisablehook = _log_unraisable
    threading.excepthook = _log_thread_death
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared_steps(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """Tells whether a record is worth a line: a pool logs as an error that a task was told to stop in its rollback."""
    return not (record.exc_info and record.exc_info[0] is asyncio.CancelledError)


def _shared_steps() -> list[structlog.typing.Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        logging.getLogger("bot").critical("stopped by an error", exc_info=(kind, error, trace))


def _log_unraisable(event: "sys.UnraisableHookArgs") -> None:
    if event.exc_value is not None:
        logging.getLogger("bot").error(
            "%s in %r", event.err_msg or "error ignored", event.object, exc_info=event.exc_value
        )


def _log_thread_death(event: threading.ExceptHookArgs) -> None:
    if event.exc_value is not None:
        logging.getLogger("bot").error("a thread died", exc_info=event.exc_value)
