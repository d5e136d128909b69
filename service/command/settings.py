"""`planclock settings`: every setting, what it means, and what it is when nobody sets it."""

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_settings import BaseSettings

from service.command.errors import CommandError
from service.settings import SECRETS, MigrationSettings, S, Settings, load, variable


def settings() -> None:
    """List every setting."""
    for line in _described():
        print(line)


def read_settings(kind: type[S]) -> S:
    """The settings of this process.

    Raises:
        CommandError: Some are missing or wrong; each is named, with what it means.
    """
    try:
        return load(kind)
    except ValidationError as error:
        raise CommandError("; ".join(_complaints(kind, error))) from None
    except ValueError as error:
        raise CommandError(str(error)) from None


def _complaints(kind: type[BaseSettings], error: ValidationError) -> Iterator[str]:
    fields = {variable(kind, name): field for name, field in kind.model_fields.items()}
    for wrong in error.errors(include_input=False, include_url=False):
        name = str(wrong["loc"][0]) if wrong["loc"] else ""
        setting = variable(kind, name) if name in kind.model_fields else name
        if wrong["type"] == "missing":
            yield f"{setting} is not set. {fields[setting].description}"
        else:
            yield f"{setting}: {wrong['msg']}" if setting else wrong["msg"]


def _described() -> Iterator[str]:
    for kind in (Settings, MigrationSettings):
        for name, field in kind.model_fields.items():
            default = (
                "required"
                if field.is_required()
                else "optional"
                if field.default is None
                else f"default {field.default}"
            )
            yield f"{variable(kind, name)} ({default})"
            yield f"    {field.description}"
    yield f"{SECRETS} (optional)"
    yield "    A directory with one file a setting, each called as the variable is, as containers mount their secrets."
