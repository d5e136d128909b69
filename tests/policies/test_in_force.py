"""Which policy is in force when, and where it comes from."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from events.calendars import snapshots
from events.case.engine import engine
from events.catalogue.envelope import Event, Kind, Recorder
from events.catalogue.whole import catalogue
from events.policies.activated import NothingActivatedError, bundle, digests, in_force, unbundle
from events.policies.in_force import Activation, NoPolicy, Policies
from events.policies.loading import PolicyError, digest, load, packs

CATALOGUE = catalogue()
VOCABULARY = engine(CATALOGUE).vocabulary
STAFFORDSHIRE = load("staffordshire", packs(), VOCABULARY)
AUTHORITY = UUID(int=1)


def from_(day: str, *, recalculates: bool = False) -> Activation:
    return Activation(STAFFORDSHIRE, date.fromisoformat(day), recalculates)


def test_the_latest_that_has_begun_is_in_force() -> None:
    policies = Policies([from_("2025-06-01"), from_("2018-10-01")])

    assert policies.on(date(2025, 5, 31)).effective_from == date(2018, 10, 1)
    assert policies.on(date(2025, 6, 1)).effective_from == date(2025, 6, 1)
    with pytest.raises(NoPolicy):
        policies.on(date(2018, 9, 30))


def test_open_duties_follow_only_a_version_that_recalculates_and_has_begun() -> None:
    policies = Policies([from_("2018-10-01"), from_("2025-06-01"), from_("2025-09-01", recalculates=True)])
    started = date(2025, 3, 24)

    assert policies.for_open_duty(started, date(2025, 8, 31)).effective_from == date(2018, 10, 1)
    assert policies.for_open_duty(started, date(2025, 9, 1)).effective_from == date(2025, 9, 1)
    assert policies.for_open_duty(date(2025, 10, 1), date(2026, 1, 1)).effective_from == date(2025, 9, 1)


def test_the_index_by_event_holds_every_entry() -> None:
    activation = from_("2018-10-01")

    starting = {entry.id for entries in activation.starting.values() for entry, _ in entries}
    judging = {entry.id for entries in activation.judging.values() for entry, _ in entries}
    assert starting == {entry.id for entry in STAFFORDSHIRE.duty} == set(activation.duty)
    assert judging == {entry.id for entry in STAFFORDSHIRE.rule}


def stream(*told: tuple[str, dict[str, Any]]) -> Iterable[Event]:
    for position, (type_, data) in enumerate(told, 1):
        entry = CATALOGUE[type_]
        whole = {"source": "planclock", "id": str(position), "type": type_, "occurred_on": "2025-01-06", "data": data}
        item = entry.item.model_validate(whole, strict=False)
        yield Event(
            AUTHORITY,
            AUTHORITY,
            position,
            position,
            position,
            uuid4(),
            0,
            Kind.ANNOUNCEMENT,
            1,
            datetime(2025, 1, 6, tzinfo=UTC),
            Recorder("planclock", "system"),
            item,
        )


def test_what_an_authoritys_stream_names_is_in_force_there() -> None:
    text, days = bundle("staffordshire", packs(), VOCABULARY), snapshots.stored("england")
    policy = {"pack": "staffordshire", "version": "6", "digest": digest(text), "effective_from": "2018-10-01"}
    calendar = {
        "calendar": "england",
        "digest": digest(days),
        "nation": "england",
        "effective_from": "1990-01-01",
    }
    told = list(stream(("policy_activated", policy), ("calendar_activated", calendar)))

    found = in_force(told, {digest(text): text, digest(days): days}, VOCABULARY, {})

    assert digests(told) == {digest(text), digest(days)}
    assert found.policies.on(date(2025, 1, 1)).policy.digest == digest(text)
    assert found.calendar.id.startswith("england")


def test_an_authority_that_activated_nothing_has_nothing_in_force() -> None:
    with pytest.raises(NothingActivatedError):
        in_force([], {}, VOCABULARY, {})


def test_a_bundle_holds_a_pack_with_all_that_it_extends() -> None:
    text = bundle("staffordshire", packs(), VOCABULARY)

    assert unbundle("staffordshire", text, VOCABULARY).model_copy(update={"digest": ""}) == STAFFORDSHIRE.model_copy(
        update={"digest": ""}
    )
    with pytest.raises(PolicyError, match="no bundle of packs"):
        unbundle("staffordshire", "not JSON", VOCABULARY)
