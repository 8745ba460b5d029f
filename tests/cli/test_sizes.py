"""What breaks: an operator can't see what fills the disk, or asking makes a database where there is none."""

from storage.upgrade import upgrade


def test_every_table_is_told_with_its_rows_and_bytes(otklik, tmp_path, monkeypatch):
    url = f"sqlite+aiosqlite:///{tmp_path}/otklik.db"
    monkeypatch.setenv("BOT_TOKEN", "1:a")
    monkeypatch.setenv("DATABASE_URL", url)
    refused = otklik("db", "size", "--lang", "ru")
    assert refused.code == 2
    assert "otklik db upgrade" in refused.err
    assert not (tmp_path / "otklik.db").exists()
    upgrade(url)
    told = otklik("db", "size", "--json").json
    assert told["tables"]["reading"]["rows"] == 0
    assert 0 < told["tables"]["reading"]["bytes"] < told["bytes"] == (tmp_path / "otklik.db").stat().st_size
    words = otklik("db", "size", "--lang", "ru").out
    assert "МБ" in words
    assert "пустых таблиц" in words
