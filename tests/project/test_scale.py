"""What breaks: a profile of several processes that refuse each other, or that nobody hands updates to."""

import re
from urllib.parse import urlsplit

import pytest
import yaml


@pytest.fixture(scope="module")
def services(root):
    return yaml.safe_load((root / "compose.yaml").read_text("utf-8"))["services"]


@pytest.fixture(scope="module")
def caddyfile(root) -> str:
    return (root / "deploy" / "Caddyfile").read_text("utf-8")


def test_the_profile_has_three_that_answer_two_with_jobs_and_what_they_share(services):
    scaled = {name: service for name, service in services.items() if "scale" in service.get("profiles", ())}
    assert set(scaled) == {"chat", "jobs", "proxy", "redis"}
    assert {name: scaled[name]["deploy"]["replicas"] for name in ("chat", "jobs")} == {"chat": 3, "jobs": 2}
    for role in ("chat", "jobs"):
        assert scaled[role]["command"] == ["run", "--role", role]
        assert scaled[role]["extends"] == {"service": "bot"}
        shared = urlsplit(scaled[role]["environment"]["REDIS_URL"])
        assert shared.hostname in scaled
        assert set(scaled[role]["depends_on"]) == {"database", "redis"}


def test_whoever_starts_without_the_profile_has_one_bot_and_a_database(services):
    assert {name for name, service in services.items() if "profiles" not in service} == {"bot", "database"}


def test_the_proxy_hands_updates_to_where_the_processes_listen(services, caddyfile):
    chat = services["chat"]["environment"]
    assert re.search(r"^\s+name (\S+)", caddyfile, re.MULTILINE)[1] == "chat"
    assert int(re.search(r"^\s+port (\d+)", caddyfile, re.MULTILINE)[1]) == chat["WEBHOOK_PORT"]
    assert chat["WEBHOOK_HOST"] == "0.0.0.0"
    assert (
        re.search(r"^\s+reverse_proxy (\S+)", caddyfile, re.MULTILINE)[1]
        == urlsplit(chat["WEBHOOK_URL"]).path
    )
    assert caddyfile.count("{") == caddyfile.count("}")
    [mounted] = [volume for volume in services["proxy"]["volumes"] if volume.endswith(":ro")]
    assert mounted == "./deploy/Caddyfile:/etc/caddy/Caddyfile:ro"
    assert "{$BOT_DOMAIN}" in caddyfile
    assert "BOT_DOMAIN" in services["proxy"]["environment"]
