"""One id from what came to what left: every line of the log says it, and what is put into the outbox keeps it.

`u:17` is an update, `s:3` a schedule that was due, `n:5` a delivery. The line of a delivery also says its `cause`.
"""

from structlog.contextvars import bind_contextvars

from storage.workspace.deliveries import CAUSE


def begin(kind: str, number: int, cause: str | None = None) -> None:
    """Begins an id, from here on, in this task and those it starts."""
    trace = f"{kind}:{number}"
    CAUSE.set(trace)
    bind_contextvars(id=trace, **({} if cause is None else {"cause": cause}))
