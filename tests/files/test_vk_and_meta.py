"""VK and Meta: the exports of other years, and what Excel makes of them."""

import pytest


def vk(number, **fields):
    counts = {name: {"count": count} for name, count in (("likes", 3), ("comments", 1), ("reposts", 1))}
    return {
        "id": number,
        "owner_id": -5,
        "date": 1735725600 + number * 86400,
        "text": "раз",
        "attachments": [],
        **counts,
        **fields,
    }


@pytest.mark.parametrize(
    "content",
    [
        {"response": {"count": 2, "items": [vk(2, is_pinned=1), vk(1, marked_as_ads=1)]}},
        {"count": 2, "items": [vk(2), vk(1, marked_as_ads=1)]},
        [vk(2), vk(1, marked_as_ads=1)],
        {"response": [2, {**vk(2), "owner_id": None, "to_id": -5}, {**vk(1, marked_as_ads=1), "owner_id": None, "to_id": -5}]},
    ],
    ids=["response", "bare", "items", "before_5_7"],
)  # fmt: skip
def test_vk_wall_in_every_envelope_lacks_views_without_calling_them_zero(read, content):
    upload = read(("wall.json", content))
    assert upload.format == "vk_wall"
    assert upload.only.totals == {"reactions": 6, "comments": 2, "forwards": 2}
    assert [post.is_ad for post in upload.posts] == [True, False]


def test_vk_extended_answer_names_the_community(read):
    upload = read(
        (
            "wall.json",
            {
                "response": {
                    "items": [{"id": 9, "owner_id": -5, "date": 1735725600}, vk(1)],
                    "groups": [{"id": 5, "name": "Группа", "screen_name": "grp"}],
                }
            },
        )
    )
    assert (upload.only.channel.name, upload.only.channel.handle) == ("Группа", "grp")


@pytest.mark.parametrize(
    ("header", "moment"),
    [("Дата поста (UTC),Количество лайков", 1_672_567_200), ("post_date,likes", 1_672_556_400)],
)
def test_vk_reduced_to_dates_and_likes_keeps_posts_of_one_second_apart(read, header, moment):
    upload = read(
        ("vk.csv", header + "\n2023-01-01 10:00:00,5\n2023-01-01 10:00:00,7\n"), zone="Europe/Moscow"
    )
    assert (upload.only.posts, upload.only.totals, upload.only.first) == (2, {"reactions": 12}, moment)
    assert ("naive_times" in upload.warned) == ("UTC" not in header)


INSTAGRAM = "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Follows,Comments,Saves"
ROW = "{id},17,name,Имя,{text},10,{date} 07:13,https://www.instagram.com/p/{id}/,IG carousel,,Lifetime,100,80,5,1,9,0,2"
PLAIN = [
    INSTAGRAM,
    ROW.format(id=18, text="раз", date="03/14/2025"),
    ROW.format(id=19, text="два", date="03/15/2025"),
]


def quoted(line, tail=""):
    return '"' + line.replace('"', '""') + '"' + tail


@pytest.mark.parametrize(
    "lines",
    [
        PLAIN,
        [line.replace(",", ";") for line in PLAIN],
        [line.replace(",", ";").replace("03/14/", "14.03.").replace("03/15/", "15.03.") for line in PLAIN],
        [quoted(line.replace("раз", '"раз, ""да"""')) for line in PLAIN],
        [quoted(line, ";;;;") for line in PLAIN],
    ],
    ids=[
        "as_exported",
        "saved_with_semicolons",
        "dates_rewritten",
        "a_record_in_one_cell",
        "one_cell_and_empty_ones",
    ],
)
def test_instagram_survives_what_excel_does_to_it(read, lines):
    upload = read(("Mar-01-2025_Mar-31-2025_123.csv", "\ufeff" + "\r\n".join(lines) + "\r\n"))
    assert upload.format == "meta_instagram"
    assert upload.only.totals == {
        "views": 200,
        "reach": 160,
        "reactions": 10,
        "comments": 0,
        "forwards": 2,
        "saves": 4,
    }
    assert [post.published_at for post in upload.posts] == [1_741_936_380, 1_742_022_780]


def test_instagram_ids_rounded_by_excel_do_not_make_two_posts_one(read):
    lines = [INSTAGRAM, *("1.80E+16" + line[line.index(",") :] for line in PLAIN[1:])]
    upload = read(("posts.csv", "\n".join(lines)))
    assert [post.external_id for post in upload.posts] == ["18", "19"]


def test_instagram_row_that_meta_failed_to_compute_has_no_post(read):
    failed = ",,,,,,,,,An error occurred while computing metadata,Lifetime,67,34,9,4,4,5,6"
    upload = read(("posts.csv", "\n".join([*PLAIN, failed])))
    assert (upload.only.posts, upload.skipped) == (2, {"no_date": 1})


def test_facebook_of_2024_gives_unique_users_beside_reach(read):
    header = 'Post ID,Page ID,Page name,Title,Description,Publish time,Permalink,Post type,Date,IMPRESSION:UNIQUE_USERS,Reach,Impressions,"Reactions, Comments and Shares",Reactions,Comments,Shares,Total clicks,Negative feedback from users: Hide all\n'
    upload = read(
        ("fb.csv", header + "1,2,Стр,T,D,05/26/2024 10:23,https://f,Photos,Lifetime,90,91,120,6,3,2,1,4,0\n")
    )
    assert upload.only.totals == {
        "views": 120,
        "reach": 91,
        "reactions": 3,
        "comments": 2,
        "forwards": 1,
        "clicks": 4,
        "interactions_sum": 6,
    }
    alone = read(
        (
            "fb.csv",
            header.replace(",Reach,", ",")
            + "1,2,Стр,T,D,05/26/2024 10:23,https://f,Photos,Lifetime,90,120,6,3,2,1,4,0\n",
        )
    )
    assert alone.only.totals["reach"] == 90


def test_facebook_titles_translated_back_by_machines(read):
    header = 'Post ID,Page ID,Page Name,Title,Publication time,Permalink,Post Type,Sponsored Content Status,Views,Organic Post Views,Range,"Reactions, Comments and Shares",Reactions,Comments,Shares,Total Clicks\n'
    upload = read(("fb.csv", header + "1,2,Стр,T,09/26/2025 10:23,https://f,Photo,,90,80,70,6,3,2,1,5\n"))
    assert upload.format == "meta_facebook"
    assert upload.only.totals == {
        "views": 90,
        "reach": 70,
        "reactions": 3,
        "comments": 2,
        "forwards": 1,
        "clicks": 5,
        "interactions_sum": 6,
    }


def test_facebook_videos_have_views_twice_and_seconds_are_no_views(read):
    header = 'Video asset ID,Universal video ID,Page ID,Page name,Title,Publish time,Permalink,Post type,Date,Views,Reach,Views,3-second video views,"Reactions, comments and shares",Reactions,Comments,Shares\n'
    upload = read(
        (
            "videos.csv",
            header + "1,9,2,Стр,T,05/26/2025 10:23,https://f,Videos,Lifetime,90,91,33,20,6,3,2,1\n",
        )
    )
    assert (upload.only.totals["views"], upload.posts[0].format, upload.posts[0].external_id) == (
        90,
        "video",
        "1",
    )


def test_facebook_page_insights_of_2018_explain_themselves_in_a_second_row(read):
    header = "Post ID,Permalink,Post Message,Type,Posted,Lifetime Post Total Reach,Lifetime Post organic reach,Lifetime Post Total Impressions,Lifetime Engaged Users\n"
    rows = ",,,,,Lifetime: The total number of people who saw it,,,\n1_2,https://www.facebook.com/x/posts/2,Hi,Photo,05/26/2018 10:23:00 AM,100,90,200,7\n"
    assert read(("insights.csv", header + rows)).only.totals == {"views": 200, "reach": 100}


OVERVIEW = 'sep=,\n"{title}"\n"Date","{name}"\n"2025-03-08T01:00:00","5"\n"2025-03-09T00:00:00","6"\n'


@pytest.mark.parametrize(
    "content",
    [
        OVERVIEW.format(title="Views", name="Primary").encode("utf-16"),
        OVERVIEW.format(title="Facebook views", name="Views").encode("utf-16"),
        "sep=\t\r\nViews\r\nDate\tPrimary\r\n2025-03-08T00:00:00\t5\r\n2025-03-09T00:00:00\t6\r\n".encode(
            "utf-16"
        ),
        "\ufeffViews;\r\nDate;Primary\r\n08.03.2025 00:00;5\r\n09.03.2025 00:00;6\r\n",
    ],
    ids=["2025", "2023", "saved_with_tabs", "saved_with_semicolons"],
)
def test_meta_overview_of_every_year_is_days(read, content):
    upload = read(("Views.csv", content))
    assert (upload.format, upload.only.posts) == ("meta_overview", 0)
    assert upload.warned["daily_series"] == {"metric": "views", "days": 2, "total": 11}


def test_meta_kinds_of_content_are_refused_as_a_breakdown(refusal):
    text = "Views;;;;;\nReels;Multi-photo;Links;Photos;Others;Text\n572681;86208;79536;22287;413;329\n;;;;;\nPublished content;;;;;\nReels;Photos;Stories;Links;Text;\n46;30;13;2;1;\n"
    assert refusal("Top content formats.csv", text) == "file.breakdown"


def test_meta_audience_saved_with_semicolons_has_days_among_its_blocks_and_stays_a_breakdown(refusal):
    text = "Age & gender;;;;\n;Women;Men;;\n18-24;3.апр;1.юни;;\n;;;;\nTop towns/cities;;;;\nPleven, Bulgaria;Sofia, Bulgaria;a;b;c\n74.3;4.яну;1;1;0.8\n;;;;\nFollows;;;;\nDate;Primary;;;\n2025-10-31T00:00:00;4;;;\n"
    assert refusal("Audience.csv", text) == "file.breakdown"


def test_facebook_videos_in_one_cell_a_record_have_a_reach_and_no_views(read):
    header = 'Video asset ID,"Universal video ID","Page ID","Page name",Title,"Publish time",Date,Reach,"3-second video views","Reactions, comments and shares",Reactions,Comments,Shares,"3-second video views by country (Bulgaria (BG))"'
    row = '4388,,1910,"Имя, стр.",,"11/01/2025 11:04",Lifetime,2222,1488,27,24,1,2,1386'
    upload = read(("Oct-31-2025_Dec-30-2025_166.csv", f"{quoted(header)}\n{quoted(row)}\n"))
    assert upload.only.totals == {
        "reach": 2_222,
        "reactions": 24,
        "comments": 1,
        "forwards": 2,
        "interactions_sum": 27,
    }
    assert upload.only.channel.name == "Имя, стр."


def test_meta_audience_is_refused_as_a_breakdown(refusal):
    for text in (
        'sep=,\n"Age & gender"\n"","Women","Men"\n"18-24","1.5%","2.5%"\n',
        'sep=,\n"Facebook followers"\n"1234"\n\n"Top cities"\n"Moscow, Russia","Kazan, Russia"\n"10%","5%"\n',
    ):
        assert refusal("Audience.csv", text.encode("utf-16")) == "file.breakdown"


def test_meta_audience_of_2023_is_refused_too(refusal):
    text = 'sep=,\n"Facebook Page followers"\n"FB_PAGE,FOLLOW,UNIQUE_USERS"\n"639"\n\n"Facebook Page followers by gender and age"\n"Age","Women","Men"\n"18-24","16%","33.5%"\n'
    assert refusal("Audience.txt", text) == "file.breakdown"
