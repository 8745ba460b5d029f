"""A list of JSON objects as a table: one column a key, objects one level down as `likes.count`."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from operator import itemgetter
from typing import Any

from storage.files.tables.columns import COUNTER_MEANINGS, known_titles, meaning_of
from storage.files.tables.json_lists import as_dict, as_dicts, message_list, unwrapped
from storage.files.tables.table import Table

_MOST_DIGITS = 15
_COUNTS = ("count", "total_count")
_KEY_SAMPLE = 200
_MAX_KEYS = 200
_BLOCK_OBJECTS = 1000


def table_of_objects(value: Any, limit: int | None = None) -> Table | None:
    """Returns a list of objects as a table; None if the value holds none.

    A dictionary of lists becomes one list with a `channel` column. `limit`: the first objects only, enough to
    recognise them by.
    """
    objects = unwrapped(
        (_objects_of_columns(value) or _objects_by_channel(value) or message_list(value))[:limit]
    )
    objects = _objects_of_pages(objects)[:limit]
    if not objects:
        return None
    titles: dict[str, None] = {}
    for item in objects[:_KEY_SAMPLE] + objects[-_KEY_SAMPLE:]:
        titles.update(dict.fromkeys(item))
    columns: dict[str, Sequence[Any]] = {}
    for title, cells, kinds in _columns_of(objects, list(titles)[:_MAX_KEYS]):
        columns.update(_flattened(str(title), cells, kinds))
    return Table(list(columns), list(columns.values()), range(1, len(objects) + 1))


def _columns_of(
    objects: list[dict[str, Any]], titles: list[str]
) -> Iterable[tuple[str, Sequence[Any], set[type]]]:
    """Returns title, cells and their types of each column.

    One pass where every object has every key; a pass a key where some lack some.
    """
    if len(titles) > 1:
        with suppress(KeyError):
            return _columns_of_equals(objects, titles)
    columns = ((title, [item.get(title) for item in objects]) for title in titles)
    return ((title, cells, set(map(type, cells))) for title, cells in columns)


def _columns_of_equals(
    objects: list[dict[str, Any]], titles: list[str]
) -> Iterable[tuple[str, Sequence[Any], set[type]]]:
    """Returns the columns of objects with equal keys, a block at a time. Raises KeyError.

    So cells are still in the processor's cache.
    """
    pick = itemgetter(*titles)
    found: list[tuple[str, list[Any], set[type]]] = [(title, [], set()) for title in titles]
    for start in range(0, len(objects), _BLOCK_OBJECTS):
        block = zip(*map(pick, objects[start : start + _BLOCK_OBJECTS]), strict=True)
        for (_, cells, kinds), more in zip(found, block, strict=True):
            cells.extend(more)
            kinds.update(map(type, more))
    return found


def _objects_of_columns(value: Any) -> list[dict[str, Any]]:
    """Returns the rows of a table that pandas wrote by columns: `{"views": {"0": 5, "1": 7}}`, or lists, or split."""
    if not isinstance(value, Mapping) or len(value) < 2:
        return []
    titles, rows = value.get("columns"), value.get("data")
    if isinstance(titles, list) and isinstance(rows, list) and all(isinstance(row, list) for row in rows):
        return [dict(zip(map(str, titles), row, strict=False)) for row in rows]
    cells = list(value.values())
    if not all(map(_is_column, cells)) or len(set(map(len, cells))) > 1 or known_titles(value) < 2:
        return []
    columns = [list(column.values()) if isinstance(column, dict) else column for column in cells]
    return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]


def _is_column(cells: Any) -> bool:
    """Tells whether it is cells by the number of their row, or a list of plain cells."""
    if isinstance(cells, dict):
        return bool(cells) and all(str(key).isdecimal() for key in cells)
    return isinstance(cells, list) and bool(cells) and not isinstance(cells[0], dict | list)


def _objects_of_pages(objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Returns what pages hold (`[{"page": 1, "items": [...]}, ...]`), or the objects as they are.

    A page has no date of its own; what it holds has one, and counters.
    """
    first = objects[0] if objects else {}
    name = next((key for key, one in first.items() if _are_posts(one)), None)
    if name is None or "date" in set(map(meaning_of, map(str, first))):
        return objects
    return [item for page in objects for item in as_dicts(page.get(name))]


def _are_posts(value: Any) -> bool:
    if not isinstance(value, list) or not value or not isinstance(value[0], dict):
        return False
    meanings = set(map(meaning_of, map(str, value[0])))
    return "date" in meanings and bool(meanings & set(COUNTER_MEANINGS))


def _objects_by_channel(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, Mapping) or len(value) < 2:
        return []
    lists = {
        key: item
        for key, item in value.items()
        if isinstance(item, list) and item and isinstance(item[0], dict)
    }
    if len(lists) < 2 or len(lists) < len(value):
        return []
    return [
        {"channel": key, **item} for key, items in lists.items() for item in items if isinstance(item, dict)
    ]


def _flattened(title: str, cells: Sequence[Any], kinds: set[type]) -> dict[str, Sequence[Any]]:
    if dict in kinds:
        return _flatten_objects(title, cells)
    if list in kinds:
        return {title: [_sum_of_counts(cell) if isinstance(cell, list) else cell for cell in cells]}
    return {title: cells}


def _flatten_objects(title: str, cells: Sequence[Any]) -> dict[str, Sequence[Any]]:
    """Returns `{count: 3}` as `likes.count`; `{"👍": 3, "🔥": 1}` as the sum under the title itself."""
    inner = {key for cell in cells if isinstance(cell, dict) for key in cell}
    if len(inner) <= 12 and all(str(key).isidentifier() for key in inner):
        found = {f"{title}.{key}": [_inner(cell, key) for cell in cells] for key in sorted(inner)}
        return {**found, **_named_figures(title, cells)}
    return {title: [_sum_of_values(cell) if isinstance(cell, dict) else cell for cell in cells]}


def _named_figures(title: str, cells: Sequence[Any]) -> dict[str, Sequence[Any]]:
    """Returns the figures of lists of named ones, a column a name: `data: [{name: "reach", values: [{value: 5}]}]`."""
    rows = [
        {item["name"]: _figure(item) for item in as_dicts(as_dict(cell).get("data")) if _is_figure(item)}
        for cell in cells
    ]
    names = dict.fromkeys(name for row in rows for name in row)
    return {f"{title}.{name}": [row.get(name) for row in rows] for name in names}


def _is_figure(item: dict[str, Any]) -> bool:
    return isinstance(item.get("name"), str) and _figure(item) is not None


def _figure(item: dict[str, Any]) -> int | None:
    """Returns `value` of an object, or of the last of its `values`; None where it is no number."""
    values = as_dicts(item.get("values"))
    value = (values[-1] if values else item).get("value")
    return value if type(value) is int else None


def _inner(cell: Any, key: str) -> Any:
    """Returns the plain value under a key, or what an object or a list there counts (`like: {count: 3}`)."""
    found = cell.get(key) if isinstance(cell, dict) else None
    if isinstance(found, dict):
        if (count := next((found[one] for one in _COUNTS if type(found.get(one)) is int), None)) is not None:
            return count
        return None if all(str(key).isidentifier() for key in found) else _sum_of_values(found)
    return _sum_of_items(found) if isinstance(found, list) else found


def _sum_of_values(cell: dict[str, Any]) -> int | None:
    counts = [value for value in cell.values() if type(value) is int]
    return sum(counts) if counts else None


def _sum_of_items(cell: list[Any]) -> int | None:
    """Returns the sum of what the items count; None where no item counts."""
    counts = [_count_of(item.get("count")) for item in cell if isinstance(item, dict)]
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _count_of(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS:
        return int(value)
    return value if type(value) is int else None


def _sum_of_counts(cell: list[Any]) -> Any:
    """Returns the sum of a list of reactions with counts, else the text in pieces (Telegram).

    None otherwise.
    """
    counted = _sum_of_items(cell)
    if counted is not None:
        return counted
    pieces = [
        item if isinstance(item, str) else str(item.get("text", ""))
        for item in cell
        if isinstance(item, str | dict)
    ]
    return "".join(pieces) if pieces else None
