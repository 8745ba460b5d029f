"""Text of one byte a letter comes out in the letters it was written in, whatever program and language wrote it."""

import pytest

from storage.files.decode.reader import decode

# Titles and texts as people have them; blanks that do not break stand inside numbers.
TEXTS = {
    "cp1252": (
        "Beiträge;Aufrufe;Gefällt mir;Straße;ÄRGER",
        "Café „Größe“;1\u00a0234;Berlin–Paris;señor ¿qué?",
        "Vues;J’aime;Partagé;été à la plage",
        "Vues;cœur;œuvre;Nœud;ŒUVRE",
        "Visualizações;Curtidas;Compartilhações",
        "Visning;Åpnet på søndag;Kjøp",
    ),
    "mac_roman": (
        "Beitrag;Gefällt mir;Schöner Käse für alle",
        "Publicación;Visualizaciones;Año;España",
        "Vues;J’aime;Partagé;1\u00a0234;été à la plage",
        "Views;1\u00a0234;2\u00a0345",
        "Schöne\rgrößte\rBeiträge\r",
    ),
    "cp1254": ("Gönderi;Beğeni;Paylaşım;Görüntülenme;İzlenme", "Kahve hakkında bir yazı;ÇAĞRI"),
    "cp1250": (
        "Wyświetlenia;Polubienia;Zasięg;Treść;łąka",
        "Wyświetlenia;śniadanie;Wieś",
        "Zobrazení;Líbí se;Příspěvek;Komentáře",
        "Megtekintések;Hozzászólások;Időpont;tűz",
    ),
    "cp1251": ("Дата;Просмотры;н/д", "Дата;Перегляди;Вподобання;їжа"),
}


@pytest.mark.parametrize(
    ("encoding", "text"), [(code, text) for code, texts in TEXTS.items() for text in texts]
)
def test_a_text_of_one_byte_is_read_in_its_own_letters(encoding, text):
    assert decode(text.encode(encoding)).text == text
