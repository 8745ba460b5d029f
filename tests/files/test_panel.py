"""Tables of a collector's database: posts, readings, subscribers, channels; together they are one history a channel."""

import pytest

POSTS = "id,channel_id,message_id,date\n1,1,128,2024-12-10 11:06:58.000\n2,1,129,2024-12-11 19:36:42.000\n3,2,128,2024-12-11 19:36:42.000\n4,2,129,2024-12-12 09:00:00.000\n"
VIEWS = '"id","post_id","timestamp","views"\n1,1,2024-12-10 16:13:11.495,871\n2,2,2024-12-12 16:13:11.508,2336\n3,1,2024-12-11 16:13:11.495,900\n4,3,2024-12-12 16:13:11.508,50\n5,1,2024-12-12 16:13:11.495,950\n6,2,2024-12-13 16:13:11.508,2500\n7,3,2024-12-13 16:13:11.508,55\n'
SUBSCRIBERS = '"id","channel_id","timestamp","subscriber_count"\n1,1,2024-12-10 16:13:11.241,4462\n2,2,2024-12-10 16:13:11.938,74448\n'
CHANNELS = '"id","channel_name","username","created_at","channel_type"\n1,Первый,first_one,2024-12-10 16:13:11.231,unknown\n2,Второй,second_one,2024-12-10 16:13:11.936,unknown\n'
ALL = {"posts.csv": POSTS, "views.csv": VIEWS, "subscribers.csv": SUBSCRIBERS, "channels.csv": CHANNELS}


@pytest.mark.parametrize(
    "files", [list(ALL.items()), list(reversed(ALL.items())), [("panel.zip", ("zip", ALL))]]
)
def test_readings_get_their_posts_and_channels_in_any_order(read, files):
    upload = read(*files)
    found = {contents.channel.handle: contents for contents in upload.understood.channels}
    assert {handle: (c.channel.name, c.posts, c.totals, c.subscribers) for handle, c in found.items()} == {
        "first_one": ("Первый", 2, {"views": 3_450}, 4_462),
        "second_one": ("Второй", 2, {"views": 55}, 74_448),
    }
    first = upload.sink.posts(found["first_one"].channel.key)[0]
    assert (first.external_id, first.published_at, first.time_known) == ("128", 1_733_828_818, True)
    assert "published_by_first_reading" not in upload.warned


def test_a_post_nobody_read_is_a_post_without_counters(read):
    upload = read(*ALL.items())
    key = upload.understood.channels[1].channel.key
    assert [(post.external_id, post.views) for post in upload.sink.posts(key)] == [("128", 55), ("129", None)]


def test_readings_of_unlisted_posts_are_left_out_and_counted(read):
    extra = VIEWS + "8,99,2024-12-13 16:13:11.508,55\n"
    assert read(("posts.csv", POSTS), ("views.csv", extra)).skipped == {"no_date": 1}


def test_tables_that_others_refer_to_count_nothing_alone(refusal):
    assert refusal("posts.csv", POSTS) == "file.no_counters"
    assert refusal("channels.csv", CHANNELS) == "file.channel_list"


REACTIONS = "channel_name,post_id,post_datetime,reaction_type,react_cnt,react_cnt_sum,views\nКанал,1,2024-12-10 11:06:58,👍,5,8,871\nКанал,1,2024-12-10 11:06:58,ReactionCustomEmoji(document_id=54),3,8,871\nКанал,2,2024-12-11 11:06:58,ReactionPaid(),3,3,300\n"


def test_a_row_for_each_kind_of_reaction_is_one_post_and_stars_stay_apart(read):
    upload = read(("posts_reactions.csv", REACTIONS))
    assert upload.only.totals == {"views": 1_171, "reactions": 8, "stars": 3}
    assert upload.skipped == {}


def test_reactions_given_as_a_sum_in_every_row_count_once(read):
    text = "post_id,post_datetime,reaction_type,react_cnt_sum\n1,2024-12-10 11:06:58,👍,8\n1,2024-12-10 11:06:58,❤,8\n"
    assert read(("posts_reactions.csv", text)).only.totals["reactions"] == 8


def test_reactions_beside_readings_join_the_last_reading(read):
    rows = "post_id,post_datetime,reaction_type,react_cnt\n1,2024-12-10 11:06:58,👍,5\n2,2024-12-11 19:36:42,👍,7\n"
    upload = read(*ALL.items(), ("posts_reactions.csv", rows))
    assert upload.understood.channels[0].totals == {"views": 3_450, "reactions": 12}


def test_reactions_read_again_count_as_the_last_row_of_each_kind_says(read):
    rows = "id,post_id,timestamp,reaction_type,count\n1,1,2024-12-10 16:13:11,👍,5\n2,1,2024-12-11 16:13:11,👍,8\n3,1,2024-12-11 16:13:11,🔥,2\n"
    alone = read(("reactions.csv", rows))
    assert (alone.only.totals, "published_by_first_reading" in alone.warned) == ({"reactions": 10}, True)
    together = read(*ALL.items(), ("reactions.csv", rows))
    assert together.understood.channels[0].totals == {"views": 3_450, "reactions": 10}
    assert "published_by_first_reading" not in together.warned


def test_views_by_day_in_russian_are_what_each_day_added(read):
    header = "ID поста,Дата публикации,Текущие просмотры,1 д,2 д,3 д\n"
    rows = (
        '7,"Dec 10, 2024",497,300.0 (60.4%),190.0 (38.2%),7.0 (1.4%)\n8,"Dec 13, 2024",497,497.0 (100.0%),,\n'
    )
    upload = read(("views_by_day.csv", header + rows))
    assert upload.only.totals == {"views": 994}
    alone = read(
        ("views_by_day.csv", (header + rows).replace("Текущие просмотры,", "").replace(",497,", ","))
    )
    assert [(post.views, post.observed_at - post.published_at) for post in alone.posts] == [
        (497, 3 * 86_400),
        (497, 86_400),
    ]


def test_readings_with_their_post_beside_count_what_was_read_then(read):
    header = "channel_name,post_id,post_datetime,datetime,view_cnt,view_change,hours_diff,current_views,percent_new_views\n"
    rows = "".join(
        f"Канал,1,2024-12-10 11:00:00,2024-12-1{day} 11:00:00,{day}00,100,{day},500,20\n"
        for day in range(1, 6)
    )
    upload = read(("post_view.csv", header + rows))
    assert upload.format == "readings_over_time"
    assert (upload.only.totals, upload.posts[0].published_at) == ({"views": 500}, 1_733_828_400)


def test_snapshots_in_russian_have_the_post_and_the_moment_in_utc(read):
    header = "ID поста;Дата поста (UTC);Ссылка;Снято (UTC);Просмотры;Реакции;ERR %\n"
    rows = "".join(
        f"{post};2024-11-03 10:00;https://t.me/k/{post};2024-11-{day:02d} 16:00;{day}0;{day};1,5\n"
        for post in (1, 2)
        for day in (3, 4, 6)
    )
    upload = read(("срезы.csv", header + rows), zone="Europe/Moscow")
    assert (upload.only.posts, upload.only.totals) == (2, {"views": 120, "reactions": 12})
    assert "naive_times" not in upload.warned
    assert upload.posts[0].published_at == 1_730_628_000


def test_views_by_day_are_readings_at_each_age(read):
    text = "post_id,post_datetime,current_views,1,2,3\n1,2024-12-10 11:06:58,510,300.0 (58.8%),400.0 (78.4%),497.0 (97.5%)\n2,2024-12-11 11:06:58,300,250.0 (83.3%),300.0 (100.0%),\n"
    upload = read(("views_by_day.csv", text))
    assert upload.format == "views_by_day"
    assert upload.only.totals == {"views": 810}
    alone = read(
        ("views_by_day.csv", text.replace("current_views,", "").replace(",510,", ",").replace(",300,", ","))
    )
    assert alone.only.totals == {"views": 797}
    assert alone.posts[0].observed_at - alone.posts[0].published_at == 3 * 86_400
