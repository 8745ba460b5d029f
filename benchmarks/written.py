"""The made-up channel written as the services write it, a writer for each kind of file."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from benchmarks.channel import HEADER, Row, rows_of, write_csv

Writer = Callable[[Path, int], Path]
DATE, NUMBER, REACTIONS = (HEADER.index(title) for title in ("timestamp", "message_id", "reactions"))
NARROW = ("message_id", "timestamp", "views", "forwards", "reactions")

# As Telegram Desktop 5 writes a post of a channel, blanks included.
MESSAGE = """
     <div class="message default clearfix" id="message{number}">

      <div class="pull_left userpic_wrap">

       <div class="userpic userpic6" style="width: 42px; height: 42px">

        <div class="initials" style="line-height: 42px">
К
        </div>

       </div>

      </div>

      <div class="body">

       <div class="pull_right date details" title="{at:%d.%m.%Y %H:%M:%S} UTC+00:00">
{at:%H:%M}
       </div>

       <div class="from_name">
Канал
       </div>

       <div class="text">
Пост номер {number}<br><a href="https://example.org/{number}">подробнее</a>
       </div>

       <span class="reactions">

        <span class="reaction">

         <span class="emoji">
👍
         </span>

         <span class="count">
{reactions}
         </span>

        </span>

       </span>

      </div>

     </div>
"""
PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"/><title>Exported Data</title></head><body>
 <div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">
Канал
 </div></div></div><div class="page_body chat_page"><div class="history">{messages}</div></div></div>
</body></html>
"""


def write_narrow_csv(path: Path, posts: int) -> Path:
    return write_csv(path, posts, NARROW)


def write_xlsx(path: Path, posts: int) -> Path:
    with xlsxwriter.Workbook(path, {"constant_memory": True, "remove_timezone": True}) as book:
        sheet = book.add_worksheet()
        dates = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.write_row(0, 0, HEADER)
        for line, row in enumerate(rows_of(posts), 1):
            sheet.write_row(line, 0, row)
            sheet.write_datetime(line, DATE, datetime.fromisoformat(str(row[DATE])), dates)
    return path


def write_objects(path: Path, posts: int) -> Path:
    """Writes a list of objects, as scrapers leave it."""
    return _write_json(path, [dict(zip(HEADER, row, strict=True)) for row in rows_of(posts)])


def write_desktop_json(path: Path, posts: int) -> Path:
    messages = [_message(row) for row in rows_of(posts)][::-1]
    return _write_json(
        path, {"name": "Канал", "type": "public_channel", "id": 1234567890, "messages": messages}
    )


def write_desktop_html(path: Path, posts: int) -> Path:
    messages = [
        MESSAGE.format(
            number=row[NUMBER], at=datetime.fromisoformat(str(row[DATE])), reactions=row[REACTIONS]
        )
        for row in rows_of(posts)
    ]
    path.write_text(PAGE.format(messages="".join(reversed(messages))), encoding="utf-8")
    return path


def _message(row: Row) -> dict[str, Any]:
    number, at = row[NUMBER], datetime.fromisoformat(str(row[DATE]))
    text = [f"Пост номер {number}\n", {"type": "link", "text": f"https://example.org/{number}"}]
    return {
        "id": number,
        "type": "message",
        "date": at.isoformat()[:19],
        "date_unixtime": str(int(at.timestamp())),
        "from": "Канал",
        "from_id": "channel1234567890",
        "text": text,
        "text_entities": [{"type": "plain", "text": text[0]}, text[1]],
        "reactions": [{"type": "emoji", "count": row[REACTIONS], "emoji": "👍"}],
    }


def _write_json(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path
