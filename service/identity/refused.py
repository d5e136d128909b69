"""Why a caller was not let in."""


class NotIdentified(Exception):  # noqa: N818  # a refusal, not a fault of ours
    """The token is missing or cannot be believed. `why` is safe to tell the caller."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class KeysUnavailable(Exception):  # noqa: N818  # said in those words
    """The issuer's keys could not be had, so that no token can be verified just now."""
