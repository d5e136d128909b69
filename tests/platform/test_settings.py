"""Settings: each one documented, wrong ones named, and no local issuer beside anything that is not local."""

import base64
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from service.command.errors import CommandError
from service.command.settings import read_settings, settings
from service.settings import PREFIX, SECRETS, MigrationSettings, Settings, database_hosts, load, variable

LOCAL = {
    "DATABASE_URL": "postgresql://planclock_app:secret@/log?host=/run/s&port=5432",
    "PLANCLOCK_KEYS_URL": "postgresql://planclock_app:secret@127.0.0.1/keys",
    "PLANCLOCK_MASTER_KEY": base64.b64encode(bytes(32)).decode(),
    "PLANCLOCK_ISSUER": "http://127.0.0.1:8080/issuer",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in [variable(Settings, field) for field in Settings.model_fields] + [SECRETS]:
        monkeypatch.delenv(name, raising=False)
    for name, value in LOCAL.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.usefixtures("environment")
def test_four_settings_are_enough() -> None:
    assert load(Settings).audience == "planclock"


@pytest.mark.parametrize("kind", [Settings, MigrationSettings])
def test_every_setting_says_what_it_means(kind: type[BaseSettings]) -> None:
    assert [name for name, field in kind.model_fields.items() if not field.description] == []


def test_the_list_of_settings_names_each_with_what_it_means(capsys: pytest.CaptureFixture[str]) -> None:
    settings()

    listed = capsys.readouterr().out
    for kind in (Settings, MigrationSettings):
        for name, field in kind.model_fields.items():
            assert f"{variable(kind, name)} (" in listed
            assert f"    {field.description}" in listed


def test_a_missing_setting_is_named_with_what_it_means(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("PLANCLOCK_MASTER_KEY")

    with pytest.raises(CommandError, match=r"^PLANCLOCK_MASTER_KEY is not set[.] Wraps"):
        read_settings(Settings)


def test_a_mistyped_setting_is_named(environment: pytest.MonkeyPatch) -> None:
    environment.setenv(f"{PREFIX}AUDIENSE", "planclock")

    with pytest.raises(ValueError, match="PLANCLOCK_AUDIENSE: no such setting"):
        load(Settings)


@pytest.mark.parametrize(
    "elsewhere", ["PLANCLOCK_ISSUER", "DATABASE_URL", "PLANCLOCK_KEYS_URL", "PLANCLOCK_WORKER_URL"]
)
def test_a_local_issuer_refuses_to_start_beside_anything_on_another_machine(
    environment: pytest.MonkeyPatch, elsewhere: str
) -> None:
    environment.setenv("PLANCLOCK_LOCAL_ISSUER_KEY", "{}")
    load(Settings)

    environment.setenv(
        elsewhere, "https://login.example" if "ISSUER" in elsewhere else "postgresql://a:b@db.example/log"
    )

    with pytest.raises(ValueError, match="a local issuer is refused beside"):
        load(Settings)


@pytest.mark.parametrize("key", ["short", base64.b64encode(bytes(31)).decode()])
def test_a_master_key_that_is_none_is_refused_and_not_shown(environment: pytest.MonkeyPatch, key: str) -> None:
    environment.setenv("PLANCLOCK_MASTER_KEY", key)

    with pytest.raises(ValueError, match="base64") as refused:
        load(Settings)

    assert key not in str(refused.value)


@pytest.mark.usefixtures("environment")
def test_no_secret_shows_when_settings_are_printed() -> None:
    assert "secret" not in repr(load(Settings)).replace("SecretStr", "").replace("SecretBytes", "")


def test_a_secret_may_come_from_a_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "PLANCLOCK_MASTER_KEY").write_text(base64.b64encode(b"k" * 32).decode())
    environment.delenv("PLANCLOCK_MASTER_KEY")
    environment.setenv(SECRETS, str(tmp_path))

    assert load(Settings).master_key.get_secret_value() == b"k" * 32


@pytest.mark.parametrize(
    "url,hosts",
    [
        ("postgresql://a:b@db.example:5432/log", ["db.example"]),
        ("postgresql://a:b@/log?host=/run/s", ["/run/s"]),
        ("postgresql://a:b@/log?host=127.0.0.1,db.example", ["127.0.0.1", "db.example"]),
        ("postgresql://a:b@/log", ["pg.example"]),
    ],
)
def test_every_host_a_database_url_means_is_seen(monkeypatch: pytest.MonkeyPatch, url: str, hosts: list[str]) -> None:
    monkeypatch.setenv("PGHOST", "pg.example")

    assert database_hosts(url) == hosts
