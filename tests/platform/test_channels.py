"""Where notices are handed over: one file, read once, whose secrets nobody sees."""

import base64
import json
from pathlib import Path
from uuid import uuid4

import pytest

from service.channels import Receivers

SECRET = "whsec_" + base64.b64encode(b"a secret of at least twenty-four bytes").decode()
AUTHORITY = uuid4()


def written(directory: Path, said: object) -> Path:
    file = directory / "channels.json"
    file.write_text(json.dumps(said))
    return file


def test_a_recipient_has_a_channel_of_its_own_or_everybodys(tmp_path: Path) -> None:
    own = {"url": "https://health.example/notices", "secret": SECRET}
    everybody = {"url": "https://case-system.example/notices", "secret": SECRET}
    channels = {"everybody": everybody, "recipients": {"Health authority": own}}
    receivers = Receivers.read(written(tmp_path, {str(AUTHORITY): channels}))

    def url(recipient: str | None) -> str | None:
        found = receivers.of(AUTHORITY, recipient)
        return found.url if found is not None else None

    assert [url("health"), url("P1"), url(None)] == [own["url"], everybody["url"], everybody["url"]]
    assert receivers.of(uuid4(), "health") is None


def test_without_a_file_nothing_is_set_up() -> None:
    assert Receivers.read(None).of(AUTHORITY, "health") is None


@pytest.mark.parametrize(
    "channel",
    [
        {"url": "http://elsewhere.example/", "secret": SECRET},
        {"url": "https://case-system.example/", "secret": "whsec_c2hvcnQ="},
        {"url": "https://case-system.example/", "secret": "not base64 at all!"},
        {"url": "https://case-system.example/"},
    ],
)
def test_a_channel_that_is_not_private_is_refused_without_showing_its_secret(
    tmp_path: Path, channel: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="everybody") as raised:
        Receivers.read(written(tmp_path, {str(AUTHORITY): {"everybody": channel}}))
    assert channel.get("secret", SECRET) not in str(raised.value)


def test_a_channel_on_this_machine_need_not_be_https(tmp_path: Path) -> None:
    here = {"url": "http://127.0.0.1:9/notices", "secret": SECRET}

    assert Receivers.read(written(tmp_path, {str(AUTHORITY): {"everybody": here}})).of(AUTHORITY, "x") is not None
