"""Who answers to a title of the procedure on a day: local titles, holders, stand-ins, vacancies (E-42)."""

from datetime import date
from typing import Any

import pytest

from events.case.directory import Answering, Directory, directory
from events.catalogue.parts import Person
from tests.case.given import Case


def made_of(*told: tuple[str, str, dict[str, Any]]) -> Directory:
    stream = Case()
    for type_, on, data in told:
        stream.tell(type_, on, **data)
    return directory(stream.events)


def on(day: str) -> date:
    return date.fromisoformat(day)


POST = (
    "post_recorded",
    "2025-01-06",
    {"post": "SSM", "title": "Safeguarding Lead", "stands_for": ["specialist safeguarding manager", "SSDM"]},
)
HELD = ("post_holder_changed", "2025-01-06", {"post": "SSM", "holder": {"ref": "M1"}})


@pytest.mark.parametrize("title", ["specialist safeguarding manager", "Specialist_Safeguarding-Manager", "ssdm", "SSM"])
def test_two_titles_of_the_procedure_are_one_post_here(title: str) -> None:
    found = made_of(POST, HELD).recipient(title, on("2025-01-06"))

    assert (found.answering, found.code, found.local_title) == (Answering.POST, "SSM", "Safeguarding Lead")
    assert found.acting == Person(ref="M1")


def test_a_title_that_the_directory_does_not_know_is_nobodys() -> None:
    found = made_of(POST, HELD).recipient("team manager", on("2025-01-06"))

    assert not found.known
    assert not found.vacant


def test_a_post_is_there_from_the_day_it_was_recorded_until_it_is_closed() -> None:
    closed = ("post_recorded", "2025-03-01", {**POST[2], "closed": True})
    posts = made_of(POST, HELD, closed)

    known = [posts.recipient("SSDM", on(day)).known for day in ("2025-01-05", "2025-01-06", "2025-02-28", "2025-03-01")]
    assert known == [False, True, True, False]
    assert [len(posts.posts_on(on(day))) for day in ("2025-02-28", "2025-03-01")] == [1, 0]


def test_a_post_that_nobody_holds_is_vacant() -> None:
    left = ("post_holder_changed", "2025-02-03", {"post": "SSM", "from_on": "2025-03-01"})
    posts = made_of(POST, HELD, left)

    assert made_of(POST).recipient("SSDM", on("2025-01-06")).vacant
    assert [posts.recipient("SSDM", on(day)).vacant for day in ("2025-02-28", "2025-03-01")] == [False, True]


def test_a_stand_in_acts_from_the_first_to_the_last_day_and_ends_a_vacancy() -> None:
    acting = {"post": "SSM", "person": {"ref": "M2"}, "from_on": "2025-02-03", "until_on": "2025-02-14"}
    held, vacant = (made_of(POST, *more, ("stand_in_recorded", "2025-01-20", acting)) for more in ([HELD], []))

    days = [on(day) for day in ("2025-02-02", "2025-02-03", "2025-02-14", "2025-02-15")]
    assert [held.recipient("SSDM", day).acting for day in days] == [Person(ref=ref) for ref in ("M1", "M2", "M2", "M1")]
    assert [vacant.recipient("SSDM", day).vacant for day in days] == [True, False, False, True]


def test_each_team_has_a_post_of_its_own_and_the_others_share_one() -> None:
    own = ("post_recorded", "2025-01-06", {"post": "TM-N", "title": "N", "stands_for": ["team manager"], "team": "n"})
    shared = ("post_recorded", "2025-01-06", {"post": "TM", "title": "All", "stands_for": ["team manager"]})
    posts = made_of(own, shared)

    assert [posts.recipient("team manager", on("2025-01-06"), team).code for team in ("n", "s", None)] == [
        "TM-N",
        "TM",
        "TM",
    ]


def test_an_agency_answers_to_a_title_and_each_provider_has_its_own_address() -> None:
    health = {"agency": "health", "provider": "hospital-1", "title": "Hospital 1", "stands_for": ["health authority"]}
    mail = {"agency": "health", "provider": "hospital-1", "address": "duty@hospital-1.example"}
    posts = made_of(("agency_recorded", "2025-01-06", health), ("secure_email_confirmed", "2025-02-03", mail))

    before, after = (posts.recipient("Health authority", on(day)) for day in ("2025-02-02", "2025-02-03"))
    assert (after.answering, after.code, after.address) == (
        Answering.AGENCY,
        "health/hospital-1",
        "duty@hospital-1.example",
    )
    assert before.address is None


def test_a_post_without_an_address_is_reached_at_its_agencys() -> None:
    post = ("post_recorded", "2025-01-06", {"post": "NN", "title": "Named nurse", "agency": "health"})
    agencys = ("secure_email_confirmed", "2025-01-06", {"agency": "health", "address": "a@health.example"})
    own = ("secure_email_confirmed", "2025-03-03", {"post": "NN", "address": "nn@health.example"})
    posts = made_of(post, agencys, own)

    assert [posts.recipient("NN", on(day)).address for day in ("2025-03-02", "2025-03-03")] == [
        "a@health.example",
        "nn@health.example",
    ]


def test_an_address_is_secure_only_while_it_stands_confirmed() -> None:
    confirmed = {"agency": "health", "address": "A@Health.example"}
    told = made_of(
        ("secure_email_confirmed", "2025-02-03", confirmed),
        ("secure_email_confirmed", "2025-04-01", {**confirmed, "secure": False}),
    )

    days = [on(day) for day in ("2025-02-02", "2025-02-03", "2025-03-31", "2025-04-01")]
    assert [told.is_secure("a@health.example", day) for day in days] == [False, True, True, False]


def test_a_later_holder_told_first_still_comes_later() -> None:
    posts = made_of(
        POST,
        ("post_holder_changed", "2025-03-03", {"post": "SSM", "holder": {"ref": "M3"}}),
        ("post_holder_changed", "2025-02-03", {"post": "SSM", "holder": {"ref": "M2"}}),
    )

    assert posts.recipient("SSM", on("2025-03-03")).acting == Person(ref="M3")
