"""How a client and the server come to a key that nobody else knows (https://core.telegram.org/mtproto/auth_key)."""

import os
import time
from typing import Any

from telethon import helpers
from telethon.crypto import AES
from telethon.crypto.rsa import _compute_fingerprint, get_byte_array
from telethon.extensions import BinaryReader
from telethon.tl import functions, types

from bot.sandbox.mtproto import secrets


class Exchange:
    """One key in the making; `key` is there once the client has said the last word."""

    def __init__(self) -> None:
        self.key: Any = None
        self._nonce = 0
        self._server_nonce = int.from_bytes(os.urandom(16), "little", signed=True)
        self._new_nonce = 0
        self._secret = int.from_bytes(os.urandom(256), "big")
        self._temporary: tuple[bytes, bytes] = (b"", b"")

    def answer(self, said: Any) -> Any:
        """Returns the server's word to this one.

        Raises ConnectionError for what belongs to no exchange.
        """
        if isinstance(said, functions.ReqPqMultiRequest):
            return self._offer(said)
        if isinstance(said, functions.ReqDHParamsRequest):
            return self._agree(said)
        if isinstance(said, functions.SetClientDHParamsRequest):
            return self._settle(said)
        raise ConnectionError("not a word of the key exchange")

    def _offer(self, said: Any) -> Any:
        self._nonce = said.nonce
        return types.ResPQ(
            nonce=self._nonce,
            server_nonce=self._server_nonce,
            pq=get_byte_array(secrets.PQ),
            server_public_key_fingerprints=[_compute_fingerprint(secrets.PUBLIC_KEY)],
        )

    def _agree(self, said: Any) -> Any:
        inner = BinaryReader(secrets.open_by_rsa(said.encrypted_data)[20:]).tgread_object()
        self._new_nonce = inner.new_nonce
        self._temporary = helpers.generate_key_data_from_nonce(self._server_nonce, self._new_nonce)
        inside = types.ServerDHInnerData(
            nonce=self._nonce,
            server_nonce=self._server_nonce,
            g=secrets.DH_BASE,
            dh_prime=get_byte_array(secrets.DH_PRIME),
            g_a=get_byte_array(pow(secrets.DH_BASE, self._secret, secrets.DH_PRIME)),
            server_time=int(time.time()),
        )
        sealed = secrets.seal(bytes(inside), *self._temporary, os.urandom(16))
        return types.ServerDHParamsOk(
            nonce=self._nonce, server_nonce=self._server_nonce, encrypted_answer=sealed
        )

    def _settle(self, said: Any) -> Any:
        plain = AES.decrypt_ige(said.encrypted_data, *self._temporary)
        inner = BinaryReader(plain[20:]).tgread_object()
        self.key = secrets.auth_key(inner.g_b, self._secret)
        return types.DhGenOk(
            nonce=self._nonce,
            server_nonce=self._server_nonce,
            new_nonce_hash1=self.key.calc_new_nonce_hash(self._new_nonce, 1),
        )
