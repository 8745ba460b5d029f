"""Telegram Desktop's exports of all years: what each lacks, and what is no channel."""

import pytest

HISTORY = '<div class="page_header"><div class="content"><div class="text bold">\n{name}\n</div></div></div><div class="page_body chat_page"><div class="history">{messages}</div></div>'


def message(number, date, **fields):
    return {"id": number, "type": "message", "date": date, "from": "Канал", "text": "", **fields}


def export(messages, kind="public_channel", **chat):
    return {"name": "Канал", "type": kind, "id": 9501, "messages": messages, **chat}


def test_json_of_2020_has_no_unixtime_and_no_entities(read):
    rows = [
        {"id": 1, "type": "service", "date": "2020-01-01T10:00:00", "action": "create_channel", "text": ""},
        message(2, "2020-01-02T10:00:00", text=["Скидка ", {"type": "link", "text": "http://x"}, " сегодня"]),
        message(3, "2020-01-03T10:00:00", photo="(File not included)", edited="1970-01-01T03:00:00"),
    ]
    upload = read(("result.json", export(rows)), zone="Europe/Moscow")
    assert [(post.published_at, post.format) for post in upload.posts] == [
        (1_577_948_400, "text"),
        (1_578_034_800, "photo"),
    ]
    assert upload.skipped == {"service": 1}
    assert upload.warned["naive_times"] == {"zone": "Europe/Moscow"}


def test_json_with_unixtime_on_some_messages_reads_each_as_it_is(read):
    rows = [
        {"id": 1, "type": "message", "date_unixtime": "1704189600", "text": "раз"},
        {"id": 2, "type": "message", "date": "2024-01-02T13:01:40", "text": "два"},
    ]
    upload = read(("result.json", export(rows)), zone="Europe/Moscow")
    assert [post.published_at for post in upload.posts] == [1_704_189_600, 1_704_189_700]
    assert upload.skipped == {}


def test_json_of_a_whole_account_gives_its_channels_and_those_left(read):
    said = [message(2, "2024-01-02T10:00:00", date_unixtime="1704189600")]
    account = {
        "about": "Here is your data", "contacts": {"list": []},
        "chats": {"list": [export(said, name="Первый", id=1), export(said, "private_channel", name="Второй", id=2), export([], name="Пустой", id=6),
                           {"type": "saved_messages", "id": 3, "messages": []}, export(said, "personal_chat", name="Вася", id=4)]},
        "left_chats": {"list": [export(said, name="Покинутый", id=5)]},
    }  # fmt: skip
    upload = read(("result.json", account))
    assert [found.channel.name for found in upload.understood.channels] == ["Первый", "Второй", "Покинутый"]
    assert upload.skipped == {"chat": 2}


def test_json_of_messages_alone_is_told_by_their_sender(read):
    rows = [message(n, f"2024-01-0{n}T10:00:00", from_id="channel5") for n in (1, 2)]
    assert read(("result.json", {"name": "Канал", "id": 5, "messages": rows})).only.posts == 2
    assert read(("messages.json", rows)).format == "telegram_desktop_json"


@pytest.mark.parametrize(
    "kind", ["private_supergroup", "public_supergroup", "private_group", "bot_chat", "personal_chat"]
)
def test_json_of_people_talking_is_refused(refusal, kind):
    rows = [
        message(1, "2024-01-02T10:00:00", from_id="user5"),
        message(2, "2024-01-02T10:00:00", from_id="channel5"),
    ]
    assert refusal("result.json", export(rows, kind)) == "file.chat_export"


def test_json_of_a_channel_without_posts_says_so(refusal):
    assert refusal("result.json", export([])) == "file.no_posts"
    assert (
        refusal("result.json", export([{"id": 1, "type": "service", "date": "2020-01-01T10:00:00"}]))
        == "file.no_posts"
    )


def page(*messages, name="Канал"):
    return f'<!DOCTYPE html>\n<html><body><div class="page_wrap">{HISTORY.format(name=name, messages="".join(messages))}</div></body></html>'


def block(number, moment, inner="", sender="Канал"):
    name = f'<div class="from_name">\n{sender}\n</div>' if sender else ""
    joined = "" if sender else " joined"
    return f'<div class="message default clearfix{joined}" id="message{number}"><div class="body"><div class="pull_right date details" title="{moment}">10:00</div>{name}{inner}</div></div>'


def test_html_of_2018_is_local_time_and_joined_posts_have_no_name(read):
    service = '<div class="message service" id="message{}"><div class="body details">x</div></div>'
    upload = read(
        ("messages.html", page(service.format(-1), service.format(1), block(2, "05.09.2018 16:42:32"), block(3, "05.09.2018 16:43:32", sender=""))),
        zone="Europe/Moscow",
    )  # fmt: skip
    assert [post.published_at for post in upload.posts] == [1_536_154_952, 1_536_155_012]
    assert upload.skipped == {"service": 1}
    assert "naive_times" in upload.warned


def test_html_reactions_of_2024_are_counted_by_their_userpics(read):
    pics = '<div class="userpics"><div class="userpic userpic5"><div class="initials">З</div></div><div class="userpic"></div></div>'
    reactions = f'<div class="reactions"><div class="reaction active"><div class="emoji">❤</div>{pics}</div><div class="reaction"><div class="emoji">👍</div><div class="userpics"><div class="userpic"></div></div></div></div>'
    upload = read(
        (
            "index.html",
            page(
                block(2, "03.11.2024 12:10:54 UTC+05:30", reactions),
                block(3, "03.11.2024 12:11:54 UTC+05:30"),
            ),
        )
    )
    assert [post.reactions for post in upload.posts] == [3, 0]
    assert upload.posts[0].published_at == 1_730_616_054


def test_html_forwarded_block_keeps_its_date_and_author_to_itself(read):
    forwarded = '<div class="forwarded body"><div class="from_name">Чужой <span class="date details" title="01.01.2020 10:00:00 UTC+03:00">x</span></div><div class="text">чужое</div></div>'
    upload = read(
        (
            "messages.html",
            page(
                block(1, "03.11.2024 12:10:54 UTC+05:30"),
                block(2, "03.11.2024 12:20:54 UTC+05:30", forwarded, sender=""),
            ),
        )
    )
    assert [post.is_forwarded for post in upload.posts] == [False, True]
    assert upload.posts[1].published_at == 1_730_616_654
    assert upload.warned == {}


def test_html_of_people_talking_is_refused_as_a_chat(refusal):
    talk = page(
        block(1, "03.11.2024 12:10:54", sender="Вася"),
        block(2, "03.11.2024 12:20:54", sender="Петя"),
        name="Вася",
    )
    assert refusal("messages.html", talk) == "file.chat_export"


def test_html_of_a_whole_account_in_a_zip_leaves_its_lists_in_peace(read):
    members = {
        "export_results.html": '<!DOCTYPE html><html><body><div class="page_wrap"><div class="page_header"></div></div></body></html>',
        "chats/chat_1/messages.html": page(block(2, "03.11.2024 12:10:54"), name="Первый"),
        "chats/chat_1/messages2.html": page(block(3, "04.11.2024 12:10:54"), name="Первый"),
        "chats/chat_2/messages.html": page(block(2, "03.11.2024 12:10:54"), name="Второй"),
        "css/style.css": "x", "js/script.js": "x", "images/back.png": b"\x89PNG",
    }  # fmt: skip
    upload = read(("DataExport.zip", ("zip", members)))
    assert [(found.channel.name, found.posts) for found in upload.understood.channels] == [
        ("Первый", 2),
        ("Второй", 1),
    ]
    assert "left_out" not in upload.warned
