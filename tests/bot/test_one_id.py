"""What breaks: a log in which nobody can tell which lines are of one person's question, or what a message came of."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

from tests.kit.processes import life_of_bot

START = datetime(2026, 11, 2, 9, tzinfo=UTC)


def _lines(written: str, event: str, **values: object) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    return [one for one in lines if one["event"] == event and values.items() <= one.items()]


async def test_a_command_its_calls_and_the_message_that_came_of_it_a_day_later_are_tied(box, env, tmp_path):
    """An ad is written down; its card comes after a day of the sandbox's time, out of the outbox."""
    log = tmp_path / "log"
    await box.set_clock(START)
    ann = await box.person("Аня", language="ru")
    seller = await box.channel("Продавец", owner=await box.person("Продавец"), username="the_seller")
    (number,) = await seller.post("Реклама")
    followed = {"CLOCK_URL": f"{box.url}/sandbox/clock", "LOG_LEVEL": "DEBUG", "LOG_FORMAT": "json"}
    async with life_of_bot(env | followed, log) as process:
        await ann.start()
        await ann.wait_for_answer(timeout_s=40)
        own = await box.channel("Наш канал", owner=ann, subscribers=1_000)
        await own.add_bot(rights=["can_invite_users"])
        await ann.wait_for("Наш канал")
        await ann.send(f"/placement t.me/the_seller/{number} 500 1/24 100")
        await ann.wait_for("Записал")
        await box.set_clock(START + timedelta(hours=25), wait=True)
        await ann.wait_for("после выхода")
        process.terminate()
        await asyncio.wait_for(process.wait(), 30)
    written = log.read_text("utf-8")
    (handled,) = _lines(written, "handled", command="placement")
    assert str(handled["id"]).startswith("u:")
    assert _lines(written, "called", method="sendMessage", outcome="ok", id=handled["id"])
    (start,) = _lines(written, "handled", command="start")
    assert start["id"] != handled["id"]
    delivered = _lines(written, "delivered", kind="placement", cause=handled["id"])
    assert delivered
    for one in delivered:
        assert str(one["id"]).startswith("n:")
        assert _lines(written, "called", id=one["id"], cause=handled["id"], outcome="ok")
