"""Pages lead where they say: relative links exist, and every `make` they name is a target."""

import re

LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")
MAKE = re.compile(r"`make ([a-z]+)")


def test_relative_links_lead_somewhere(own_files, root):
    pages = [path for path in own_files if path.suffix == ".md"]
    links = [(page, target) for page in pages for target in LINK.findall(page.read_text("utf-8"))]
    broken = [
        f"{page.relative_to(root)} -> {target}"
        for page, target in links
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_pages_name_only_targets_that_exist(own_files, root):
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    named = {
        name for path in own_files if path.suffix == ".md" for name in MAKE.findall(path.read_text("utf-8"))
    }
    assert named - targets == set()


def test_the_readme_is_read_in_two_minutes(root):
    for name in ("README.md", "README.ru.md"):
        page = root / name
        assert not page.exists() or len(page.read_text("utf-8").splitlines()) <= 120, name
