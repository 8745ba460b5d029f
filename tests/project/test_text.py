"""What must not stand in any file: addresses of package registries, paths of somebody's machine, silent exceptions
to the rules of the linters.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__)
REGISTRIES = tuple(  # joined here, so that not even this file names one
    f"{name}.{domain}"
    for name, domain in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("crates", "io"), ("proxy.golang", "org"), ("ghcr", "io"), ("quay", "io"),
    )
)  # fmt: skip
MACHINE_PATHS = re.compile(r"(?<![\w./-])/(?:home|Users|root|work|opt/wheels|opt/pypi)/\w")
SUPPRESSIONS = re.compile(
    r"#\s*(?:noqa\b(?!: [A-Z]+\d+(?:, ?[A-Z]+\d+)*(?: -)? \w\S* \w)|type:\s*ignore(?!\[[\w, -]+\]))"
)
PICTURES = {".png", ".ico", ".jpg"}


def _lines(files: list[Path], root: Path) -> Iterator[tuple[str, str]]:
    for path in files:
        if path == HERE or path.suffix in PICTURES:
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), start=1):
            yield f"{path.relative_to(root)}:{number}", line


def test_no_file_names_a_package_registry(own_files, root):
    """Where packages come from is the business of the machine they are installed on."""
    assert [at for at, line in _lines(own_files, root) if any(host in line for host in REGISTRIES)] == []


def test_no_file_names_a_path_of_a_machine(own_files, root):
    assert [at for at, line in _lines(own_files, root) if MACHINE_PATHS.search(line)] == []


def test_every_silenced_rule_says_why(own_files, root):
    code = [path for path in own_files if path.suffix == ".py"]
    assert [at for at, line in _lines(code, root) if SUPPRESSIONS.search(line)] == []


@pytest.mark.parametrize(
    ("line", "caught"),
    [
        ("x = 1  # noqa", True),
        ("x = 1  # noqa: S101", True),
        ("x = 1  # noqa: S101 - the caller checked", False),
        ("x = 1  # noqa: S101, N802 the caller checked", False),
        ("x = 1  # type: ignore", True),
        ("x = 1  # type: ignore[arg-type]", False),
    ],
)
def test_the_search_for_silenced_rules_finds_them(line, caught):
    assert bool(SUPPRESSIONS.search(line)) is caught
