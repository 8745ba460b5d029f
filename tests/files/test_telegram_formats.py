"""Everything that comes out of Telegram: one small file after each real one, with the trap it guards in its name."""

import base64
import json

import pytest

TELETHON_DATES = "2024-04-1{}T10:00:00+00:00"


def message(number: int, **fields):
    peer = {"_": "PeerChannel", "channel_id": 77}
    return {
        "_": "Message",
        "id": number,
        "peer_id": peer,
        "date": TELETHON_DATES.format(number % 9),
        "message": "",
        **fields,
    }


def test_telethon_album_is_one_post_with_each_maximum(read):
    rows = [
        message(3, views=100, forwards=1, grouped_id=9, media={"_": "MessageMediaPhoto"}),
        message(4, views=120, forwards=0, grouped_id=9, message="Подпись", media={"_": "MessageMediaPhoto", "photo": {"date": "2019-01-01T00:00:00+00:00"}}),
        message(5, views=50, forwards=2, fwd_from={"_": "MessageFwdHeader"}),
        {"_": "MessageService", "id": 1, "peer_id": {"channel_id": 77}, "date": "2024-04-01T10:00:00+00:00"},
    ]  # fmt: skip
    upload = read(("channel_messages.json", rows))
    assert (upload.only.posts, upload.only.forwarded) == (2, 1)
    assert upload.only.totals == {"views": 170, "forwards": 3}
    assert (
        upload.posts[0]._asdict().items()
        >= {"external_id": "3", "format": "album", "title": "Подпись", "views": 120}.items()
    )
    assert upload.skipped == {"service": 1, "album_member": 1}


def test_telethon_of_2019_has_to_id_and_no_forwards(read):
    upload = read(
        (
            "old.json",
            [
                {
                    "_": "Message",
                    "id": 1,
                    "to_id": {"channel_id": 5},
                    "date": "2019-09-22T12:10:51+00:00",
                    "views": 9,
                }
            ],
        )
    )
    assert upload.only.fields == {"views": 1}
    assert upload.only.channel.external_id == "5"


def test_telethon_paid_stars_are_no_reactions_and_absence_before_the_first_is_unknown(read):
    results = [
        {"reaction": {"_": "ReactionEmoji", "emoticon": "👍"}, "count": 3},
        {"reaction": {"_": "ReactionCustomEmoji", "document_id": 1}, "count": 2},
        {"reaction": {"_": "ReactionPaid"}, "count": 50},
    ]
    rows = [
        message(1, views=1),
        message(2, views=1, reactions={"results": results}),
        message(3, views=1, reactions=None),
    ]
    posts = read(("a.json", rows)).posts
    assert [post.reactions for post in posts] == [None, 5, 0]
    assert [post.stars for post in posts] == [None, 50, 0]


def test_telethon_closed_comments_are_unknown(read):
    rows = [message(1, replies={"replies": 4, "comments": True}), message(2, replies=None)]
    assert [post.comments for post in read(("a.json", rows)).posts] == [4, None]


def test_telethon_as_json_lines(read):
    lines = "\n".join(json.dumps(message(n, views=n)) for n in range(1, 6))
    assert read(("a.jsonl", lines)).only.totals["views"] == 15


def test_pyrogram_albums_and_forwards(read):
    chat = {"_": "Chat", "id": -1001234, "title": "Канал", "username": "kanal"}
    base = {"_": "Message", "chat": chat, "media": "MessageMediaType.PHOTO"}
    rows = [
        {**base, "id": 1, "date": "2024-01-01 10:00:00", "views": 5, "media_group_id": "7"},
        {**base, "id": 2, "date": "2024-01-01 10:00:00", "views": 6, "media_group_id": "7", "caption": "раз"},
        {
            **base,
            "id": 3,
            "date": "2024-01-02 10:00:00",
            "views": 7,
            "forward_from_chat": {},
            "reactions": {"reactions": [{"count": 2}]},
        },
    ]
    upload = read(("dump.json", rows))
    assert (upload.only.posts, upload.only.forwarded) == (2, 1)
    assert upload.only.channel.handle == "kanal"
    assert upload.only.totals == {"views": 13, "reactions": 2}


def desktop(messages, **chat):
    return {"name": "Канал", "type": "public_channel", "id": 42, "messages": messages, **chat}


def said(number, second, **fields):
    return {
        "id": number,
        "type": "message",
        "date": "2025-01-01T10:00:00",
        "date_unixtime": str(1735725600 + second),
        "text": "",
        **fields,
    }


def test_desktop_json_albums_only_where_unmistakable(read):
    rows = [
        said(1, 0, photo="a"), said(2, 0, photo="b", text="Подпись"), said(3, 0, photo="c"),
        said(4, 60, photo="d", text="раз"), said(5, 60, photo="e", text="два"),
        said(7, 90, photo="f"), said(9, 90, photo="g"), said(10, 90),
    ]  # fmt: skip
    upload = read(("result.json", desktop(rows)))
    assert [post.external_id for post in upload.posts] == ["1", "4", "5", "7", "9", "10"]
    assert upload.only.fields == {}


def test_desktop_json_reactions_count_from_the_first_post_that_has_them(read):
    counted = [
        {"type": "emoji", "count": 2, "emoji": "👍"},
        {"count": 1, "emoji": "🔥"},
        {"type": "paid", "count": 9},
    ]
    rows = [
        said(1, 0),
        said(2, 60, reactions=counted),
        said(3, 120),
        {"id": 4, "type": "service", "date": "2025-01-01T10:00:00"},
    ]
    upload = read(("result.json", desktop(rows)))
    assert [post.reactions for post in upload.posts] == [None, 3, 0]
    assert upload.only.totals == {"reactions": 3, "stars": 9}
    assert "views" not in upload.only.fields


def test_desktop_json_of_2020_has_local_times_only(read):
    rows = [
        {
            "id": 1,
            "type": "message",
            "date": "2020-06-01T12:00:00",
            "text": ["Смотрите ", {"type": "link", "text": "сюда"}],
        }
    ]
    upload = read(("result.json", desktop(rows)), zone="Europe/Moscow")
    assert upload.posts[0].title == "Смотрите сюда"
    assert upload.only.first == 1_591_002_000
    assert upload.warned["naive_times"] == {"zone": "Europe/Moscow"}


def test_desktop_json_of_a_whole_account_gives_its_channels(read):
    account = {
        "chats": {
            "list": [desktop([said(1, 0)]), desktop([said(1, 0)], name="Друг", type="personal_chat", id=3)]
        }
    }
    upload = read(("result.json", account))
    assert upload.only.channel.name == "Канал"
    assert upload.skipped == {"chat": 1}


def html_message(number, title, inner=""):
    return f'<div class="message default clearfix" id="message{number}"><div class="body"><div class="pull_right date details" title="{title}">10:00</div>{inner}</div></div>'


def html_page(*messages):
    header = '<div class="page_header"><div class="content"><div class="text bold"> Канал </div></div></div>'
    return f'<!DOCTYPE html><html><body><div class="page_wrap">{header}<div class="history">{"".join(messages)}</div></div></body></html>'


FORWARD = '<div class="forwarded body"><span class="date details" title="01.01.2020 10:00:00">x</span><div class="text">чужое</div></div>'
REACTIONS = '<span class="reactions"><span class="reaction"><span class="emoji">👍</span><span class="count"> 4 </span></span></span>'


def test_desktop_html_takes_the_posts_own_date_not_the_forwarded_one(read):
    page = html_page(
        '<div class="message service" id="message-1"><div class="body details">1 November 2024</div></div>',
        html_message(1, "01.11.2024 10:55:16 UTC+05:30", FORWARD),
        html_message(2, "03.11.2024 10:55:16 UTC+05:30", '<div class="text">Своё</div>' + REACTIONS),
    )
    upload = read(("messages.html", page))
    assert (upload.only.posts, upload.only.forwarded) == (2, 1)
    assert upload.only.first == 1_730_438_716
    assert upload.only.channel.name == "Канал"
    assert upload.only.totals == {"reactions": 4}


def test_desktop_html_pages_in_a_zip_are_one_history(read):
    pages = {f"messages{n}.html": html_page(html_message(n, f"0{n}.11.2018 10:00:00")) for n in range(1, 4)}
    upload = read(("export.zip", ("zip", {**pages, "css/style.css": "x", "photos/1.jpg": b"\xff\xd8\xff"})))
    assert upload.only.posts == 3
    assert upload.understood.files[0].path == "export.zip/messages1.html"


def preview(*posts):
    packed = base64.urlsafe_b64encode(json.dumps({"c": -1009, "p": 1, "t": 1_786_277_379}).encode()).decode()
    wraps = "".join(
        f'<div class="tgme_widget_message {kind}" data-post="name/{n}" data-view="{packed}">{inner}'
        f'<a class="tgme_widget_message_date"><time datetime="2026-08-0{n}T10:00:00+00:00">10:00</time></a></div>'
        for n, (kind, inner) in enumerate(posts, 1)
    )
    counter = '<div class="tgme_channel_info_counter"><span class="counter_value">1.48M</span> <span class="counter_type">subscribers</span></div>'
    return f'<!DOCTYPE html><html><body><div class="tgme_channel_info"><div class="tgme_channel_info_header_username">@name</div>{counter}</div>{wraps}</body></html>'


def test_preview_rounds_counts_stars_apart_and_dates_itself(read):
    reactions = (
        '<div class="tgme_widget_message_reactions"><span class="tgme_reaction tgme_reaction_paid"><i class="icon"></i>2.49K</span>'
        '<span class="tgme_reaction"><tg-emoji emoji-id="5"></tg-emoji>23.4K</span>'
        '<span class="tgme_reaction"><i class="emoji"><b>❤</b></i>61</span></div>'
    )
    views = '<span class="tgme_widget_message_views">505.9K</span>'
    upload = read(("s.html", preview(("service_message", ""), ("", views + reactions), ("", ""))))
    first, second = upload.posts
    assert (first.views, first.reactions, first.stars) == (505_900, 23_461, 2_490)
    assert first.steps == "views:100 reactions:100 stars:10"
    assert (first.observed_at, first.observed_exact) == (1_786_277_379, True)
    assert (second.views, second.reactions) == (None, 0)
    assert upload.audience[0][1:] == (1_480_000, 10_000)
    assert upload.only.approximate


@pytest.mark.parametrize("extra", ["@name", "8 122 955 monthly users", "97 957 members, 4 138 online"])
def test_landing_page_of_no_channel_is_refused(refusal, extra):
    page = f'<!DOCTYPE html><div class="tgme_page"><div class="tgme_page_title">X</div><div class="tgme_page_extra">{extra}</div></div>'
    assert refusal("page.html", page) == "file.page_not_channel"


def test_landing_page_gives_the_exact_audience(read):
    page = '<!DOCTYPE html><div class="tgme_page"><div class="tgme_page_title"><span>Имя</span></div><div class="tgme_page_extra">11\u00a0286 994 subscribers</div></div>'
    upload = read(("page.html", page), as_of=1_786_000_000)
    assert upload.audience == [(1_786_000_000, 11_286_994, 0)]


def test_native_chart_of_followers_is_an_audience_and_other_charts_are_named(read):
    chart = {
        "columns": [["x", 1735689600000, 1735776000000], ["y0", 100, 110]],
        "types": {"y0": "line", "x": "x"},
        "names": {"y0": "Total followers"},
    }
    upload = read(("chart.json", chart))
    assert [row.subscribers for row in upload.audience] == [100, 110]
    views = read(("chart.json", {**chart, "names": {"y0": "Views"}}))
    assert views.only.posts == 0
    assert views.warned["daily_series"]["total"] == 210


def test_tgstat_posts_take_their_number_from_the_link(read):
    items = [
        {
            "id": 999,
            "date": 1735725600,
            "views": 10,
            "link": "t.me/name/5",
            "is_deleted": 0,
            "forwarded_from": None,
            "text": "раз",
        },
        {
            "id": 998,
            "date": 1735725700,
            "views": 10,
            "link": "t.me/name/6",
            "is_deleted": 1,
            "forwarded_from": None,
            "text": "два",
        },
        {
            "id": 997,
            "date": 1735725800,
            "views": 10,
            "link": "t.me/name/7",
            "is_deleted": 0,
            "forwarded_from": "https://t.me/x",
            "text": "",
        },
    ]
    upload = read(("posts.json", {"status": "ok", "response": {"items": items}}))
    assert [post.external_id for post in upload.posts] == ["5", "7"]
    assert (upload.only.channel.handle, upload.only.forwarded) == ("name", 1)
    assert upload.skipped == {"deleted": 1}
