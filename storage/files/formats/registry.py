"""Every format there is. To add one: a file in this folder, a line here, a fixture, a row in `docs/files.md`."""

from storage.files.formats import telethon
from storage.files.formats.kinds import Format

FORMATS: tuple[Format, ...] = (telethon.FORMAT,)
