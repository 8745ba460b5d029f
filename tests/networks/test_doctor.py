"""What breaks: an operator who is told that all is well while a key is refused, used up or told to wait."""

import pytest

from bot.core.locales import translator
from bot.terminal.doctor_networks import look
from metrics.errors import DomainError
from storage.files.tables.links import OwnerLink
from tests.networks.conftest import NOW

T = translator("en")


@pytest.mark.parametrize(
    ("trouble", "is_well", "words"),
    [
        (
            None,
            True,
            "VK: channels 1, left for today 4998 of 5000; YouTube: channels 0, left for today 10000 of 10000",
        ),
        ("5", False, "VK did not take the key, check VK_SERVICE_KEY"),
        ("29", False, "VK: channels 1, nothing is left for today"),
        ("9", False, "the next attempt is in 11 min"),
    ],
)
async def test_doctor_says_how_each_network_is_doing(
    box, settings, start, home, database, trouble, is_well, words
):
    await box.vk.channel("77", "coffee", "Кофейня")
    link = OwnerLink("vk", "coffee")
    await start().networks.follow(await home(), link, person=5)
    if trouble:
        await box.vk.trouble(trouble)
        with pytest.raises(DomainError):
            await start().networks.look(link)
    well, told = await look(settings, database, NOW, T)
    assert (well, words in told) == (is_well, True), told


async def test_without_keys_each_network_is_off_and_that_is_well(settings, database):
    bare = settings.model_copy(update={"vk_service_key": None, "youtube_api_key": None})
    assert await look(bare, database, NOW, T) == (
        True,
        "VK has no key (VK_SERVICE_KEY); YouTube has no key (YOUTUBE_API_KEY); MAX has no key (MAX_BOT_TOKEN)",
    )
