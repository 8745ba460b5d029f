"""Errors of the log reported to a Sentry: where it happened and of what kind, never what was said.

An event is made here, of a few fields that hold numbers and codes. Of exceptions it has types and lines of code, not their
texts, because libraries quote in them what did not fit: of an update, somebody's words. Then it is redacted as the log is.
"""

import atexit
import logging
import re
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sentry_sdk
from sentry_sdk.types import Event, Hint

from bot.core.logs import OWN, redact
from bot.core.settings import Settings
from metrics.errors import DomainError

CLOSE_S = 2.0  # for what still waits to leave when the program ends
CHAIN_MOST = 8  # exceptions behind one another
# Fields of the log that hold a number or a code of the program's own.
TOLD = (
    "id",
    "cause",
    "update",
    "delivery",
    "kind",
    "schedule",
    "job",
    "error_id",
    "slot",
    "command",
    "outcome",
)
_CODE = re.compile(r"[\w:./ -]{1,64}", re.ASCII)
_PACKAGES = re.compile(r".*?/(?:site-packages|lib/python[\d.]+)/")
_HOME = str(Path(__file__).parents[2]) + "/"


def begin(settings: Settings) -> None:
    """Sends errors of every logger from now on. Raises DomainError("sentry.no_library")."""
    if not settings.errors.is_installed():
        raise DomainError("sentry.no_library")
    assert settings.errors.sentry_dsn is not None
    handler = ReportingHandler(settings.errors.sentry_dsn.get_secret_value(), settings.secrets)
    logging.getLogger().addHandler(handler)
    atexit.register(handler.close)


class ReportingHandler(logging.Handler):
    def __init__(self, dsn: str, secrets: Sequence[str]) -> None:
        super().__init__(logging.ERROR)
        self._secrets = tuple(secrets)
        self._client = sentry_sdk.Client(
            dsn=dsn,
            before_send=self._redacted,
            server_name="otklik",
            default_integrations=False,
            auto_enabling_integrations=False,
            auto_session_tracking=False,
            send_client_reports=False,
            enable_backpressure_handling=False,
            include_local_variables=False,
            include_source_context=False,
            max_breadcrumbs=0,
        )

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.partition(".")[0] in (
            "sentry_sdk",
            "urllib3",
        ):  # their trouble would report itself for ever
            return
        try:
            self._client.capture_event(event_of(record))
        except Exception:  # noqa: BLE001 - as every handler: the program goes on
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        """Handles a failure of its own without printing the record, as logging would."""
        kind, _, _ = sys.exc_info()
        sys.stderr.write(f"an error of {record.name} was not reported: {kind.__name__ if kind else ''}\n")

    def close(self) -> None:
        self._client.close(timeout=CLOSE_S)
        super().close()

    def _redacted(self, event: Event, _hint: Hint) -> Event | None:
        clean: Event = _map_texts(event, lambda text: redact(text, self._secrets))
        return clean


def event_of(record: logging.LogRecord) -> Event:
    """Returns what is told of a line of the log."""
    own = record.msg if isinstance(record.msg, Mapping) else {}
    error = _error_of(own.get("exc_info") or record.exc_info)
    told = {name: str(own[name]) for name in TOLD if name in own and _CODE.fullmatch(str(own[name]))}
    event: Event = {
        "level": "fatal" if record.levelno >= logging.CRITICAL else "error",
        "logger": record.name,
        "timestamp": datetime.fromtimestamp(record.created, UTC),
        "logentry": {"message": _message(record, own)},
        "tags": told,
    }
    if error is not None:
        event["exception"] = {"values": [_exception(one) for one in reversed(list(_chain(error)))]}
    return event


def _message(record: logging.LogRecord, own: Mapping[str, Any]) -> str:
    """The words of this program are literals; of a library's, what stands before its values are put in."""
    if own:
        return str(own.get("event"))
    if record.name.partition(".")[0] in OWN:
        return str(record.msg)
    return str(record.msg).partition("\n")[0] if record.args else f"a line of {record.name}"


def _error_of(exc_info: Any) -> BaseException | None:
    if exc_info is True:
        return sys.exc_info()[1]
    return exc_info[1] if isinstance(exc_info, tuple) else exc_info or None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, then what it came of."""
    seen: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in seen and len(seen) < CHAIN_MOST:
        seen.append(following)
        yield following
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)


def _exception(error: BaseException) -> dict[str, Any]:
    frames = [
        {
            "filename": _path(frame.filename),
            "function": frame.name,
            "lineno": frame.lineno,
            "in_app": frame.filename.startswith(_HOME) and "site-packages" not in frame.filename,
        }
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return {
        "type": type(error).__name__,
        "module": type(error).__module__,
        "value": error.code if isinstance(error, DomainError) else "",
        "stacktrace": {"frames": frames},
    }


def _path(filename: str) -> str:
    """Without the folders of this machine, which hold a user's name."""
    return _PACKAGES.sub("", filename.removeprefix(_HOME))


def _map_texts(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _map_texts(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_map_texts(one, change) for one in value]
    return value
