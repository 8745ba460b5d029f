"""Exports nobody here has seen before, in languages nobody wrote down: read by what is in them, or named as what they are."""

import csv
import io
from datetime import datetime, timedelta

import pytest

DAYS = [datetime(2026, 9, 1, 10, 15) + timedelta(days=n, hours=n % 7) for n in range(28)]
META = {
    "de": "Beitrags-ID|Konto-ID|Nutzername des Kontos|Kontoname|Beschreibung|Dauer (Sek.)|Veröffentlichungszeitpunkt|Permalink|Beitragsart|Datenkommentar|Datum|Aufrufe|Reichweite|„Gefällt mir“-Angaben|Geteilte Inhalte|Kommentare|Gespeicherte Elemente|Follower",
    "fr": "ID de publication|ID de compte|Nom d’utilisateur du compte|Nom du compte|Description|Durée (s)|Heure de publication|Permalien|Type de publication|Commentaire sur les données|Date|Vues|Couverture|Mentions J’aime|Partages|Commentaires|Enregistrements|Followers supplémentaires",
    "es": "Identificador de la publicación|Identificador de la cuenta|Nombre de usuario de la cuenta|Nombre de la cuenta|Descripción|Duración (segundos)|Hora de publicación|Enlace permanente|Tipo de publicación|Comentario de datos|Fecha|Visualizaciones|Alcance|Me gusta|Veces que se compartió|Comentarios|Veces que se guardó|Seguimientos",
    "it": "ID del post|ID account|Nome utente dell'account|Nome dell'account|Descrizione|Durata (secondi)|Orario di pubblicazione|Permalink|Tipo di post|Commento sui dati|Data|Visualizzazioni|Copertura|Mi piace|Condivisioni|Commenti|Salvataggi|Follower",
    "pl": "Identyfikator posta|Identyfikator konta|Nazwa użytkownika konta|Nazwa konta|Opis|Czas trwania (s)|Czas publikacji|Link bezpośredni|Typ posta|Komentarz do danych|Data|Wyświetlenia|Zasięg|Polubienia|Udostępnienia|Komentarze|Zapisane|Obserwowanie",
    "tr": "Gönderi Kimliği|Hesap Kimliği|Hesap kullanıcı adı|Hesap adı|Açıklama|Süre (sn)|Yayınlanma zamanı|Kalıcı bağlantı|Gönderi türü|Veri yorumu|Tarih|Görüntülemeler|Erişim|Beğenmeler|Paylaşımlar|Yorumlar|Kaydetmeler|Takipler",
    "ja": "投稿ID|アカウントID|アカウントのユーザーネーム|アカウント名|説明|長さ(秒)|公開日時|パーマリンク|投稿タイプ|データコメント|日付|閲覧数|リーチ|いいね！の数|シェア数|コメント数|保存数|フォロー数",
    "uk": "Ідентифікатор допису|Ідентифікатор облікового запису|Ім'я користувача|Назва облікового запису|Опис|Тривалість (с)|Час публікації|Постійне посилання|Тип допису|Коментар до даних|Дата|Перегляди|Охоплення|Вподобання|Поширення|Коментарі|Збереження|Підписки",
}  # fmt: skip
TIKTOK = {
    "Название видео|Ссылка на видео|Время публикации|Всего лайков|Всего комментариев|Всего репостов|Всего просмотров": "{} сентября",
    "Videotitel|Videolink|Veröffentlichungszeit|Likes insgesamt|Kommentare insgesamt|Geteilt insgesamt|Aufrufe insgesamt": "{}. September",
    "Video başlığı|Video bağlantısı|Gönderi zamanı|Toplam beğeni|Toplam yorum|Toplam paylaşım|Toplam görüntüleme": "{} Eylül",
    "Titre|Lien|Heure de publication|J’aime|Commentaires|Partages|Vues": "{} septembre",
}  # fmt: skip
TOTALS = ["Date", "Дата", "Datum", "Fecha", "Tarih", "日付"]


def table(titles, rows, delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([titles, *rows])
    return text.getvalue()


@pytest.mark.parametrize("language", META)
def test_meta_content_is_told_by_its_shape_whatever_language_its_titles_are_in(read, language):
    rows = [
        [1800000 + n, "1784", "shop", "Shop", f"text {n}", 0, f"{day:%m/%d/%Y %H:%M}", f"https://www.instagram.com/p/C{n}x/", "x", "", "Lifetime",
         100 + n, 80 + n, 10 + n % 3, 2, 1, 3, 0] for n, day in enumerate(DAYS[:11])
    ]  # fmt: skip
    upload = read(("Sep-01-2026.csv", table(META[language].split("|"), rows)))
    assert (upload.format, upload.only.channel.platform, upload.only.channel.handle) == (
        "meta_instagram",
        "instagram",
        "shop",
    )
    assert upload.only.totals == {
        "views": sum(row[11] for row in rows), "reach": sum(row[12] for row in rows), "reactions": sum(row[13] for row in rows),
        "forwards": 22, "comments": 11, "saves": 33,
    }  # fmt: skip
    assert (
        upload.posts[10].published_at - upload.posts[0].published_at == (DAYS[10] - DAYS[0]).total_seconds()
    )


@pytest.mark.parametrize("titles", TIKTOK)
def test_tiktok_content_takes_the_year_its_dates_do_not_name_from_the_moment(read, titles):
    rows = [
        [
            f"c{n}",
            f"https://www.tiktok.com/@me/video/74{n:04}",
            TIKTOK[titles].format(n + 1),
            10,
            1,
            2,
            500 + n,
        ]
        for n in range(28)
    ]
    upload = read(("Content.csv", table(titles.split("|"), rows)), as_of=1_790_800_000)
    assert (upload.format, upload.only.posts, upload.only.totals["views"]) == ("tiktok_videos", 28, 14_378)
    assert upload.warned["year_of_moment"] == {"years": "2026"}


@pytest.mark.parametrize("title", TOTALS)
def test_a_row_for_every_day_is_never_a_post(read, title):
    upload = read(("x.csv", table([title, "Views", "Likes"], [[f"{day:%Y-%m-%d}", 100, 3] for day in DAYS])))
    assert (upload.format, upload.only.posts) == ("daily_totals", 0)
    assert upload.warned["daily_series"]["days"] == 28


def test_totals_by_day_give_the_audience_that_stands_beside(read):
    rows = [[f"{day:%d.%m.%Y}", 1000 + n, 300] for n, day in enumerate(DAYS)]
    upload = read(("x.csv", table(["Дата", "Подписчики", "Просмотры"], rows)))
    assert (upload.only.posts, upload.only.subscribers) == (0, 1027)


@pytest.mark.parametrize("title", ["Source de trafic", "Населённый пункт", "Gerät", "国"])
def test_a_day_beside_values_that_come_back_is_a_breakdown(refusal, title):
    rows = [[f"{day:%Y-%m-%d}", kind, 5] for day in DAYS for kind in ("A", "B", "C")]
    assert refusal("x.csv", table(["Date", title, "Views"], rows)) == "file.breakdown"


@pytest.mark.parametrize(
    "periods",
    [
        ["Январь 2026", "Февраль 2026", "Март 2026"],
        ["01.09–07.09.2026", "08.09–14.09.2026"],
        ["1 неделя", "2 неделя"],
    ],
)
def test_weeks_and_months_are_named_as_totals(refusal, periods):
    assert (
        refusal("x.csv", table(["Период", "Просмотры", "Лайки"], [[period, 3000, 40] for period in periods]))
        == "file.totals"
    )


def test_statistics_of_vk_are_named_and_never_asked_about(refusal):
    rows = [[f"{day:%Y.%m.%d}", name, "", "", 5] for day in DAYS for name in ("views", "visitors", "likes")]
    assert (
        refusal("x.csv", table(["Date", "Criterion", "Param. 1", "Param. 2", "Value"], rows))
        == "file.vk_statistics"
    )


def test_placements_are_named_by_their_channels_and_prices(refusal):
    rows = [[f"@ch{n}", f"https://t.me/ch{n}/5", "01.09.2026", "5 000 ₽", 3000, "1,7"] for n in range(12)]
    assert (
        refusal("x.csv", table(["Канал", "Пост", "Дата", "Цена", "Просмотры", "CPV"], rows))
        == "file.placements"
    )


def test_two_columns_of_dates_are_asked_about_and_never_called_no_date(refusal):
    rows = [
        [f"{day:%d.%m.%Y}", f"{day + timedelta(days=3):%d.%m.%Y}", f"п{n}", 300] for n, day in enumerate(DAYS)
    ]
    assert refusal("x.csv", table(["Согласовано", "Эфир", "Пост", "Просмотры"], rows)) == "file.several_dates"


def test_networks_in_a_column_are_apart(read):
    rows = [
        [f"{day:%d.%m.%y}", f"п{n}", "ВК" if n % 2 else "Телеграм", 1000, "1,3%", "500"]
        for n, day in enumerate(DAYS)
    ]
    upload = read(
        (
            "x.csv",
            table(["Дата публикации", "Тема", "Площадка", "Охват/Просмотры", "ER, %", "Стоимость, ₽"], rows),
        )
    )
    assert sorted((found.channel.platform, found.posts, found.totals["views"]) for found in upload.understood.channels) == [
        ("telegram", 14, 14_000), ("vk", 14, 14_000),
    ]  # fmt: skip
    assert {use.title: use.aside for use in upload.understood.columns if use.aside} == {
        "ER, %": "share",
        "Стоимость, ₽": "price",
    }


def test_links_of_two_channels_are_two_channels(read):
    rows = [
        [f"https://t.me/{name}/{n}", f"{day:%d.%m.%Y %H:%M}", 300]
        for n, day in enumerate(DAYS)
        for name in ("kofe", "chay")
    ]
    upload = read(("x.csv", table(["Ссылка", "Дата", "Просмотры"], rows)))
    assert {found.channel.handle: found.posts for found in upload.understood.channels} == {
        "kofe": 28,
        "chay": 28,
    }


def test_equal_ids_are_told_apart_by_the_column_that_can(read):
    rows = [[n, owner, f"{day:%d.%m.%Y %H:%M}", 300] for owner in ("a", "b") for n, day in enumerate(DAYS)]
    assert (
        len(read(("x.csv", table(["post id", "лента", "Дата", "Просмотры"], rows))).understood.channels) == 2
    )


def test_a_shop_in_the_column_of_links_is_no_id_of_a_post(read):
    rows = [[f"{day:%d.%m.%Y %H:%M}", f"https://shop.ru/{n % 2}", 300] for n, day in enumerate(DAYS)]
    assert read(("x.csv", table(["Дата", "Ссылка", "Просмотры"], rows))).only.posts == 28


@pytest.mark.parametrize(
    "views",
    [
        ("Просмотры через 24ч", "Просмотры через 48ч"),
        ("Просмотров через сутки", "Просмотров через 48 часов"),
        ("views_24h", "views_48h"),
        ("Views after a day", "Views after 2 days"),
        ("Aufrufe nach 24 Stunden", "Aufrufe nach 48 Stunden"),
    ],
)
def test_views_at_ages_are_readings_at_those_ages(read, views):
    rows = [[f"{day:%d.%m.%Y %H:%M}", f"п{n}", 1000, 1300, 5] for n, day in enumerate(DAYS)]
    upload = read(("x.csv", table(["Дата", "Пост", *views, "Реакции"], rows)))
    last = upload.posts[0]
    assert (last.views, last.reactions, last.observed_at - last.published_at) == (1300, 5, 2 * 86_400)


@pytest.mark.parametrize(
    ("title", "field"), [("Сохр.", "saves"), ("Переслали", "forwards"), ("Комм.", "comments")]
)
def test_short_titles_of_people_are_counters(read, title, field):
    rows = [[f"{day:%d.%m.%Y %H:%M}", f"п{n}", 300, 5] for n, day in enumerate(DAYS)]
    upload = read(("x.csv", table(["Дата", "Пост", "Просмотры", title], rows)))
    assert {getattr(post, field) for post in upload.posts} == {5}


def test_emoji_in_titles_are_counters(read):
    rows = [[f"{day:%d.%m.%Y %H:%M}", f"п{n}", 300, 5, 2] for n, day in enumerate(DAYS)]
    assert read(("x.csv", table(["Дата", "Пост", "👁", "👍", "🔥"], rows))).only.totals == {
        "views": 8400,
        "reactions": 196,
    }


@pytest.mark.parametrize(
    ("written", "days_ago"),
    [
        ("сегодня в 10:00", 0),
        ("вчера в 10:00", 1),
        ("Gestern um 10:00", 1),
        ("27 сен в 10:00", 3),
        ("1 окт 2025 г., 10:00", 364),
        ("September 29, 10:00", 1),
    ],
)
def test_a_date_without_a_year_is_the_last_such_day(read, written, days_ago):
    moment = 1_790_769_600  # 2026-09-30 12:00 UTC
    upload = read(
        ("x.csv", table(["Когда", "Пост", "Просмотры"], [[written, "а", 500], ["вчера в 9:00", "б", 400]])),
        as_of=moment,
    )
    assert (
        max(upload.posts, key=lambda post: post.views).published_at == moment - 2 * 3600 - days_ago * 86_400
    )


@pytest.mark.parametrize(
    ("titles", "total", "date"),
    [
        ("Treść|Tytuł filmu|Czas publikacji filmu|Czas trwania|Wyświetlenia|Subskrybenci|Wyświetlenia miniatury", "Suma", "{} wrz 2026"),
        ("Contenuti|Titolo del video|Ora di pubblicazione del video|Durata|Visualizzazioni|Iscritti|Impressioni", "Totale", "{} set 2026"),
        ("Contenu|Titre de la vidéo|Heure de publication de la vidéo|Durée|Vues|Abonnés|Impressions", "Total", "{} sept. 2026"),
        ("İçerik|Video başlığı|Video yayınlanma zamanı|Süre|Görüntüleme|Aboneler|Gösterimler", "Toplam", "{} Eyl 2026"),
    ],
)  # fmt: skip
def test_videos_are_known_by_their_ids_in_any_language_and_their_total_is_none(read, titles, total, date):
    rows = [[total, "", "", "", 28 * 500, 28, 90_000]]
    rows += [[f"aB-d3F{n:05d}", f"ролик {n}", date.format(n + 1), 63, 500, 1, 4_500] for n in range(28)]
    upload = read(("Table data.csv", table(titles.split("|"), rows)))
    assert (upload.only.channel.platform, upload.only.posts, upload.only.subscribers) == ("youtube", 28, None)
    assert {post.views for post in upload.posts} == {500}
