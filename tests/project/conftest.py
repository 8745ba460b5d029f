"""The project as its own tests see it: the files it is made of."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from bot.core.locales import LANGUAGES

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "metrics", "storage")


@dataclass(frozen=True)
class Sentence:
    code: str
    forms: tuple[str, ...]  # one, or one a plural form
    is_plural: bool
    file: str

    @classmethod
    def of(cls, message: Message, file: str) -> "Sentence":
        plural = not isinstance(message.id, str)
        code = message.id[0] if plural else message.id
        forms = tuple(message.string) if plural else (str(message.string),)
        return cls(code, forms, plural, file)

    @property
    def names(self) -> frozenset[str]:
        """The parameters that stand in it in braces."""
        return frozenset(
            name for form in self.forms for _, name, _, _ in Formatter().parse(form) if name is not None
        )


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def own_files() -> list[Path]:
    """Every file of the project, and nothing that merely lies in the folder."""
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, text=True, check=False
    )
    if listed.returncode == 0:
        files = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:  # unpacked from an archive: no repository, or no git
        files = [path for path in ROOT.rglob("*") if path.is_file() and not _is_litter(path)]
    return sorted(path for path in files if path.exists())


@pytest.fixture(scope="session")
def room_files(own_files: list[Path]) -> list[Path]:
    """The Python files of the packages."""
    return [
        path for path in own_files if path.suffix == ".py" and _is_of_a_room(path.relative_to(ROOT).parts)
    ]


def _is_of_a_room(parts: tuple[str, ...]) -> bool:
    return parts[0] in ROOMS or parts[:2] == ("docs", "build")


def _is_litter(path: Path) -> bool:
    folders = path.relative_to(ROOT).parts[:-1]
    return any(name == "__pycache__" or (name.startswith(".") and name != ".ci") for name in folders)


@pytest.fixture(scope="session")
def catalogues(own_files: list[Path]) -> dict[str, dict[str, Sentence]]:
    """Language -> code -> sentence, as the `.po` files write them."""
    found: dict[str, dict[str, Sentence]] = {language: {} for language in LANGUAGES}
    for path in (path for path in own_files if path.suffix == ".po"):
        language = path.parent.name
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    sentence = Sentence.of(message, path.name)
                    found.setdefault(language, {})[sentence.code] = sentence
    return found
