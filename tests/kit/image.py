"""The Dockerfile followed outside of Docker: its steps in a folder of their own, those after USER as a plain user."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PLACES = re.compile(r"(?<![\w.])/(opt/otklik|source|data)\b")  # the image's own folders
PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11", "/usr/bin/python3")
IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc")


@dataclass
class Image:
    """`folder` stands for the root of the image; everybody may enter it."""

    root: Path  # of the project
    folder: Path
    env: dict[str, str]
    user: int | None = None  # None: whoever builds
    workdir: Path = field(init=False)
    entrypoint: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.workdir = self.folder
        self._uid = 10001
        self._python = self._find_python()

    def build(self) -> None:
        for name, rest in steps((self.root / "Dockerfile").read_text("utf-8")):
            getattr(self, f"_{name.lower()}")(rest)

    def options(self) -> dict[str, object]:
        """For whoever starts a process in the image."""
        is_dropped = self.user is not None and os.geteuid() == 0
        who = {"user": self.user, "group": self.user, "extra_groups": []} if is_dropped else {}
        return {"cwd": self.workdir, "env": self.env, **who}

    def _from(self, _rest: str) -> None:
        self.user, self.workdir = None, self.folder

    def _env(self, rest: str) -> None:
        for name, value in re.findall(r"(\w+)=(\S+)", rest):
            self.env[name] = self._here(value).replace("$PATH", self.env["PATH"])

    def _workdir(self, rest: str) -> None:
        self.workdir = Path(self._here(rest))
        self.workdir.mkdir(parents=True, exist_ok=True)

    def _copy(self, rest: str) -> None:
        if rest.startswith("--from="):  # both stages are in one folder here
            return
        *sources, target = rest.split()
        for source in sources:
            if (self.root / source).is_dir():
                shutil.copytree(self.root / source, self.workdir / target, ignore=IGNORED)
            else:
                shutil.copy(self.root / source, self.workdir / target)

    def _run(self, rest: str) -> None:
        """The user is not made, for that is the machine's; its number is enough."""
        owner = "" if os.geteuid() else f"-o {self._uid} -g {self._uid}"
        command = re.sub(r"useradd [^&]*", "true ", self._here(rest))
        command = command.replace("-o otklik -g otklik", owner).replace(
            "python -m venv", f"{self._python} -m venv"
        )
        subprocess.run(["/bin/sh", "-ec", command], check=True, **self.options())

    def _user(self, _rest: str) -> None:
        """From here on the code can't be written to, not even by whoever owns it."""
        self.user = self._uid
        subprocess.run(["chmod", "-R", "a-w,a+rX", self.folder / "opt"], check=True)

    def _entrypoint(self, rest: str) -> None:
        self.entrypoint = re.findall(r'"([^"]+)"', rest)

    def _volume(self, _rest: str) -> None: ...

    def _healthcheck(self, _rest: str) -> None: ...

    def _cmd(self, _rest: str) -> None: ...

    def _here(self, text: str) -> str:
        return PLACES.sub(lambda found: f"{self.folder}{found[0]}", text)

    def _find_python(self) -> str:
        """One that a plain user can start as well."""
        who: Mapping[str, int] = {} if os.geteuid() else {"user": self._uid, "group": self._uid}
        for name in PYTHONS:
            found = shutil.which(name, path=self.env["PATH"])
            asks = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
            try:
                if found and not subprocess.run([found, "-c", asks], check=False, cwd="/", **who).returncode:
                    return found
            except PermissionError:
                continue
        raise RuntimeError("no Python 3.11 with venv that every user of this machine may start")


def steps(dockerfile: str) -> list[tuple[str, str]]:
    """(instruction, the rest of its line), lines that go on joined, comments left out."""
    lines = [line for line in dockerfile.splitlines() if line.strip() and not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ").splitlines()
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in joined]
