"""What breaks: a limit that two processes count apart, a bot that stands still because its Redis does, a limit of another bot."""

import asyncio

import pytest
from pydantic import SecretStr

from bot.core.answering_settings import SharingSettings
from bot.core.limiting import Limits
from bot.notifications.pace import Pace
from bot.telegram.throttle import Throttle, Verdict
from tests.kit.ports import free_port
from tests.kit.redis import running_redis


@pytest.fixture(scope="module")
def redis_url():
    with running_redis() as url:
        yield SecretStr(url)


@pytest.fixture
async def limits():
    """`limits(url, owner)`: those of one more process."""
    made = []

    def make(url, owner):
        made.append(Limits(url, owner))
        return made[-1]

    yield make
    for one in made:
        await one.close()


async def test_two_processes_count_together_and_two_bots_apart(redis_url, limits):
    one, other = (Throttle(limits(redis_url, "1"), per_minute=1, burst=4) for _ in range(2))
    verdicts = [await each.admit(7) for each in (one, other) * 4]
    assert verdicts == [Verdict.WELCOME] * 4 + [Verdict.WARN] + [Verdict.IGNORE] * 3
    assert await Throttle(limits(redis_url, "2"), per_minute=1, burst=4).admit(7) is Verdict.WELCOME


async def test_messages_of_two_processes_leave_at_the_pace_of_one(redis_url, limits):
    """And nobody waits for a place that is free."""
    clock = asyncio.get_running_loop().time
    together = limits(redis_url, "3")
    paces = [Pace(chat_every_s=0, together=together.make("sends", "20/s burst 1")) for _ in range(2)]
    left: list[float] = []

    async def send(pace):
        for _ in range(6):
            await pace.wait_for_share()
            left.append(clock())

    await asyncio.gather(*map(send, paces))
    assert len(left) == 12
    assert left[-1] - left[0] > 11 * 0.05 * 0.9


async def test_without_its_redis_each_process_counts_for_itself(limits):
    throttle = Throttle(limits(SecretStr(f"redis://127.0.0.1:{free_port()}/0"), "1"), per_minute=1, burst=2)
    verdicts = [await throttle.admit(7) for _ in range(4)]
    assert verdicts == [Verdict.WELCOME] * 2 + [Verdict.WARN, Verdict.IGNORE]


@pytest.mark.parametrize("url", ["localhost:6379", "http://localhost", "postgresql://localhost/x"])
def test_an_address_of_no_redis_is_refused_and_not_repeated(url, monkeypatch):
    monkeypatch.setenv("REDIS_URL", url)
    with pytest.raises(ValueError, match="an address such as") as refused:
        SharingSettings(_env_file=None)
    assert url not in str(refused.value)
