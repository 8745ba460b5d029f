"""Where the messages stand in a JSON value, and small helpers that several JSON formats share."""

from collections.abc import Iterable
from typing import Any


def message_list(value: Any) -> list[dict[str, Any]]:
    """The list of objects a value is, or the largest one directly inside it, or objects by number; empty if there is none."""
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
    return []


def as_text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def as_dicts(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; none of anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def as_count(value: Any) -> int:
    return value if type(value) is int else 0


def largest(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return max(known) if known else None
