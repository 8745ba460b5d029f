"""Keys of networks other than Telegram, and where each is asked."""

from pydantic import Field, HttpUrl, SecretStr, ValidationInfo, field_validator

from bot.core.setting_group import Group, is_loopback


class NetworkSettings(Group):
    vk_service_key: SecretStr | None = Field(
        default=None,
        description="a service key of a VK application: with it open walls of VK are read (docs/collection.md)",
    )
    youtube_api_key: SecretStr | None = Field(
        default=None,
        description="a key of the YouTube Data API v3: with it channels of YouTube are read (docs/collection.md)",
    )
    max_bot_token: SecretStr | None = Field(
        default=None,
        description="the token of a bot in MAX: channels of MAX that it administers are read (docs/collection.md)",
    )
    vk_url: HttpUrl = Field(
        default=HttpUrl("https://api.vk.com/method"),
        description="where VK's methods are; another address is the sandbox's, for trying out",
    )
    youtube_url: HttpUrl = Field(
        default=HttpUrl("https://youtube.googleapis.com/youtube/v3"),
        description="where YouTube's methods are; another address is the sandbox's, for trying out",
    )

    max_url: HttpUrl = Field(
        default=HttpUrl("https://platform-api.max.ru"),
        description="where MAX's methods are; another address is the sandbox's, for trying out",
    )

    @field_validator("vk_url", "youtube_url", "max_url")
    @classmethod
    def _is_the_network_or_here(cls, url: HttpUrl, info: ValidationInfo) -> HttpUrl:
        own = cls.model_fields[info.field_name or ""].default
        if url != own and not is_loopback(url):
            raise ValueError("a sandbox on this machine")  # whoever answers there is trusted with the key
        return url

    @property
    def keys(self) -> dict[str, SecretStr]:
        """By network; only those that are set."""
        told = {"vk": self.vk_service_key, "youtube": self.youtube_api_key, "max": self.max_bot_token}
        return {network: key for network, key in told.items() if key is not None}

    @property
    def urls(self) -> dict[str, str]:
        return {"vk": str(self.vk_url), "youtube": str(self.youtube_url), "max": str(self.max_url)}

    def is_sandbox(self, network: str) -> bool:
        return is_loopback(HttpUrl(self.urls[network]))
