"""The secrets of a local stack: made once, kept in its state, and worth nothing anywhere else."""

import base64
import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from deploy.local.private import write_private
from service.identity.signing import new_key


@dataclass(frozen=True)
class LocalSecrets:
    """What a local stack needs to start again with the data it has.

    `master_key` wraps the case keys, `issuer_key` (a private JWK) signs tokens, `passwords` seeds the passwords of
    the roles on a server that is not the embedded one.
    """

    master_key: str
    issuer_key: str
    passwords: str


def local_secrets(state: Path) -> LocalSecrets:
    """The secrets in `state`, made if they are not there yet."""
    path = state / "secrets.json"
    if not path.exists():
        write_private(path, json.dumps(asdict(_made())).encode(), None)
    return LocalSecrets(**json.loads(path.read_text()))


def _made() -> LocalSecrets:
    return LocalSecrets(
        master_key=base64.b64encode(secrets.token_bytes(32)).decode(),
        issuer_key=new_key(),
        passwords=secrets.token_hex(),
    )
