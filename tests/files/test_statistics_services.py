"""What Telegram and its services count by themselves: charts, the TGStat API, Telegram Ads, public pages."""

import json

import pytest

DAYS = [1735689600000, 1735776000000, 1735862400000]


def chart(*lines, **fields):
    columns = [["x", *DAYS], *([f"y{place}", *values] for place, (_, values) in enumerate(lines))]
    names = {f"y{place}": name for place, (name, _) in enumerate(lines)}
    return {"columns": columns, "types": {"x": "x", "y0": "line"}, "names": names, "colors": {}, **fields}


FOLLOWERS = ("Total followers", [100, 110, 120])


@pytest.mark.parametrize(
    "name",
    [
        "Total followers",
        "Всего подписчиков",
        "Усього підписників",
        "Gesamtzahl der Abonnenten",
        "Total de seguidores",
    ],
)
def test_chart_of_followers_is_an_audience_in_any_language(read, name):
    upload = read(("followers.json", chart((name, [100, 110, 120]))))
    assert upload.audience == [(1_735_689_600, 100, 0), (1_735_776_000, 110, 0), (1_735_862_400, 120, 0)]


def test_charts_of_who_came_and_left_are_no_audience(read):
    upload = read(
        ("followers.json", chart(("Новые подписчики", [5, 6, 7]))),
        ("b.json", chart(("Подписались", [5, 6, 7]), ("Отписались", [1, 1, 1]))),
    )
    assert upload.audience == []


def test_charts_of_march_2019_are_a_list_with_names_nobody_gave(read):
    upload = read(("chart_data.json", [chart(("#0", [1, 2, 3]), ("#1", [4, 5, 6]))] * 5))
    assert [w.params["metric"] for w in upload.understood.warnings] == ["#0", "#1"]
    assert (upload.only.posts, upload.only.first) == (0, 1_735_689_600)


def test_charts_inside_an_answer_of_the_api_are_texts_of_json(read):
    answer = {
        "_": "stats.BroadcastStats",
        "period": {"min_date": 1735689600, "max_date": 1735948800},
        "followers": {"current": 125.0, "previous": 100.0},
        "growth_graph": {"_": "StatsGraph", "json": {"_": "DataJSON", "data": json.dumps(chart(FOLLOWERS))}},
        "followers_graph": {"_": "StatsGraphAsync", "token": "x"},
    }
    assert [row.subscribers for row in read(("stats.json", answer)).audience] == [100, 110, 120, 125]


def answer(response):
    return {"status": "ok", "response": response}


def test_tgstat_card_of_a_small_channel_has_nulls_and_old_ones_lack_keys(read):
    card = {
        "id": 1,
        "title": "Канал",
        "username": "@kanal",
        "participants_count": 42,
        "avg_post_reach": 5,
        "adv_post_reach_12h": None,
        "ci_index": None,
    }
    for content in (answer(card), card):
        upload = read(("stat.json", content), as_of=1_700_000_000)
        assert (upload.only.channel.handle, upload.audience) == ("kanal", [(1_700_000_000, 42, 0)])


@pytest.mark.parametrize(
    ("periods", "first"),
    [
        (["2018-11-04", "2018-11-03"], 1_541_203_200),
        (["2020-03-11 10:00", "2020-03-11 09:00"], 1_583_917_200),
        (["2020-10", "2020-09"], 1_598_918_400),
        (["2020-41", "2020-40"], 1_601_251_200),
    ],
    ids=["days", "hours", "months", "weeks"],
)
def test_tgstat_subscribers_by_any_period_newest_first(read, periods, first):
    rows = [{"period": period, "participants_count": 100 - place} for place, period in enumerate(periods)]
    upload = read(("subscribers.json", answer(rows)))
    assert [row.subscribers for row in upload.audience] == [99, 100]
    assert upload.only.first == first


@pytest.mark.parametrize("key", ["views_count", "avg_posts_reach", "mentions_count", "forwards_count"])
def test_tgstat_totals_by_day_are_named_and_not_kept(read, key):
    upload = read(
        ("views.json", answer([{"period": "2018-11-04", key: 105}, {"period": "2018-11-03", key: 99}]))
    )
    assert upload.warned["daily_series"] == {
        "metric": upload.warned["daily_series"]["metric"],
        "days": 2,
        "total": 204,
    }


@pytest.mark.parametrize("key", ["er", "err", "err24"])
def test_tgstat_rates_by_day_are_never_added_up(read, key):
    upload = read(
        ("err.json", answer([{"period": "2018-11-04", key: 10.5}, {"period": "2018-11-03", key: 9.9}]))
    )
    assert upload.warned == {"rates_by_day": {"metric": key.upper(), "days": 2}}


def post(number, link, **fields):
    return {
        "id": number,
        "date": 1540123127 + number,
        "views": 5,
        "link": link,
        "channel_id": 9,
        "is_deleted": 0,
        "forwarded_from": None,
        "text": "раз",
        **fields,
    }


def test_tgstat_found_posts_belong_to_the_channels_of_their_links(read):
    response = {
        "count": 2,
        "items": [
            post(1, "t.me/one/3", media={"media_type": "mediaPhoto"}),
            post(2, "https://t.me/c/123456/4"),
        ],
        "channels": [{"id": 9, "username": "@one", "title": "Первый"}],
    }
    upload = read(("posts.json", answer(response)))
    assert [
        (f.channel.name, f.channel.handle, f.channel.external_id) for f in upload.understood.channels
    ] == [("Первый", "one", None), (None, None, "123456")]
    assert upload.sink.posts(upload.understood.channels[0].channel.key)[0].format == "photo"


def test_tgstat_one_post_is_a_list_of_one_and_found_channels_are_refused(read, refusal):
    assert read(("post.json", answer(post(1, "t.me/one/3")))).posts[0].external_id == "3"
    found = {
        "count": 1,
        "items": [{"id": 1, "link": "t.me/a", "username": "@a", "title": "А", "participants_count": 5}],
    }
    assert refusal("search.json", answer(found)) == "file.channel_list"
    assert refusal("error.json", {"status": "error", "error": "invalid_token"}) == "file.not_statistics"


@pytest.mark.parametrize("result", ["Joined", "Started bot"])
def test_telegram_ads_by_day_are_no_posts(read, result):
    upload = read(
        ("stats.csv", f"date\tViews\tClicks\t{result}\n01 Mar 2024\t51,562\t5\t1\n02 Mar 2024\t300\t6\t2\n")
    )
    assert (upload.format, upload.only.posts) == ("telegram_ads", 0)
    assert {w.params["metric"]: w.params["total"] for w in upload.understood.warnings} == {
        "Views": 51_862,
        "Clicks": 11,
        result: 3,
    }


@pytest.mark.parametrize(
    "text",
    [
        "date\tViews\tOpened video\tClicks\tActions\n16 Jan 2026\t1000\t7\t25\t3\n17 Jan 2026\t1\t0\t0\t0\n",
        "Day\tViews\tAmount, TON\n16 January 2026\t1000\t1.23456\n17 January 2026\t1\t0,5\nTotal in January 2026\t1001\t1.7\n",
        "date\tViews\tClicks\tJoined\n09 June 2026 2:00 UTC\t1000\t5\t1\n09 June 2026 2:05 UTC\t1\t6\t2\n",
    ],
    ids=["video", "report_with_a_total", "five_minutes"],
)
def test_telegram_ads_in_its_other_reports(read, text):
    upload = read(("report.csv", text))
    assert (upload.format, upload.only.posts) == ("telegram_ads", 0)
    assert upload.understood.warnings[0].params == {"metric": "Views", "days": 2, "total": 1_001}


def test_telegram_ads_spending_has_a_comma_in_its_title_and_in_its_decimals(read):
    upload = read(("budget.csv", "date\tSpent budget, TON\n01 Mar 2024\t12,5\n02 Mar 2024\t0,103\n"))
    assert upload.warned["daily_series"] == {"metric": "Spent budget, TON", "days": 2, "total": "12.60"}


def landing(*said):
    extras = "".join(f'<div class="tgme_page_extra">{text}</div>' for text in said)
    return f'<!DOCTYPE html><html><head><title>Telegram: Contact @name</title></head><body><div class="tgme_page"><div class="tgme_page_title"><span>Имя</span></div>{extras}<a href="tg://resolve?domain=name">x</a></div></body></html>'


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("1 474 933 members", 1_474_933),
        ("11\u202f286\u00a0994 subscribers", 11_286_994),
        ("1 subscriber", 1),
        ("12 345 подписчиков", 12_345),
    ],
)
def test_landing_page_of_2021_and_2026_counts_exactly(read, said, count):
    upload = read(("page.html", landing(said)), as_of=1_700_000_000)
    assert upload.audience == [(1_700_000_000, count, 0)]
    assert upload.only.channel.handle == "name"


@pytest.mark.parametrize(
    "said",
    [["97 957 members, 4 138 online"], ["@bot", "8 122 955 monthly users"], ["@nikolai"], []],
    ids=["group", "bot", "person", "nobody"],
)
def test_landing_page_of_anything_else_is_refused(refusal, said):
    assert refusal("page.html", landing(*said)) == "file.page_not_channel"


def test_public_page_of_2021_says_members_and_has_no_reactions(read):
    wrap = '<div class="tgme_widget_message" data-post="name/1"><span class="tgme_widget_message_views">8.67M</span><a class="tgme_widget_message_date"><time datetime="2021-02-07T10:00:00+00:00"></time></a></div>'
    page = f'<!-- saved from url=(0020)https://t.me/s/name -->\n<!DOCTYPE html><html><head><link href="widget-frame.css?45"></head><body><div class="tgme_channel_info"><div class="tgme_channel_info_counter"><span class="counter_value">1.48M</span> <span class="counter_type">members</span></div><div class="tgme_channel_info_counter"><span class="counter_value">74.7K</span> <span class="counter_type">photos</span></div></div>{wrap}</body></html>'
    upload = read(("s.html", page))
    assert upload.audience == [(1_612_692_000, 1_480_000, 10_000)]
    assert (upload.only.totals, upload.only.approximate) == ({"views": 8_670_000}, True)
