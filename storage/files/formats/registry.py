"""Every format there is. To add one: a file in this folder, a line here, a fixture, a row in `docs/files.md`."""

from storage.files.formats import (
    generic,
    meta,
    meta_overview,
    readings_over_time,
    refused,
    subscribers_over_time,
    telegram_charts,
    telegram_desktop,
    telegram_desktop_html,
    telegram_landing,
    telegram_preview,
    telethon,
    tgstat,
    tiktok,
    vk,
    x,
    youtube,
)
from storage.files.formats.kinds import Format

READ: tuple[Format, ...] = (
    telegram_desktop.FORMAT,
    telegram_desktop_html.FORMAT,
    telegram_preview.FORMAT,
    telegram_landing.FORMAT,
    telegram_charts.FORMAT,
    telethon.FORMAT,
    tgstat.FORMAT,
    vk.FORMAT,
    meta.INSTAGRAM,
    meta.FACEBOOK,
    meta_overview.FORMAT,
    youtube.FORMAT,
    youtube.DAILY,
    tiktok.FORMAT,
    tiktok.DAILY,
    x.FORMAT,
    x.DAILY,
    subscribers_over_time.FORMAT,
    readings_over_time.FORMAT,
    generic.TABLE,
    generic.OBJECTS,
)
FORMATS: tuple[Format, ...] = (*READ, *refused.REFUSED)
