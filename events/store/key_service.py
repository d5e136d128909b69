"""The key service: wraps data keys so that they can be stored. One port, behind which a cloud's own service fits."""

from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.store.cipher import seal, unseal


class KeyService(Protocol):
    """Wraps and unwraps data keys. `context` says what a key is for and must be the same both times."""

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        """Returns the key wrapped, so that this service alone can unwrap it."""
        ...

    async def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Returns the key. Raises UnreadableError when it was wrapped elsewhere or for something else."""
        ...


class LocalKeyService:
    """Wraps under a master key of 32 bytes that this process holds."""

    def __init__(self, master_key: bytes) -> None:
        if len(master_key) != 32:  # noqa: PLR2004 - AES-256
            raise ValueError("the master key must have 32 bytes")
        self._cipher = AESGCM(master_key)

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        """Returns the key wrapped under the master key."""
        return seal(self._cipher, key, context)

    async def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Returns the key. Raises UnreadableError under another master key or context."""
        return unseal(self._cipher, wrapped, context)
