"""Encryption at rest: what only this bot can read, under a key made of its token, which no database holds."""

import base64
import binascii
import hashlib

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox


class Sealing:
    """With another token nothing that was sealed can be opened, which is as it should be: it was that token's."""

    def __init__(self, token: str) -> None:
        self._box = SecretBox(hashlib.sha256(b"otklik session\0" + token.encode()).digest())

    def seal(self, secret: str) -> str:
        return base64.urlsafe_b64encode(self._box.encrypt(secret.encode())).decode("ascii")

    def open(self, sealed: str) -> str | None:
        """None for what was sealed under another token, or is damaged."""
        try:
            return self._box.decrypt(base64.urlsafe_b64decode(sealed)).decode()
        except (CryptoError, ValueError, binascii.Error):
            return None
