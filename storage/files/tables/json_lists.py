"""Where the messages stand in a JSON value, and small helpers that several JSON formats share."""

from collections.abc import Iterable
from typing import Any

_DEEPEST = 5  # `data.user.timeline.edges`


def message_list(value: Any, depth: int = 0) -> list[dict[str, Any]]:
    """Returns the list of objects a value is, or the largest one of the outermost level that has any; empty if there is none.

    Objects by number (`{"17": {…}, "18": {…}}`) are a list of them, too.
    """
    if isinstance(value, list):
        if set(map(type, value)) == {dict}:
            return value
        return [item for item in value if isinstance(item, dict)]
    if isinstance(value, dict):
        inner = [
            item for item in value.values() if isinstance(item, list) and item and isinstance(item[0], dict)
        ]
        if inner:
            return message_list(max(inner, key=len))
        if value and all(str(key).isdigit() for key in value) and set(map(type, value.values())) == {dict}:
            return list(value.values())
        if depth < _DEEPEST:
            deeper = [message_list(item, depth + 1) for item in value.values() if isinstance(item, dict)]
            return max(deeper, key=len, default=[])
    return []


def unwrapped(objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Returns what every object holds under its one key (`{"node": {…}}`, `{"tweet": {…}}`), or the objects as they are."""
    keys = set(map(tuple, objects))
    if len(keys) != 1 or len(name := next(iter(keys))) != 1:
        return objects
    inner = [item[name[0]] for item in objects]
    return inner if set(map(type, inner)) == {dict} else objects


def as_text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def as_dicts(value: Any) -> list[dict[str, Any]]:
    """Returns the objects of a list; none of anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def as_count(value: Any) -> int:
    return value if type(value) is int else 0


def largest(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return max(known) if known else None
