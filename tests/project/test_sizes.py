"""Rooms stay small: a file is read in one sitting, a function does one thing."""

import ast
from pathlib import Path

MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 60


def _is_migration(path: Path) -> bool:
    return path.parent.name == "versions"


def test_every_file_is_read_in_one_sitting(room_files, root):
    lengths = {str(path.relative_to(root)): len(path.read_text("utf-8").splitlines()) for path in room_files}
    assert {name: n for name, n in lengths.items() if n > MAX_FILE_LINES} == {}


def test_every_function_does_one_thing(room_files, root):
    long = {}
    for path in room_files:
        if _is_migration(path):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MAX_FUNCTION_LINES:
                    long[f"{path.relative_to(root)}:{node.name}"] = lines
    assert long == {}


def test_every_folder_of_a_package_is_a_package(room_files, root):
    folders = {path.parent for path in room_files if not _is_migration(path)}
    assert [
        str(folder.relative_to(root)) for folder in sorted(folders) if not (folder / "__init__.py").exists()
    ] == []
