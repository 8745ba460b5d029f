"""What breaks: a summary that leaves before the alerts of its minute are judged, and says the opposite of them."""

import asyncio

from bot.notifications.due import claim, run_due
from bot.notifications.kind import Kind

SLOW = 50  # turns of the loop


async def test_what_others_tell_of_is_done_before_they_are_run(stage):
    """The alerts take long in workers, and the summary was asked for first."""
    told = []

    def runner(name, turns):
        async def run(services, schedule):
            for _ in range(turns):
                await asyncio.sleep(0)
            async with services.database.begin() as conn:
                assert await claim(conn, schedule, stage.now)
            told.append(name)

        return run

    await stage.subscribe("digest")
    await stage.subscribe("alerts")
    stage.clock.moment = stage.clock.moment.replace(day=stage.clock.moment.day + 1)
    kinds = {
        "digest": Kind(run=runner("digest", 0)),
        "alerts": Kind(run=runner("alerts", SLOW), is_first=True),
    }
    await run_due(stage.services, kinds)
    assert told == ["alerts", "digest"]
    await run_due(stage.services, kinds)
    assert told == ["alerts", "digest"]
