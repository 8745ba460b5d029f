"""Everything said over the wire as JSON lines, for others' types and clients to judge."""

import json
from pathlib import Path
from typing import IO, Any


class Recorder:
    """`{kind: request|response|update, method, body}` a line; without a path it records nothing."""

    def __init__(self, path: Path | None, token: str) -> None:
        self._token = token
        self._file: IO[str] | None = path.open("a", encoding="utf-8") if path else None

    @property
    def is_on(self) -> bool:
        return self._file is not None

    def request(self, method: str, body: dict[str, Any]) -> None:
        self._write("request", method, body)

    def response(self, method: str, body: dict[str, Any]) -> None:
        self._write("response", method, body)

    def update(self, body: dict[str, Any]) -> None:
        self._write("update", None, body)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, kind: str, method: str | None, body: dict[str, Any]) -> None:
        if self._file is None:
            return
        line = json.dumps({"kind": kind, "method": method, "body": body}, ensure_ascii=False)
        self._file.write(line.replace(self._token, "<token>") + "\n")
        self._file.flush()
