"""getMe, and what the bot says about itself: commands, descriptions, menu."""

import json
import re

from bot.sandbox.limits import COMMANDS, bad_request
from bot.sandbox.membership import Json
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.world import World

DEFAULT_SCOPE = '{"type": "default"}'


@method("getMe")
def get_me(world: World, params: Params) -> Json:  # noqa: ARG001 the registry's signature
    return {
        **world.bot.user.body(),
        "can_join_groups": True,
        "can_read_all_group_messages": world.bot.reads_all_in_groups,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("setMyCommands")
def set_commands(world: World, params: Params) -> bool:
    commands = params.items("commands") or []
    if len(commands) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", str(command.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    named = [
        {"command": str(one["command"]).removeprefix("/"), "description": one["description"]}
        for one in commands
    ]
    world.bot.commands[_scope(params)] = named
    return True


@method("getMyCommands")
def get_commands(world: World, params: Params) -> list[Json]:
    return world.bot.commands.get(_scope(params), [])


@method("deleteMyCommands")
def delete_commands(world: World, params: Params) -> bool:
    world.bot.commands.pop(_scope(params), None)
    return True


@method("setMyName")
def set_name(world: World, params: Params) -> bool:
    return _set(world.bot.names, params, "name", 64)


@method("setMyDescription")
def set_description(world: World, params: Params) -> bool:
    return _set(world.bot.descriptions, params, "description", 512)


@method("setMyShortDescription")
def set_short_description(world: World, params: Params) -> bool:
    return _set(world.bot.short_descriptions, params, "short_description", 120)


@method("getMyName")
def get_name(world: World, params: Params) -> Json:
    return {"name": _get(world.bot.names, params, world.bot.user.first_name)}


@method("getMyDescription")
def get_description(world: World, params: Params) -> Json:
    return {"description": _get(world.bot.descriptions, params, "")}


@method("getMyShortDescription")
def get_short_description(world: World, params: Params) -> Json:
    return {"short_description": _get(world.bot.short_descriptions, params, "")}


@method("setChatMenuButton")
def set_menu_button(world: World, params: Params) -> bool:
    button = params.table("menu_button") or {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: unsupported type")
    world.bot.menu_button = button
    return True


@method("getChatMenuButton")
def get_menu_button(world: World, params: Params) -> Json:  # noqa: ARG001 the registry's signature
    return world.bot.menu_button


@method("setMyDefaultAdministratorRights")
def set_default_rights(world: World, params: Params) -> bool:
    world.bot.default_rights[params.flag("for_channels")] = params.table("rights") or {}
    return True


def _scope(params: Params) -> tuple[str, str]:
    scope = params.table("scope")
    key = json.dumps(scope, sort_keys=True) if scope else DEFAULT_SCOPE
    return key, params.text("language_code")


def _set(kept: dict[str, str], params: Params, name: str, longest: int) -> bool:
    value = params.text(name)
    if len(value) > longest:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    kept[params.text("language_code")] = value
    return True


def _get(kept: dict[str, str], params: Params, default: str) -> str:
    return kept.get(params.text("language_code")) or kept.get("") or default
