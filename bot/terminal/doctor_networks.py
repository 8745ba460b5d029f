"""How each network that is read with a key is doing, for `otklik doctor`."""

from bot.collection.networks.account import name_of
from bot.collection.networks.registry import SOURCES
from bot.core.locales import Translator
from bot.core.network_settings import NetworkSettings
from storage.engine import Database
from storage.system import network_keys, networks


async def look(settings: NetworkSettings, database: Database, now: int, t: Translator) -> tuple[bool, str]:
    """Tells whether each that has a key can be asked now, with a phrase for every one of them."""
    phrases, are_well = [], True
    for network, source in SOURCES.items():
        key = settings.keys.get(network)
        if key is None:
            phrases.append(t.plain("doctor.network_off", network=source.title, setting=source.setting))
            continue
        async with database.read() as conn:
            state = await network_keys.get(conn, name_of(network, key))
            followed = await networks.count_followed(conn, network)
        left = state.left(source.allowance.units, now)
        told = {"network": source.title, "setting": source.setting, "followed": followed, "left": left}
        if state.refusal is not None:
            code = "doctor.network_refused"
        elif state.not_before > now:
            code, told["minutes"] = "doctor.network_waits", (state.not_before - now) // 60 + 1
        else:
            code = "doctor.network_on" if left else "doctor.network_spent"
        are_well = are_well and code == "doctor.network_on"
        phrases.append(t.plain(code, units=source.allowance.units, **told))
    return are_well, "; ".join(phrases)
