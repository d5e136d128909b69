"""The packs a command is given: by the name of one that this build carries, or as a file."""

from pathlib import Path

from events.case.engine import engine
from events.catalogue.whole import catalogue
from events.policies.loading import PolicyError, load, packs
from events.policies.model import Policy
from service.command.errors import CommandError


def read_pack(named: str) -> Policy:
    """A pack by its file or its name, laid over what it extends.

    Raises:
        CommandError: There is none, or it cannot be used; each mistake is a line.
    """
    name, beside = texts_beside(named)
    texts = {**packs(), **beside}
    if name not in texts:
        raise CommandError(f"no pack is called {name}; there are {', '.join(sorted(texts))}, or name a .toml file")
    try:
        return load(name, texts, engine(catalogue()).vocabulary)
    except PolicyError as error:
        raise CommandError(str(error)) from None


def texts_beside(named: str) -> tuple[str, dict[str, str]]:
    """The pack's name, and the texts of the packs that stand beside its file, if it is one."""
    path = Path(named)
    if path.suffix != ".toml":
        return named, {}
    if not path.is_file():
        raise CommandError(f"there is no file {path}")
    return path.stem, {each.stem: each.read_text(encoding="utf-8") for each in path.parent.glob("*.toml")}
