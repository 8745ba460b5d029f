"""Parameters of a Bot API call, from any of the bodies Telegram takes."""

import contextlib
import json
from collections.abc import AsyncIterable
from typing import Any

from aiohttp import BodyPartReader, hdrs, web
from multidict import MultiMapping

from bot.sandbox.files import Upload
from bot.sandbox.limits import UPLOAD_BYTES, ApiError, bad_request
from bot.sandbox.membership import Json

# Never read as JSON, though they may look like a number.
TEXTS = frozenset(
    {
        "text",
        "caption",
        "title",
        "name",
        "description",
        "short_description",
        "url",
        "secret_token",
        "callback_query_id",
        "inline_query_id",
        "query",
        "result_id",
        "parse_mode",
        "language_code",
        "action",
        "photo",
        "document",
        "file_id",
        "custom_title",
        "invite_link",
        "business_connection_id",
        "inline_message_id",
        "message_effect_id",
        "ip_address",
        # The person's side.
        "first_name",
        "last_name",
        "username",
        "language",
        "client",
        "button",
        "data",
    }
)


class Params:
    """Typed access. A value of the wrong shape is a Bad Request, as Telegram has it."""

    def __init__(self, values: Json, files: dict[str, Upload]) -> None:
        self.values = values
        self.files = files

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        return default if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        value = self.values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise bad_request(f'parameter "{name}" must be an Integer')
        try:
            return int(value)
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return self.values.get(name) in (True, 1, "true", "True", "1", "yes")

    def items(self, name: str) -> list[Any] | None:
        """Returns a JSON array; None when the parameter is absent."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, list):
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object")
        return value

    def table(self, name: str) -> Json | None:
        """Returns a JSON object; None when the parameter is absent."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, dict):
            raise bad_request(f"object expected as {name.replace('_', ' ')}")
        return value

    @property
    def uploads(self) -> list[Upload]:
        """Every uploaded part, in order."""
        return list(self.files.values())

    def upload(self, reference: str) -> Upload | None:
        """Returns the part that `attach://name` points to; None without one."""
        return self.files.get(reference.removeprefix("attach://"))


async def read_params(request: web.Request) -> Params:
    """Reads query string and body together; the body may be a form, chunked multipart or JSON."""
    values = decode(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        values |= _from_json(await request.text())
    elif request.content_type.startswith("multipart/"):
        values |= await read_multipart(await request.multipart(), files)
    elif request.can_read_body:
        values |= decode(await request.post())
    return Params(values, files)


def decode(form: MultiMapping[Any]) -> Json:
    return {name: typed(name, value) for name, value in form.items()}


def typed(name: str, value: Any) -> Any:
    """Returns a form's string as the type it spells: numbers, booleans, arrays and objects are JSON."""
    if name in TEXTS or not isinstance(value, str) or value[:1] not in '{["-0123456789tf':
        return value
    with contextlib.suppress(json.JSONDecodeError):
        return json.loads(value)
    return value


def _from_json(text: str) -> Json:
    if not text:
        return {}
    try:
        body = json.loads(text)
    except json.JSONDecodeError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(body, dict):
        raise bad_request("object expected as a request body")
    return {name: typed(name, value) for name, value in body.items() if value is not None}


async def read_multipart(reader: AsyncIterable[object], files: dict[str, Upload]) -> Json:
    """Returns fields of a multipart body; parts with bytes go to `files`, and stand as attach://NAME."""
    values: Json = {}
    async for part in reader:
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = await _read_part(part)
        if part.filename is None:
            values[part.name] = typed(part.name, data.decode())
        else:
            # The person's side sends several parts of one name.
            name = part.name if part.name not in files else f"{part.name}{len(files)}"
            files[name] = Upload(part.filename, data, part.headers.get(hdrs.CONTENT_TYPE))
    attached = json.dumps(values, ensure_ascii=False) if files else ""
    for name in files:
        if f'attach://{name}"' not in attached and f"attach://{name}\\" not in attached:
            values[name] = f"attach://{name}"
    return values


async def _read_part(part: BodyPartReader) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk(1 << 18):
        data += chunk
        if len(data) > UPLOAD_BYTES:
            raise ApiError(413, "Request Entity Too Large")
    return bytes(data)
