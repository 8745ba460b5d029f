"""The plainest summary there can be: what its payload says, with a picture where it asks for one."""

import struct
import zlib

from bot.notifications.kind import Composition
from bot.notifications.services import Services
from storage.workspace.deliveries import Delivery
from storage.workspace.workspaces import Workspace


async def compose(services: Services, workspace: Workspace, delivery: Delivery) -> Composition | None:
    """`text`, and optionally: `side` of a picture, `document`'s text, `nothing` to say, `fail`."""
    asked = delivery.payload
    if asked.get("fail"):
        raise RuntimeError("it can't be said")
    if asked.get("nothing"):
        return None
    key, picture = None, None
    if side := asked.get("side"):
        key = f"square/{side}"
        picture = await services.pictures.find(workspace.id, key) or png(side, side)
    document = ("rows.csv", asked["document"].encode()) if "document" in asked else None
    return Composition(text=asked["text"], picture=picture, picture_key=key, document=document)


def png(width: int, height: int) -> bytes:
    """A real picture of that size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x40" * width) * height, 1)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
