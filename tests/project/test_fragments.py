"""What breaks: a thought cut into files that only one other file reads, so that following it means opening ten."""

import ast
from collections import defaultdict
from pathlib import Path

SHORT_LINES = 60
TOGETHER_LINES = 300  # a file's limit
LISTS = ("__init__", "registry", "wiring", "ticking", "cli", "__main__")  # name each of what they list once
USUAL = (
    "handlers",
    "picture",
    "keyboards",
    "request",
    "service",
    "compute",
    "words",
    "gather",
    "composing",
)  # of a feature
REASONS: dict[str, str] = {}  # why a file stands apart, by its path


def _modules() -> dict[str, Path]:
    found = [path for room in ("bot", "metrics", "storage") for path in Path(room).rglob("*.py")]
    return {".".join(path.with_suffix("").parts).removesuffix(".__init__"): path for path in found}


def _importers(modules: dict[str, Path]) -> dict[Path, set[Path]]:
    importers: dict[Path, set[Path]] = defaultdict(set)
    for path in modules.values():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            else:
                continue
            for name in names:
                if name in modules and modules[name] != path:
                    importers[modules[name]].add(path)
    return importers


def _is_fragment(path: Path, reader: Path) -> bool:
    """Whether both could be read as one file."""
    lines, readers = (len(one.read_text(encoding="utf-8").splitlines()) for one in (path, reader))
    return (
        lines <= SHORT_LINES
        and lines + readers < TOGETHER_LINES
        and path.parent == reader.parent
        and reader.stem not in LISTS
        and path.stem not in (*USUAL, "__init__", "__main__")
    )


def test_a_short_file_that_one_neighbour_reads_has_a_reason(root, monkeypatch):
    monkeypatch.chdir(root)
    modules = _modules()
    importers = _importers(modules)
    fragments = {
        path.as_posix()
        for path in modules.values()
        if len(importers[path]) == 1 and _is_fragment(path, *importers[path])
    }
    assert fragments - set(REASONS) == set(), "join it with its reader, or say why it stands apart"
    assert set(REASONS) - fragments == set(), "no reason is needed any more"
