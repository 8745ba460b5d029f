"""One small file of every kind, to be damaged."""

import base64
import io
import json
from typing import Any

import xlsxwriter

DAYS = range(1, 9)
CSV = "id,date,text,views,likes\n" + "".join(
    f"{n},2025-01-{n:02d} 10:00:00,Пост {n},{n}00,{n}\n" for n in DAYS
)
EXCEL = (
    "Отчёт;;;\n№;Дата публикации;Время;Кол-во просмотров;ER, %\n"
    + "".join(f"{n};{n:02d}.11.2024;12:30;1 {n}00;12,{n}\n" for n in DAYS)
    + "Итого;;;9 999;\n"
)
INSTAGRAM = (
    "\ufeffPost ID,Account username,Description,Publish time,Permalink,Post type,Date,Views,Reach,Likes\n"
    + "".join(
        f'18{n},name,"раз, ""да""\nдва",03/1{n}/2025 07:13,https://l/{n},IG reel,Lifetime,100,80,5\n'
        for n in DAYS
    )
)
OVERVIEW = (
    'sep=,\n"Facebook reach"\n"Date","Primary"\n'
    + "".join(f'"2025-01-0{n}T01:00:00","5"\n' for n in DAYS)
    + '\n"Instagram reach"\n"Date","Primary"\n"2025-01-01T01:00:00","7"\n'
)
YOUTUBE = (
    "Content,Video title,Video publish time,Duration,Views,Subscribers,Likes\nTotal,,,,30,5,3\n"
    + "".join(f'v{n},Раз,"Sep 1{n}, 2023",394,10,2,1\n' for n in DAYS)
    + "Top 500\n"
)
X = "Post id,Date,Post text,Post Link,Impressions,Likes,Replies\n" + "".join(
    f'2{n},"Sat, Aug 1{n}, 2026",@you yes,https://x.com/me/status/2{n},44,1,4\n' for n in DAYS
)
READINGS = "post_id,timestamp,views\n" + "".join(
    f"{post},2025-01-0{day} 10:00:00,{day}0\n" for post in (1, 2) for day in DAYS
)
BY_DAY = "post_id,post_datetime,1,2\n" + "".join(
    f"{n},2024-12-1{n} 11:06:58,300.0 (60.4%),497.0 (100.0%)\n" for n in DAYS
)
REACTIONS = "post_id,post_datetime,reaction_type,react_cnt\n" + "".join(
    f"{n},2024-12-1{n} 11:06:58,ReactionPaid(),{n}\n" for n in DAYS
)
ADS = "date\tViews\tClicks\tJoined\n" + "".join(f"0{n} Mar 2024\t1,200\t5\t1\n" for n in DAYS)
SUBSCRIBERS = "timestamp,subscriber_count\n" + "".join(f"2025-01-0{n} 10:00:00,{n}00\n" for n in DAYS)

DESKTOP = {"name": "Канал", "type": "public_channel", "id": 1, "messages": [
    {"id": n, "type": "message", "date": f"2025-01-0{n}T10:00:00", "date_unixtime": str(1735725600 + n * 86400), "photo": "x",
     "text": ["раз ", {"type": "link", "text": "http://x", "href": "http://x?erid=1"}], "text_entities": [{"type": "plain", "text": "раз"}],
     "reactions": [{"type": "emoji", "count": 3, "emoji": "👍"}, {"type": "paid", "count": 7}]} for n in DAYS
]}  # fmt: skip
ACCOUNT = {
    "chats": {"list": [DESKTOP, {"type": "saved_messages", "messages": []}]},
    "left_chats": {"list": [{**DESKTOP, "id": 2}]},
}
TELETHON = [
    {"_": "Message", "id": n, "peer_id": {"_": "PeerChannel", "channel_id": 1}, "date": f"2025-01-0{n}T10:00:00+00:00", "message": "раз", "views": 5, "forwards": 1,
     "grouped_id": n // 2, "replies": {"replies": 2, "comments": True}, "media": {"_": "MessageMediaDocument", "document": {"mime_type": "video/mp4", "attributes": [{"voice": True}]}},
     "entities": [{"url": "http://x"}], "reactions": {"results": [{"reaction": {"_": "ReactionEmoji", "emoticon": "👍"}, "count": 3}]}} for n in DAYS
]  # fmt: skip
PYROGRAM = [
    {"_": "Message", "id": n, "chat": {"id": -1001, "type": "ChatType.CHANNEL", "title": "К", "username": "k"}, "date": f"2024-01-0{n} 10:00:00", "views": 5,
     "media": "MessageMediaType.PHOTO", "media_group_id": "7", "reactions": {"reactions": [{"count": 2, "type": {"_": "x"}}]}} for n in DAYS
]  # fmt: skip
CHART = {
    "columns": [["x", *(1735689600000 + n * 86400000 for n in DAYS)], ["y0", *DAYS]],
    "types": {"x": "x", "y0": "line"},
    "names": {"y0": "Total followers"},
}
STATS = {
    "followers": {"current": 5.0},
    "period": {"max_date": 1735689600},
    "growth_graph": {"json": {"data": json.dumps(CHART)}},
}
TGSTAT = {"status": "ok", "response": {"channel": {"username": "@one", "title": "К"}, "items": [
    {"id": n, "date": 1735725600 + n, "views": 5, "link": f"t.me/one/{n}", "is_deleted": 0, "forwarded_from": None, "media": {"media_type": "mediaPhoto"}} for n in DAYS
]}}  # fmt: skip
DYNAMICS = {
    "status": "ok",
    "response": [{"period": f"2020-{n:02d}", "participants_count": n, "err": 1.5} for n in DAYS],
}
ONE_POST = {
    "status": "ok",
    "response": {
        "viewsCount": 10,
        "sharesCount": 1,
        "commentsCount": 2,
        "reactionsCount": 3,
        "views": [{"date": "2022-08-05 00:41", "viewsGrowth": 5}],
    },
}
TGDATASET = {
    str(n): {
        "username": "k",
        "title": "К",
        "n_subscribers": 5,
        "text_messages": {"1": {"message": "x", "date": 1609495200.0, "is_forwarded": False}},
        "generic_media": {},
    }
    for n in DAYS
}
VK = {"response": {"count": 8, "groups": [{"id": 5, "name": "Г"}], "items": [
    {"id": n, "owner_id": -5, "date": 1735725600 + n, "text": "", "attachments": [{"type": "photo"}], "likes": {"count": 3}, "comments": {"count": 0}, "reposts": {"count": 1}, "views": {"count": 9}} for n in DAYS
]}}  # fmt: skip
SCRAPED = {
    "posts": [
        {
            "id": n,
            "date": f"2025-07-1{n} 08:58:56+00:00",
            "views": 10,
            "reactions": {"👍": 2},
            "owner": {"name": "x"},
        }
        for n in DAYS
    ]
}

HISTORY = '<!DOCTYPE html><html><body><div class="page_wrap"><div class="page_header"><div class="text bold">К</div></div>' + "".join(
    f'<div class="message default clearfix" id="message{n}"><div class="pull_right date details" title="0{n}.02.2025 10:00:00 UTC+03:00">10:00</div><div class="from_name">К</div>'
    f'<div class="text">раз</div><span class="reactions"><span class="reaction"><span class="count">{n}</span></span></span></div>' for n in DAYS
)  # fmt: skip
_VIEW = base64.urlsafe_b64encode(json.dumps({"c": -1009, "p": 1, "t": 1_786_277_379}).encode()).decode()
PREVIEW = '<!DOCTYPE html><html><body><div class="tgme_channel_info"><div class="tgme_channel_info_counter"><span class="counter_value">1.48M</span><span class="counter_type">subscribers</span></div></div>' + "".join(
    f'<div class="tgme_widget_message" data-post="name/{n}" data-view="{_VIEW}"><span class="tgme_widget_message_views">505.9K</span><span class="tgme_reaction"><i class="emoji"><b>❤</b></i>61</span>'
    f'<a class="tgme_widget_message_date"><time datetime="2026-08-0{n}T10:00:00+00:00"></time></a></div>' for n in DAYS
)  # fmt: skip


def _workbook() -> bytes:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    sheet = book.add_worksheet("Посты")
    for row, cells in enumerate([["Дата", "Просмотры"], *([f"2025-01-0{n}", n] for n in DAYS)]):
        sheet.write_row(row, 0, cells)
    book.close()
    return packed.getvalue()


EXAMPLES: dict[str, Any] = {
    "csv": CSV, "excel_cp1251": EXCEL.encode("cp1251"), "instagram": INSTAGRAM, "overview_utf16": OVERVIEW.encode("utf-16"), "youtube": YOUTUBE, "x": X,
    "readings": READINGS, "views_by_day": BY_DAY, "reactions_by_kind": REACTIONS, "ads": ADS, "subscribers": SUBSCRIBERS, "desktop": DESKTOP, "account": ACCOUNT,
    "telethon": TELETHON, "telethon_lines": "\n".join(map(json.dumps, TELETHON)), "pyrogram": PYROGRAM, "chart": CHART, "broadcast_stats": STATS, "tgstat": TGSTAT,
    "tgstat_dynamics": DYNAMICS, "tgstat_post": ONE_POST, "tgdataset": TGDATASET, "vk": VK, "scraped": SCRAPED, "history_page": HISTORY, "public_page": PREVIEW,
    "workbook": _workbook(), "zip": ("zip", {"a.csv": CSV, "result.json": DESKTOP, "messages.html": HISTORY}),
}  # fmt: skip
