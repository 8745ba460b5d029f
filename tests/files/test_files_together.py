"""Several files of one channel are one import: what one lacks the other gives, what one rounds the other counts."""

import json

import pytest

TELETHON = {
    "_": "Message",
    "id": 1,
    "peer_id": {"_": "PeerChannel", "channel_id": 77},
    "date": "2024-04-11T10:00:00+00:00",
    "message": "раз",
    "views": 5,
}
DESKTOP = {
    "name": "Канал", "type": "public_channel", "id": 77,
    "messages": [{"id": 1, "type": "message", "date_unixtime": "1712829600", "text": "раз", "reactions": [{"type": "emoji", "count": 3}]}],
}  # fmt: skip


def test_reactions_of_an_export_join_the_views_of_a_dump(read):
    for files in (
        (("a.json", DESKTOP), ("b.json", [TELETHON])),
        (("b.json", [TELETHON]), ("a.json", DESKTOP)),
    ):
        upload = read(*files)
        assert upload.only.totals == {"views": 5, "reactions": 3}
        assert upload.skipped == {"duplicate": 1}


def test_a_later_reading_corrects_and_takes_nothing_away(read):
    header = "message_id,channel,date,views,likes\n"
    old = header + "1,@c,2025-01-01,5,2\n"
    new = "message_id,channel,date,views\n1,@c,2025-01-01,9\n2,@c,2025-01-05,1\n"
    assert (
        read(("old.csv", old), ("new.csv", new)).posts[0][-11:-4]
        == read(("new.csv", new), ("old.csv", old)).posts[0][-11:-4]
    )
    upload = read(("new.csv", new), ("old.csv", old))
    assert (upload.posts[0].views, upload.posts[0].reactions) == (9, 2)


def test_rounding_comes_along_with_a_rounded_count(read):
    rounded = "message_id,channel,date,views\n1,@c,2025-01-01,2.4K\n"
    upload = read(("a.csv", rounded), ("b.csv", "message_id,channel,date,likes\n1,@c,2025-01-01,7\n"))
    assert (upload.posts[0].views, upload.posts[0].reactions, upload.posts[0].steps) == (
        2_400,
        7,
        "views:100",
    )


def test_subscribers_alone_join_the_only_channel_there_is(read):
    upload = read(("s.csv", "date,subscribers\n2024-04-10,100\n2024-04-12,110\n"), ("b.json", [TELETHON]))
    assert (upload.only.posts, upload.only.fields["subscribers"]) == (1, 2)


def test_a_card_beside_the_posts_names_the_channel(read):
    posts = [{"id": n, "date": f"2024-01-0{n}T10:00:00+00:00", "views": 5} for n in (1, 2)]
    upload = read(
        (
            "a.json",
            {"channel": {"title": "Канал", "username": "kan", "participants_count": 500}, "messages": posts},
        )
    )
    assert (upload.only.channel.handle, upload.only.subscribers) == ("kan", 500)


def test_links_under_any_title_name_the_channel_and_the_posts(read):
    upload = read(
        (
            "a.csv",
            "Дата;Пост;Просмотров;Репостов;Пересылок\n03.11.2024;https://t.me/k/1;12;1;2\n14.11.2024;https://t.me/k/2;13;1;2\n",
        )
    )
    assert upload.only.channel.handle == "k"
    assert [post.external_id for post in upload.posts] == ["1", "2"]
    assert upload.only.totals["forwards"] == 4


def test_lines_of_json_and_a_list_are_the_same_file(read):
    lines = "\n".join(json.dumps({**TELETHON, "id": n}) for n in range(1, 4))
    assert (
        read(("a.jsonl", lines)).posts == read(("a.json", [{**TELETHON, "id": n} for n in range(1, 4)])).posts
    )


def test_html_and_json_of_one_channel_are_one_channel(read):
    said = {
        "id": 2,
        "type": "message",
        "date": "2024-11-03T12:10:54",
        "date_unixtime": "1730635854",
        "text": "раз",
    }
    page = (
        '<!DOCTYPE html><html><body><div class="page_wrap"><div class="page_header"><div class="text bold">Кофе</div></div>'
        '<div class="message default clearfix" id="message3"><div class="date details" title="04.11.2024 12:10:54 UTC+00:00"></div>'
        '<div class="from_name">Кофе</div><div class="text">два</div></div></div></body></html>'
    )
    chat = {"name": "Кофе", "type": "public_channel", "id": 77, "messages": [said]}
    upload = read(("messages.html", page), ("result.json", chat))
    assert (upload.only.channel.external_id, upload.only.posts) == ("77", 2)


def _table(start, views):
    rows = [f"{start + day:02}.10.2026;Пост {views} {day};{views + day};{day}" for day in range(1, 8)]
    return "\n".join(["Дата;Пост;Просмотры;Лайки", *rows])


@pytest.mark.parametrize(
    ("members", "channels"),
    [
        ({"Отчёты/Кофе и точка.csv": _table(0, 100), "Отчёты/Чайный дом.csv": _table(1, 900)}, 2),
        ({"октябрь 1.csv": _table(0, 100), "октябрь 2.csv": _table(1, 900)}, 1),
        ({"Кофе и точка.csv": _table(0, 100), "Кофе и точка дубль.csv": _table(0, 100)}, 1),
        ({"Первая часть.csv": _table(0, 100), "Вторая часть.csv": _table(10, 900)}, 1),
    ],
    ids=["channels", "periods", "the same posts", "one after another"],
)
def test_files_of_an_archive_are_channels_where_their_names_and_days_say_so(read, members, channels):
    assert len(read(("всё.zip", ("zip", members))).understood.channels) == channels
