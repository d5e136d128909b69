"""AES-256-GCM with a random nonce in front: how everything here is sealed and every key wrapped."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.store.errors import UnreadableError

NONCE = 12
"""Bytes of the nonce that stands before each ciphertext."""

TAG = 16
"""Bytes of the tag that stands after it."""


def seal(cipher: AESGCM, content: bytes, bound: bytes) -> bytes:
    """Encrypts `content` and binds it to `bound`, which must be given again to open it."""
    nonce = os.urandom(NONCE)
    return nonce + cipher.encrypt(nonce, content, bound)


def unseal(cipher: AESGCM, sealed: bytes, bound: bytes) -> bytes:
    """Decrypts what `seal` made. Raises UnreadableError when a byte, the key or what it is bound to is another."""
    try:
        return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], bound)
    except (InvalidTag, ValueError) as error:
        raise UnreadableError(
            "a sealed part cannot be opened: it, its key, or what it belongs to was changed"
        ) from error
