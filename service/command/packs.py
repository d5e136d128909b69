"""The packs a command is given: by the name of one that this build carries, or as a file."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from events.case.engine import engine
from events.catalogue.whole import catalogue
from events.policies.checking import instead
from events.policies.loading import PolicyError, load, packs
from events.policies.model import Policy
from service.command.errors import CommandError
from service.command.pages import text_of


def read_pack(named: str) -> Policy:
    """A pack by its file or its name, laid over what it extends.

    Raises:
        CommandError: There is none, or it cannot be used; each mistake is a line.
    """
    name, beside = texts_beside(named)
    texts = {**packs(), **beside}
    if name not in texts:
        known = f"there are {', '.join(sorted(texts))}, or name a .toml file"
        raise CommandError(f"no pack is called {name}; {known}{instead(name, texts)}")
    try:
        return load(name, texts, engine(catalogue()).vocabulary)
    except PolicyError as error:
        raise CommandError(str(error)) from None


def built_on(named: str) -> Iterator[tuple[str, str | None]]:
    """Every pack that extends this one, at whatever distance, and why it cannot be used with it, if it cannot."""
    name, beside = texts_beside(named)
    texts, vocabulary = {**packs(), **beside}, engine(catalogue()).vocabulary
    for other in sorted(texts):
        if name in _beneath(other, texts):
            try:
                load(other, texts, vocabulary)
            except PolicyError as error:
                yield other, str(error)
            else:
                yield other, None


def texts_beside(named: str) -> tuple[str, dict[str, str]]:
    """The pack's name, and the texts of the packs that stand beside its file, if it is one.

    Raises:
        CommandError: There is no such file, or it is no text.
    """
    path = Path(named)
    if path.suffix != ".toml":
        return named, {}
    if not path.is_file():
        raise CommandError(f"there is no file {path}")
    return path.stem, {**dict(_others(path)), path.stem: text_of(path)}


def _others(path: Path) -> Iterator[tuple[str, str]]:
    """The packs beside a file. What is no text is none, and no business of whoever asks about this file."""
    for each in sorted(path.parent.glob("*.toml")):
        try:
            yield each.stem, text_of(each)
        except CommandError:
            continue


def _beneath(name: str, texts: Mapping[str, str]) -> list[str]:
    """The packs that one is laid over, nearest first, as far as they can be read."""
    found: list[str] = []
    while name in texts and (base := _extended(texts[name])) is not None and base not in found:
        found.append(base)
        name = base
    return found


def _extended(text: str) -> str | None:
    try:
        base = tomllib.loads(text).get("extends")
    except tomllib.TOMLDecodeError:
        return None
    return base if isinstance(base, str) else None
