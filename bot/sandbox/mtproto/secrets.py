"""The keys of the loopback server. They open nothing: who connects here is told to trust them, and nobody else does."""

from hashlib import sha1
from typing import Any

import rsa
from telethon.crypto import AES, AuthKey
from telethon.crypto.rsa import get_byte_array

_P = int(
    "c1305fbe34616591f1ef1ccb416c986d1dde95443321317f24a7b89145e55d478cf61b82531d7dea97916d5174c0e40f9abdc2fd6f37"
    "37d060942a92ba6f10a46674ea4496197d5ee72e6b4fa8ada03cd8bd29fc0f4bce1e69fc0ce25f55a1735d481691fc9f91fee63f66de"
    "7410dbb1096ff67fb63b8d2688a19e4f9c11ed7b",
    16,
)
_Q = int(
    "e687ad91108a18747890c5a74db6f9b53419cb802b5ac4e52d62c25e2c72f0d3dd4f2078b38dac89ae018ad340575c6b2e8034589884"
    "52f4f7fbba03c9dd2218590b6392e76fe82cf308f69a6d93c324c78ed106d02a1ebd708793840026dea43e6a38a763853c6318dd08b3"
    "5811a021142098d488b337eacdb9903c97f408b5",
    16,
)
_EXPONENT = 65_537
PUBLIC_KEY = rsa.PublicKey(_P * _Q, _EXPONENT)
_PRIVATE = pow(_EXPONENT, -1, (_P - 1) * (_Q - 1))

# The group of 2048 bits that Telegram's servers use (https://core.telegram.org/mtproto/auth_key).
DH_PRIME = int(
    "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f48198a0aa7c14058229493d22530f4dbfa336f6e0ac9"
    "25139543aed44cce7c3720fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f642477fe96bb2a941d5bcd1d4a"
    "c8cc49880708fa9b378e3c4f3a9060bee67cf9a4a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754fd17"
    "ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959"
    "d956850ce929851f0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b",
    16,
)
DH_BASE = 3
KEY_BYTES = 256
PQ = (
    16_777_259 * 16_777_289
)  # Telegram has longer ones; to take it apart is the client's work, and proves nothing here


def public_key_text() -> str:
    """Returns the public key as a client's library takes it (PKCS#1, PEM)."""
    text: bytes = PUBLIC_KEY.save_pkcs1()
    return text.decode()


def open_by_rsa(sealed: bytes) -> bytes:
    """Opens the 255 bytes that a client sealed with the public key: a hash, what it says, padding."""
    return pow(int.from_bytes(sealed, "big"), _PRIVATE, PUBLIC_KEY.n).to_bytes(255, "big")


def seal(said: bytes, key: bytes, vector: bytes, padding: bytes) -> bytes:
    """Seals an answer of the key exchange under the temporary key of both nonces."""
    hashed = sha1(said, usedforsecurity=False).digest() + said
    sealed: bytes = AES.encrypt_ige(hashed + padding[: -len(hashed) % 16], key, vector)
    return sealed


def auth_key(g_b: bytes, secret: int) -> Any:
    """Returns the key that both sides know now."""
    return AuthKey(get_byte_array(pow(int.from_bytes(g_b, "big"), secret, DH_PRIME)))


def as_kept(key: Any) -> tuple[Any, ...]:
    """Returns the key as the client has it now, and as its stored session brings it back.

    One key in 256 begins with a zero. Telethon leaves it out, and a session kept as text fills up to 256 bytes behind:
    another key to the letter. Telegram refuses such a login at once and the next one is another; here it would only come
    up later, as a session that nobody ended.
    """
    return (key, AuthKey(key.key.ljust(KEY_BYTES, b"\0")))
