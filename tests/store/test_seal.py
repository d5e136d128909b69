"""Sealing: what is opened is what was sealed, where it was sealed, and nothing else."""

from dataclasses import replace
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.store.errors import UnreadableError
from events.store.keys import CaseKeys
from events.store.seal import Copy, open_body, open_third_parties, parse_item, seal_draft
from tests.store.telling import CATALOGUE, draft, item

KEYS = CaseKeys(bytes(32), AESGCM(bytes(32)), AESGCM(bytes(range(32))), bytes(32))
AUTHORITY = uuid4()
DRAFT = draft(uuid4(), 3, told=item("core_group_meeting_held"))
WHERE = Copy(AUTHORITY, DRAFT.case, DRAFT.fact, DRAFT.copy)


def test_an_item_comes_back_as_it_was_sealed() -> None:
    sealed, third_parties = seal_draft(AUTHORITY, DRAFT, KEYS)
    body = open_body(WHERE, sealed, KEYS)
    assert parse_item(CATALOGUE, body, open_third_parties(WHERE, third_parties, KEYS)) == DRAFT.item
    assert body.through == DRAFT.through
    assert body.head["version"] == 3


def test_third_parties_are_sealed_apart_and_redacted_without_their_key() -> None:
    sealed, third_parties = seal_draft(AUTHORITY, DRAFT, KEYS)
    assert third_parties is not None
    body = open_body(WHERE, sealed, KEYS)
    assert b"Manager 1" not in body.item
    without = replace(KEYS, third_parties=None)
    redacted = parse_item(CATALOGUE, body, open_third_parties(WHERE, third_parties, without))
    assert redacted.model_dump()["data"]["chair"]["name"] == {"redacted": True}


def test_an_event_that_tells_of_no_third_party_has_no_such_part() -> None:
    assert seal_draft(AUTHORITY, draft(uuid4(), 1), KEYS)[1] is None


@pytest.mark.parametrize(
    "elsewhere",
    [
        WHERE._replace(authority=uuid4()),
        WHERE._replace(case=uuid4()),
        WHERE._replace(fact=uuid4()),
        WHERE._replace(copy=1),
    ],
    ids=["authority", "case", "fact", "copy"],
)
def test_a_sealed_part_opens_nowhere_else(elsewhere: Copy) -> None:
    sealed, third_parties = seal_draft(AUTHORITY, DRAFT, KEYS)
    with pytest.raises(UnreadableError):
        open_body(elsewhere, sealed, KEYS)
    with pytest.raises(UnreadableError):
        open_third_parties(elsewhere, third_parties, KEYS)


def test_one_part_does_not_open_as_the_other() -> None:
    same = replace(KEYS, third_parties=KEYS.case)
    sealed, third_parties = seal_draft(AUTHORITY, DRAFT, same)
    assert third_parties is not None
    with pytest.raises(UnreadableError):
        open_third_parties(WHERE, sealed, same)
    with pytest.raises(UnreadableError):
        open_body(WHERE, third_parties, same)


def test_the_same_draft_is_never_sealed_alike() -> None:
    assert seal_draft(AUTHORITY, DRAFT, KEYS) != seal_draft(AUTHORITY, DRAFT, KEYS)
