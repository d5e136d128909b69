"""`planclock settings`: every setting, what it means, and what it is when nobody sets it."""

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import PydanticUndefined

from service.command.errors import CommandError
from service.settings import SECRETS, Settings, load, variable


def settings() -> None:
    """List every setting."""
    for line in _described():
        print(line)


def read_settings() -> Settings:
    """The settings of this process.

    Raises:
        CommandError: Some are missing or wrong; each is named, with what it means.
    """
    try:
        return load()
    except ValidationError as error:
        raise CommandError("; ".join(_complaints(error))) from None
    except ValueError as error:
        raise CommandError(str(error)) from None


def _complaints(error: ValidationError) -> Iterator[str]:
    fields = {variable(name): field for name, field in Settings.model_fields.items()}
    for wrong in error.errors(include_input=False, include_url=False):
        name = str(wrong["loc"][0]) if wrong["loc"] else ""
        setting = name if name in fields else variable(name) if name in Settings.model_fields else ""
        if wrong["type"] == "missing":
            yield f"{setting} is not set. {fields[setting].description}"
        else:
            yield f"{setting}: {wrong['msg']}" if setting else wrong["msg"]


def _described() -> Iterator[str]:
    for name, field in Settings.model_fields.items():
        default = "required" if field.default is PydanticUndefined else f"default {field.default}"
        yield f"{variable(name)} ({'not set by default' if field.default is None else default})"
        yield f"    {field.description}"
    yield f"{SECRETS} (not set by default)"
    yield "    A directory with one file a setting, each called as the variable is, as containers mount their secrets."
