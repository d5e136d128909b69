"""The pages that commands write, and the texts they are made from."""

import sys
from pathlib import Path

from service.command.errors import CommandError


def write_page(page: str, out: Path | None) -> None:
    """Write a page to a file and say so, or to the standard output where no file is named.

    Raises:
        CommandError: The file cannot be written.
    """
    if out is None:
        sys.stdout.write(page)
        return
    try:
        out.write_text(page, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{out} cannot be written: {error.strerror}") from None
    print(f"{out} is written. It needs nothing else: open it in a browser, print it, or send it.")


def text_of(file: Path) -> str:
    """The text of a file.

    Raises:
        CommandError: There is none, or it cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {error}") from None
