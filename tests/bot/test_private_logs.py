"""What breaks: what people wrote, or how they call things, in a log. A real process at DEBUG, over the sandbox."""

import signal

import pytest

from tests.kit.processes import life_of_bot

MARK = "сокровенное"  # in every text, title and name
CSV = f"id,date,channel,title,views\n1,2026-10-01,{MARK} в файле,{MARK} пост,100\n"


@pytest.mark.parametrize("log_format", ["text", "json"])
async def test_nothing_that_people_wrote_is_in_a_log_at_debug(box, env, tmp_path, log_format):
    ann = await box.person(f"{MARK} Аня", language="ru")
    changed = {"LOG_LEVEL": "DEBUG", "LOG_FORMAT": log_format}
    async with life_of_bot(env | changed, tmp_path / "log") as process:
        await ann.send(f"/er {MARK}")
        await ann.wait_for_answer(timeout_s=40)
        group = await box.group(f"{MARK} группа", owner=ann)
        here = ann.at(group)
        await here.send("/help")
        await here.wait_for_answer(timeout_s=20)
        await ann.send(f"просто {MARK}")
        await ann.wait_for_answer(timeout_s=20)
        channel = await box.channel(f"{MARK} канал", owner=ann)
        await channel.add_bot(rights=["can_post_messages"])
        await ann.wait_for_answer(timeout_s=20)
        await channel.post(f"{MARK} новость")
        await box.inject({"message": {"text": MARK, "chat": {"id": ann.id}}})
        await box.inject({"channel_post": {"text": MARK, "chat": MARK}})
        await box.fault("sendPhoto", status=400, description="Bad Request: something odd")
        await ann.send_file(CSV.encode(), f"{MARK}.csv")
        await ann.wait_for("Сколько подписчиков", timeout_s=40)
        await ann.send(f"/er {MARK} в файле 90d")
        await ann.wait_for_answer(timeout_s=40)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    written = (tmp_path / "log").read_text("utf-8")
    assert "stopping" in written
    assert "an update failed" in written  # of an unknown shape: what it held is not told
    told = [line for line in written.splitlines() if MARK in line or "\\u0441\\u043e\\u043a" in line]
    assert told == []
