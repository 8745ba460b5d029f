"""Every network that the sandbox plays."""

from bot.sandbox.clock import SandboxClock
from bot.sandbox.networks.max import MaxServer
from bot.sandbox.networks.vk import VkServer
from bot.sandbox.networks.youtube import YouTubeServer

NetworkServer = VkServer | YouTubeServer | MaxServer


def network_servers(clock: SandboxClock) -> dict[str, NetworkServer]:
    return {"vk": VkServer(clock), "youtube": YouTubeServer(clock), "max": MaxServer(clock)}
