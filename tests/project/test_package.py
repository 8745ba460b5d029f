"""What is installed from a wheel, as in the image, is what runs from the checkout."""

import subprocess
import sys
import zipfile

import pytest

ROOMS = {"bot", "metrics", "storage"}


@pytest.fixture(scope="module")
def packed(root, tmp_path_factory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def test_the_wheel_holds_every_file_of_the_packages(packed, own_files, root):
    """Catalogues, migrations and the chat page are not Python and are easily left behind."""
    names = {path.relative_to(root).as_posix() for path in own_files}
    assert {
        name for name in names if name.split("/")[0] in ROOMS and not name.endswith(".keep")
    } - packed == set()


def test_the_wheel_holds_nothing_else(packed):
    assert {name.split("/")[0] for name in packed if ".dist-info/" not in name} == ROOMS
