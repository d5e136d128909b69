"""The page of a pack: every entry with its clause and its origin, in plain words, and nothing from elsewhere."""

import pytest

from events.case.engine import engine
from events.catalogue.whole import catalogue
from events.policies.loading import load, packs
from events.policies.model import DutyEntry, Enforce, Policy, RuleEntry
from service.pages.moments import Moment, moment_of
from service.pages.policy import policy_page
from service.pages.saying import asks, by_when, follows, happenings, told_to, who
from tests.pages.reading import Read, read

CATALOGUE = catalogue()
VOCABULARY = engine(CATALOGUE).vocabulary
REACHES_OUT = {"script", "link", "img", "iframe", "object", "embed", "form", "base", "audio", "video", "svg"}


def policy(name: str, **texts: str) -> Policy:
    return load(name, {**packs(), **texts}, VOCABULARY)


def entries(of: Policy) -> list[DutyEntry | RuleEntry]:
    return [*of.duty, *of.rule]


def duty(of: Policy, id_: str) -> DutyEntry:
    return next(entry for entry in of.duty if entry.id == id_)


def rule(of: Policy, id_: str) -> RuleEntry:
    return next(entry for entry in of.rule if entry.id == id_)


def shown(of: Policy) -> Read:
    return read(policy_page(of, CATALOGUE))


@pytest.mark.parametrize("name", packs())
def test_every_entry_stands_on_the_page_with_its_clause_and_its_origin(name: str) -> None:
    of = policy(name)
    page = shown(of)

    for entry in entries(of):
        said = page.rows[entry.id]
        assert entry.title in said
        assert entry.cite in said
        assert f"Origin: {'this pack' if of.origin[entry.id] == name else of.origin[entry.id]}" in said
        assert entry.inherited is None or entry.inherited in said
    for outside in of.outside:
        assert outside.reason in page.words
    for slot in of.slot:
        assert "Missing source" in page.rows[slot.id]
    assert {str(figure.value) for figure in of.figures.values()} <= set(page.words)


@pytest.mark.parametrize("name", packs())
def test_the_page_needs_nothing_from_elsewhere_and_leads_only_to_itself(name: str) -> None:
    page = shown(policy(name))

    assert {tag for tag, _ in page.elements} & REACHES_OUT == set()
    assert not any("style" in attributes or "onclick" in attributes for _, attributes in page.elements)
    ids = [attributes["id"] for _, attributes in page.elements if attributes.get("id")]
    assert len(ids) == len(set(ids))
    assert {f"#{id_}" for id_ in ids} >= {attributes["href"] for attributes in page.of("a")}


def test_a_reader_who_cannot_see_it_finds_the_way() -> None:
    page = shown(policy("wales"))

    assert page.of("html") == [{"lang": "en-GB"}]
    assert len(page.of("h1")) == len(page.of("main")) == 1
    assert all(attributes.get("scope") in {"col", "row"} for attributes in page.of("th"))
    assert len(page.of("caption")) == len(page.of("table"))


def test_what_is_inherited_is_marked_and_what_is_not_is_not() -> None:
    of = policy("calderdale")
    page = shown(of)

    marked = {attributes.get("id") for attributes in page.of("tr") if attributes.get("class") == "taken"} - {None}
    theirs = {id_ for id_, pack in of.origin.items() if pack != "calderdale"}
    assert marked == {entry.id for entry in entries(of) if entry.id in theirs or entry.inherited}
    assert {"E-46", "P11", "CAL-T10"} <= marked


def test_words_of_a_pack_are_shown_and_never_run() -> None:
    text = packs()["sefton"].replace('"Dissent stands in the minutes"', '"<script>alert(1)</script> & \\"so\\""')
    page = shown(policy("sefton", sefton=text))

    assert "script" not in {tag for tag, _ in page.elements}
    assert '<script>alert(1)</script> & "so"' in page.words


@pytest.mark.parametrize("pack, id_, said", [
    ("staffordshire", "STF-T21", "Within 10 working days after the conference date"),
    ("staffordshire", "STF-T01", "Within 24 hours"),
    ("staffordshire", "STF-T04", "At least 10 working days before the meeting date"),
    ("staffordshire", "STF-T20", "Within 21 days after the conference date, or sooner by the visit pattern"),
    ("calderdale", "CAL-T03", "On the same day"),
    ("calderdale", "CAL-T01", "On the conference date"),
    ("wales", "WAL-T06", "By the meeting date"),
    ("wales", "WAL-T08", "No date: as soon as it can be done"),
    ("sefton", "SEF-T02", "Within 18 years after the date of birth"),
])  # fmt: skip
def test_by_when_is_said_as_a_person_would(pack: str, id_: str, said: str) -> None:
    assert by_when(duty(policy(pack), id_)) == said


def test_who_owes_what_to_whom_and_what_follows_are_said_in_words() -> None:
    calderdale, sefton, stockport = policy("calderdale"), policy("sefton"), policy("stockport")
    trigger = duty(calderdale, "CAL-T03").notice

    assert who(duty(sefton, "SEF-T01")) == "Keyworker should do this"
    assert trigger is not None
    assert told_to(trigger).startswith("sent to social worker, child protection conference chair, team manager")
    assert follows(rule(sefton, "SEF-R04")) == "The decision is refused. Nobody may set this aside."
    assert "head of service may set it aside" in follows(rule(sefton, "SEF-R02"))
    assert asks(rule(calderdale, "CAL-R10")) == ["recorded: blocks", "recorded: agreed actions"]
    assert happenings(rule(stockport, "STK-R07a").on, CATALOGUE) == ["somebody joined the household (assessed risk)"]
    assert happenings(duty(sefton, "SEF-R08").starts, CATALOGUE) == [
        "what support follows when there is no plan any more was considered with the family (chosen: child in need)"
    ]


@pytest.mark.parametrize("pack, id_, moment", [
    ("staffordshire", "STF-T01", Moment.ASKED_FOR),
    ("staffordshire", "STF-T04", Moment.BEFORE),
    ("staffordshire", "STF-R46", Moment.DECISION),
    ("staffordshire", "STF-T29", Moment.RECORDS),
    ("staffordshire", "STF-T21", Moment.RUNNING),
    ("staffordshire", "STF-T17", Moment.REVIEWS),
    ("staffordshire", "STF-T41", Moment.IN_CARE),
    ("staffordshire", "STF-T49", Moment.MOVING),
    ("staffordshire", "STF-R74", Moment.ENDING),
    ("calderdale", "CAL-T06", Moment.LONG),
    ("sefton", "SEF-T03", Moment.AFTER),
    ("sefton", "SEF-T08", Moment.DISAGREEING),
    ("wales", "WAL-R09", Moment.DECISION),
    ("wales", "WAL-R03", Moment.AT),
])  # fmt: skip
def test_each_entry_is_read_at_its_moment_of_a_plans_life(pack: str, id_: str, moment: Moment) -> None:
    of = policy(pack)

    assert moment_of(next(entry for entry in entries(of) if entry.id == id_), CATALOGUE) is moment


def test_a_rule_that_only_advises_never_says_that_it_refuses() -> None:
    of = policy("staffordshire")

    assert all(("refused" in follows(entry)) is (entry.enforce is Enforce.BLOCK) for entry in of.rule)
