"""Settings: each one documented, wrong ones named, and no local issuer beside anything that is not local."""

import base64
from pathlib import Path

import pytest

from service.settings import PREFIX, SECRETS, Settings, database_hosts, load, variable

LOCAL = {
    "DATABASE_URL": "postgresql://planclock_app:secret@/log?host=/run/s&port=5432",
    "PLANCLOCK_KEYS_URL": "postgresql://planclock_app:secret@127.0.0.1/keys",
    "PLANCLOCK_MASTER_KEY": base64.b64encode(bytes(32)).decode(),
    "PLANCLOCK_ISSUER": "http://127.0.0.1:8080/issuer",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in [variable(field) for field in Settings.model_fields] + [SECRETS]:
        monkeypatch.delenv(name, raising=False)
    for name, value in LOCAL.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.usefixtures("environment")
def test_four_settings_are_enough() -> None:
    assert load().audience == "planclock"


def test_every_setting_says_what_it_means() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_a_mistyped_setting_is_named(environment: pytest.MonkeyPatch) -> None:
    environment.setenv(f"{PREFIX}AUDIENSE", "planclock")

    with pytest.raises(ValueError, match="PLANCLOCK_AUDIENSE: no such setting"):
        load()


@pytest.mark.parametrize(
    "elsewhere", ["PLANCLOCK_ISSUER", "DATABASE_URL", "PLANCLOCK_KEYS_URL", "PLANCLOCK_WORKER_URL"]
)
def test_a_local_issuer_refuses_to_start_beside_anything_on_another_machine(
    environment: pytest.MonkeyPatch, elsewhere: str
) -> None:
    environment.setenv("PLANCLOCK_LOCAL_ISSUER_KEY", "{}")
    load()

    environment.setenv(
        elsewhere, "https://login.example" if "ISSUER" in elsewhere else "postgresql://a:b@db.example/log"
    )

    with pytest.raises(ValueError, match="a local issuer is refused beside"):
        load()


@pytest.mark.parametrize("key", ["short", base64.b64encode(bytes(31)).decode()])
def test_a_master_key_that_is_none_is_refused_and_not_shown(environment: pytest.MonkeyPatch, key: str) -> None:
    environment.setenv("PLANCLOCK_MASTER_KEY", key)

    with pytest.raises(ValueError, match="base64") as refused:
        load()

    assert key not in str(refused.value)


@pytest.mark.usefixtures("environment")
def test_no_secret_shows_when_settings_are_printed() -> None:
    assert "secret" not in repr(load()).replace("SecretStr", "").replace("SecretBytes", "")


def test_a_secret_may_come_from_a_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "PLANCLOCK_MASTER_KEY").write_text(base64.b64encode(b"k" * 32).decode())
    environment.delenv("PLANCLOCK_MASTER_KEY")
    environment.setenv(SECRETS, str(tmp_path))

    assert load().master_key.get_secret_value() == b"k" * 32


@pytest.mark.parametrize(
    "url,hosts",
    [
        ("postgresql://a:b@db.example:5432/log", ["db.example"]),
        ("postgresql://a:b@/log?host=/run/s", ["/run/s"]),
        ("postgresql://a:b@/log?host=127.0.0.1,db.example", ["127.0.0.1", "db.example"]),
        ("postgresql://a:b@/log", []),
    ],
)
def test_every_host_in_a_database_url_is_seen(url: str, hosts: list[str]) -> None:
    assert database_hosts(url) == hosts
