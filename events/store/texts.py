"""The immutable texts of packs and calendars, each under its SHA-256 for ever."""

from collections.abc import Iterable, Mapping

from events.store.connect import Database

_KEEP = "select es.keep_text($1)"
_TEXT_OF = "select digest, content from es.text_of($1)"


class MissingTextError(LookupError):
    """An activation names a text that was never stored."""


async def keep(database: Database, text: str) -> str:
    """Stores a text unless it is there already, and returns its digest, SHA-256 in hexadecimal."""
    digest: str = await database.app.fetchval(_KEEP, text)
    return digest


async def texts(database: Database, digests: Iterable[str]) -> Mapping[str, str]:
    """The texts of these digests. Raises MissingTextError naming a digest that none has."""
    wanted = sorted(set(digests))
    found = {row["digest"]: row["content"] for row in await database.app.fetch(_TEXT_OF, wanted)}
    missing = [digest for digest in wanted if digest not in found]
    if missing:
        raise MissingTextError(f"no text is stored under {missing[0]}")
    return found
