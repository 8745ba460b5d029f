"""What scripts save of Telegram: Telethon and Pyrogram in every shape people print them, other people's datasets."""

import json

import pytest

CHAT = {"_": "Chat", "id": -1001234, "type": "ChatType.CHANNEL", "title": "Канал", "username": "kanal"}


def telethon(number, **fields):
    peer = {"_": "PeerChannel", "channel_id": 77}
    return {
        "_": "Message",
        "id": number,
        "peer_id": peer,
        "date": f"2024-04-{9 + number}T10:00:00+00:00",
        "message": "раз",
        **fields,
    }


def pyrogram(number, **fields):
    return {
        "_": "Message",
        "id": number,
        "chat": CHAT,
        "date": f"2024-01-0{number} 10:00:00",
        "views": 5,
        "text": "раз",
        **fields,
    }


ROWS = [telethon(n, views=n) for n in range(1, 4)]


@pytest.mark.parametrize(
    "content",
    [
        {"channel": "x", "messages": ROWS},
        {str(row["id"]): row for row in ROWS},
        [json.dumps(row) for row in ROWS],
        [{"_": "MessageEmpty", "id": 9, "peer_id": None}, *ROWS],
        [{key: value for key, value in row.items() if key != "_"} for row in ROWS],
        "\n".join(map(json.dumps, ROWS)) + '\n{"_": "Message", "id": 9, "pe',
        "\n".join(json.dumps(row, indent=1) for row in ROWS),
    ],
    ids=["wrapped", "by_number", "texts_of_json", "a_deleted_one_first", "without_underscore", "lines_cut_off", "one_after_another"],
)  # fmt: skip
def test_telethon_is_known_however_it_was_saved(read, content):
    upload = read(("channel_messages.json", content))
    assert upload.format == "telethon"
    assert upload.only.totals == {"views": 6}


def test_telethon_comments_closed_by_an_object_or_by_null_are_unknown(read):
    rows = [
        telethon(1, replies={"replies": 7, "comments": True, "channel_id": 5}),
        telethon(2, replies={"replies": 3, "comments": False}),
        telethon(3, replies=None),
    ]
    assert [post.comments for post in read(("a.json", rows)).posts] == [7, None, None]


def test_telethon_reactions_of_early_2022_are_bare_emoji(read):
    rows = [
        telethon(1, views=1, reactions={"results": [{"_": "ReactionCount", "reaction": "👍", "count": 5}]})
    ]
    assert read(("a.json", rows)).only.totals["reactions"] == 5


def test_telethon_group_of_people_is_refused(refusal):
    rows = [telethon(n, views=None, from_id={"_": "PeerUser", "user_id": n}) for n in (1, 2)]
    assert refusal("a.json", rows) == "file.chat_export"


def test_telethon_written_by_pandas_has_objects_in_cells(read):
    replies = "\"{'_': 'MessageReplies', 'replies': 5, 'replies_pts': 7, 'comments': True}\""
    results = "\"{'results': [{'reaction': {'_': 'ReactionEmoji', 'emoticon': '👍'}, 'count': 3}, {'reaction': {'_': 'ReactionPaid'}, 'count': 50}]}\""
    text = (
        ",_,id,date,message,views,forwards,replies,reactions,grouped_id\n"
        f"0,Message,1,2024-04-10 10:00:00+00:00,nan,10.0,1.0,{replies},{results},\n"
        "1,Message,2,2024-04-11 10:00:00+00:00,раз,nan,1.0,,,\n"
        "2,MessageService,3,2024-04-11 10:00:00+00:00,,,,,,\n"
    )
    upload = read(("messages.csv", text))
    assert upload.only.totals == {"views": 10, "reactions": 3, "comments": 5, "forwards": 2}
    assert [post.title for post in upload.posts] == [None, "раз"]
    assert upload.skipped == {"service": 1}


@pytest.mark.parametrize(
    "cell",
    [
        "👍 12 ❤️ 3",
        '"{""👍"": 12, ""❤"": 3}"',
        "\"[{'emoji': '👍', 'count': 12}, {'emoji': '❤', 'count': 3}]\"",
    ],
)
def test_reactions_written_out_by_kind_are_summed(read, cell):
    assert (
        read(("a.csv", f"id,date,views,reactions\n1,2024-04-10,10,{cell}\n")).only.totals["reactions"] == 15
    )


@pytest.mark.parametrize(
    "content",
    [
        [pyrogram(1), pyrogram(2)],
        "\n".join(json.dumps(pyrogram(n), indent=4) for n in (1, 2)),
        "\n".join(json.dumps(pyrogram(n)) for n in (1, 2)),
        [{"message_id": n, "chat": {"id": -1001234, "type": "channel", "title": "Канал", "username": "kanal"}, "date": 1704103200 + n, "views": 5} for n in (1, 2)],
    ],
    ids=["list", "printed_one_after_another", "lines", "bot_api"],
)  # fmt: skip
def test_pyrogram_is_known_however_it_was_saved(read, content):
    upload = read(("messages.txt", content))
    assert upload.format == "pyrogram"
    assert (upload.only.channel.handle, upload.only.totals) == ("kanal", {"views": 10})


def test_pyrogram_group_is_refused_and_paid_reactions_are_no_likes(read, refusal):
    assert (
        refusal("a.json", [pyrogram(1, chat={**CHAT, "type": "ChatType.SUPERGROUP"})]) == "file.chat_export"
    )
    reactions = {"reactions": [{"emoji": "👍", "count": 2}, {"type": {"_": "ReactionTypePaid"}, "count": 9}]}
    assert read(("a.json", [pyrogram(1, reactions=reactions)])).only.totals["reactions"] == 2


def test_telegram_tracker_names_its_channel_and_its_forwards(read):
    text = (
        "signature,channel_id,channel_name,msg_id,message,cleaned_message,date,msg_link,msg_from_id,views,number_replies,number_forwards,is_forward,forward_msg_date,is_reply,contains_media,media_type\n"
        "msg_iteration.1,1234,somechan,10,Hi,hi,2022-05-01 10:00:00,https://t.me/somechan/10,,100,5,7,0,,0,1,MessageMediaPhoto\n"
        "msg_iteration.1,1234,somechan,11,Hi,hi,2022-05-02 10:00:00,https://t.me/somechan/11,,200.0,5,7,1,2022-04-01 10:00:00,0,0,\n"
    )
    upload = read(("msgs_dataset.csv", text))
    assert upload.only.totals == {"views": 300, "comments": 10, "forwards": 14}
    assert (upload.only.forwarded, upload.only.channel.name, upload.posts[0].format) == (
        1,
        "somechan",
        "photo",
    )
    assert upload.only.last == 1_651_485_600


def test_crypto_scraper_of_a_group_writes_zero_views_for_unknown(read):
    text = "\ufefftimestamp,channel,message_id,views,forwards,reactions,sentiment_compound,message_length\n2025-01-01 10:00:00+00:00,cardano,5,0,0,3,0.1,20\n2025-01-02 10:00:00+00:00,cardano,6,0,0,0,0.1,20\n2025-01-02 10:00:00+00:00,coindesk,6,50,1,0,0.1,20\n"
    upload = read(("posts.csv", text))
    assert {found.channel.name: found.fields["views"] for found in upload.understood.channels} == {
        "cardano": 1,
        "coindesk": 1,
    }


def test_ethiopian_shops_are_several_channels_with_albums_and_an_empty_view(read):
    text = (
        "Channel Title,Channel Username,ID,Message,Date,Media Path,Media Type,Views\n"
        "Дом,@dom,1,x,2025-01-01 10:00:00+00:00,,,5\n"
        "Дом,@dom,2,,2025-01-01 10:00:00+00:00,photos/1.jpg,photo,5\n"
        "Дом,@dom,3,y,2025-01-01 10:00:00+00:00,photos/2.jpg,photo,6\n"
        "Сад,@sad,1,x,2025-01-01 10:00:00+00:00,,,\n"
    )
    upload = read(("all.csv", text))
    assert [(f.channel.handle, f.posts, f.totals) for f in upload.understood.channels] == [
        ("dom", 2, {"views": 11}),
        ("sad", 1, {}),
    ]


def test_tgdataset_has_posts_and_subscribers_and_no_views(read):
    found = {
        "username": "kanal", "title": "Канал", "n_subscribers": 5000, "scam": False,
        "text_messages": {"1": {"message": "x", "date": 1609495200.0, "is_forwarded": False}, "2": {"message": "y", "date": 1609595200.0, "is_forwarded": True}},
        "generic_media": {"3": {"title": "x", "media_id": "x", "date": 1609695200.0}},
    }  # fmt: skip
    upload = read(("tgdataset.json", {"1001": found}))
    assert (upload.format, upload.only.posts, upload.only.forwarded) == ("tgdataset", 3, 1)
    assert upload.only.fields == {"subscribers": 1}
    assert upload.audience == [(1_609_695_200, 5_000, 0)]


def test_objects_that_lack_counters_say_so(refusal):
    lines = "\n".join(
        json.dumps({"url": f"https://t.me/s/name/{n}", "date": "2022-01-01T10:00:00+00:00", "content": "x"})
        for n in range(3)
    )
    assert refusal("posts.jsonl", lines) == "file.no_counters"
    assert (
        refusal("reach.json", [{"post_id": 5, "reach_total": 6, "reach_subscribers": 5}])
        == "file.posts_without_dates"
    )


def test_scrapers_of_other_networks_are_told_by_their_titles(read):
    tweets = ',Tweet Id,Text,viewCount,Media,replyCount,retweetCount,likeCount,Date,time\n0,162852,@max да,98.0,,0,0,0,22/02/2023,19:56:18\n1,162458,"Вот, ",493.0,"[Video(views=209)]",1,2,16,12/02/2023,+22:25:58\n'
    upload = read(("tweets.csv", tweets))
    assert upload.only.channel.platform == "x"
    assert upload.only.totals == {"views": 591, "reactions": 16, "comments": 1, "forwards": 2}
    assert upload.only.first == 1_676_240_758
    posts = ",shortcode,caption,likes,comments,timestamp,owner_username,owner_id,video_view_count,is_video\n0,Cov,раз,83,11,2023-02-16 21:22:04,dev,325,,False\n1,CpI,два,31,7,2023-02-26 21:15:51,dev,325,282.0,True\n"
    upload = read(("insta.csv", posts))
    assert (upload.only.channel.platform, upload.only.channel.handle) == ("instagram", "dev")
    assert upload.only.totals == {"views": 282, "reactions": 114, "comments": 18}
