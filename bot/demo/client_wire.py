"""The HTTP under the client: one session, one error, one way to long-poll."""

import io
import time
from collections.abc import Mapping
from typing import Any

import aiohttp

Json = dict[str, Any]
LONGEST_POLL_S = 20.0


class SandboxError(Exception):
    """The sandbox refused what the person's side asked for."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(f"{status}: {description}")
        self.status = status
        self.description = description


class Wire:
    """Requests to one sandbox. `url` has no trailing slash."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def get(self, path: str, **query: Any) -> Any:
        return await self._json("GET", path, params=_stated(query))

    async def post(self, path: str, **body: Any) -> Any:
        return await self._json("POST", path, json=_stated(body))

    async def delete(self, path: str) -> Any:
        return await self._json("DELETE", path)

    async def upload(self, path: str, fields: Mapping[str, Any], files: Mapping[str, bytes]) -> Any:
        """Uploads `fields` as form fields, `files` (name -> bytes) as parts named `file`, in order."""
        form = aiohttp.FormData(quote_fields=False)  # names as browsers write them: UTF-8, not %XX
        for name, value in _stated(fields).items():
            form.add_field(name, str(value))
        for filename, data in files.items():
            # As a stream: aiohttp warns of long bodies given as bytes.
            form.add_field("file", io.BytesIO(data), filename=filename)
        return await self._json("POST", path, data=form)

    async def download(self, path: str) -> bytes:
        async with self._open().get(self.url + path) as response:
            if response.status != 200:
                raise SandboxError(response.status, await response.text())
            return await response.read()

    async def _json(self, verb: str, path: str, **how: Any) -> Any:
        async with self._open().request(verb, self.url + path, **how) as response:
            if response.status != 200:
                raise SandboxError(response.status, await response.text())
            return await response.json()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        return self._session


def _stated(values: Mapping[str, Any]) -> Json:
    return {name: value for name, value in values.items() if value is not None}


class Deadline:
    """Ends a wait in real time, whatever the sandbox's clock says: a test must end."""

    def __init__(self, timeout_s: float) -> None:
        self._ends = time.monotonic() + timeout_s

    def poll_s(self, what: str) -> float:
        """Returns the seconds the next long poll may hold. Raises TimeoutError naming what never came."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError(what)
        return min(left, LONGEST_POLL_S)
