"""What the code rests on can be read here: a reference names a page of the repository and a place in it that exists."""

import re
from pathlib import Path

import pytest

HERE = Path(__file__)
PICTURES = {".png", ".ico", ".jpg"}
OUTSIDE = re.compile(
    r"\b(?:METRICS|MARKET|FORMATS|DESIGN|TELEGRAM|NETWORKS|MODELS|MTPROTO)(?:\.md\b|,? (?:§ ?)?(?:[A-Z]\.)?\d)"
)
PLACE = r"#((?:A\.)?\d+(?:\.\d+)*|[a-z][\w-]*)"
REFERENCE = re.compile(rf"\b(docs/[\w.]+\.md)((?:(?:,| and| with)? ?{PLACE})+)")
# The lines of these rooms are being rewritten; they join when that work is in.
LATER: tuple[str, ...] = ()


def _lines(own_files, root):
    for path in own_files:
        name = path.relative_to(root).as_posix()
        if path == HERE or path.suffix in PICTURES or name.startswith(LATER):
            continue
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1):
            yield f"{name}:{number}", line


def _references(line):
    """Every (page, place) a line names: «docs/evidence.md#3.1, #3.3» are two."""
    return [
        (found.group(1), place)
        for found in REFERENCE.finditer(line)
        for place in re.findall(PLACE, found.group(2))
    ]


def _places(page: Path) -> set[str]:
    text = page.read_text("utf-8")
    titles = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    slugs = {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}
    return slugs | set(re.findall(r'<a id="([^"]+)"', text))


def test_nothing_points_outside_the_repository(own_files, root):
    assert [at for at, line in _lines(own_files, root) if OUTSIDE.search(line)] == []


def test_every_reference_leads_to_a_place_that_exists(own_files, root):
    named = [(at, *found) for at, line in _lines(own_files, root) for found in _references(line)]
    pages = {page: root / page for _, page, _ in named}
    places = {page: _places(path) if path.exists() else set() for page, path in pages.items()}
    assert [(at, page, place) for at, page, place in named if place not in places[page]] == []
    assert len(named) > 50  # the search finds what is there


@pytest.mark.parametrize(
    ("line", "is_outside"),
    [
        ("# METRICS 1.3: log((I + .5) / V)", True),
        ("(METRICS A.6 (d))", True),
        ("# MARKET 3.5", True),
        ("as DESIGN.md says", True),
        ("METRICS = 3", False),
        ("for metric in METRICS:", False),
        ("FORMATS, 5", True),
        ("FORMATS[2]", False),
    ],
)
def test_the_search_knows_a_reference_from_a_name(line, is_outside):
    assert bool(OUTSIDE.search(line)) is is_outside


def test_several_places_behind_one_page_are_all_found():
    line = "(docs/evidence.md#3.1, #3.3), docs/evidence.md#4.4 with #A.7, docs/metrics.md#drops."
    assert _references(line) == [
        ("docs/evidence.md", "3.1"),
        ("docs/evidence.md", "3.3"),
        ("docs/evidence.md", "4.4"),
        ("docs/evidence.md", "A.7"),
        ("docs/metrics.md", "drops"),
    ]
