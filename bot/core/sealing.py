"""Encryption at rest: what is sealed can only be opened with a secret that no database holds."""

import base64
import binascii
import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nacl.secret import SecretBox


class Sealing:
    """Seals secrets for one purpose, so that what was sealed for one can't be passed off as another's.

    With another secret nothing that was sealed can be opened. The library is loaded with the first thing to seal.
    """

    def __init__(self, secret: str, purpose: str) -> None:
        self._key = hashlib.sha256(f"otklik {purpose}\0{secret}".encode()).digest()

    @cached_property
    def _box(self) -> "SecretBox":
        from nacl.secret import SecretBox  # noqa: PLC0415 - most bots keep nothing that has to be sealed

        return SecretBox(self._key)

    def seal(self, secret: str) -> str:
        return base64.urlsafe_b64encode(self._box.encrypt(secret.encode())).decode("ascii")

    def open(self, sealed: str) -> str | None:
        """Opens what was sealed; None for what was sealed with another secret, or is damaged."""
        from nacl.exceptions import CryptoError  # noqa: PLC0415 - with it

        try:
            return self._box.decrypt(base64.urlsafe_b64decode(sealed)).decode()
        except (CryptoError, ValueError, binascii.Error):
            return None
