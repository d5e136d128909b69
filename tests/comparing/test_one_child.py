"""One child under each of the five procedures: every date and refusal worked out by hand from the five documents.

The initial conference is on Thursday 10 April 2025, the core group meets on the 28th, reviews are held on 19 June and
15 December 2025 and on 12 June 2026, and the receiving authority is told of the move on 2 July 2026. Not counted as
working days: Good Friday 18 April, Easter Monday 21 April, 5 and 26 May, 25 and 26 December 2025, 1 January 2026.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from events.case.answer import Status
from events.case.engine import engine
from events.catalogue.whole import catalogue
from events.policies.loading import load, packs
from service.comparing.sides import PROCEDURES, NoNationError, Side, side
from service.comparing.story import StoryError, carried, read_story
from service.pages.comparison import comparison_page, due_day
from tests.pages.reading import read

ENGINE = engine(catalogue())
STORY = carried(catalogue())
CONFERENCES = ("2025-04-10", "2025-06-19", "2025-12-15", "2026-06-12")

DATES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "stockport": {
        "STK-T01": ("2025-06-19",),  # ten weeks from 10 April
        "STK-T02": ("2025-12-19", "2026-06-15", "2026-12-12"),  # six months from each review
        "STK-T08": ("2025-06-19",),  # the day of the only review that was booked
        "STK-T09": ("2025-06-19",),
        "STK-T13": ("2026-07-23",),  # fifteen working days from 2 July
        "STK-T14": ("2033-06-01",),  # 18 years from 1 June 2015
    },
    "staffordshire": {
        "STF-T01": ("2025-04-01",),  # 24 hours from 31 March, 09:00
        "STF-T04": ("2025-06-05",),  # ten working days back from 19 June
        "STF-T06": ("2025-04-10", "2025-06-19"),
        "STF-T07": ("2025-04-08",),  # two working days back from 10 April
        "STF-T07a": ("2025-04-08",),  # to the chair as well
        "STF-T08": ("2025-06-12",),  # five working days back from 19 June
        "STF-T08a": ("2025-06-12",),
        "STF-T17": ("2025-07-10",),  # three months from 10 April
        "STF-T18": ("2025-12-19", "2026-06-15", "2026-12-12"),
        "STF-T20": ("2025-05-01",),  # 21 days from 10 April
        "STF-T21": ("2025-04-28",),  # ten working days from 10 April
        "STF-T22": ("2025-06-09",),  # six weeks from 28 April
        "STF-T23": ("2025-05-13",),  # ten working days from 28 April
        "STF-T27": ("2025-04-11", "2025-06-20", "2025-12-16", "2026-06-15"),  # one working day from each conference
        "STF-T28": ("2025-04-11", "2025-06-20", "2025-12-16", "2026-06-15"),
        "STF-T29": ("2025-04-28", "2025-07-03", "2025-12-31", "2026-06-26"),  # ten
        "STF-T31": ("2025-05-23", "2025-07-29", "2026-01-27", "2026-07-22"),  # twenty-eight
        "STF-T36": ("2026-07-23",),  # fifteen working days from 2 July
        "STF-T37": ("2033-05-31",),  # before the birthday
        "STF-T38": ("2033-06-01",),
        "STF-T65": ("2025-04-10", "2025-06-19"),
        "STF-T65b": ("2025-04-10", "2025-06-19"),
        "STF-T67": ("2025-04-10",),
    },
    "wales": {
        "WAL-T01": ("2025-07-10",),  # three months from 10 April
        "WAL-T02": ("2025-12-19", "2026-06-15", "2026-12-12"),
        "WAL-T03": ("2025-06-12",),  # five working days back from 19 June
        "WAL-T04": ("2025-06-26", "2025-12-22", "2026-06-19"),  # five working days from each review
        "WAL-T07": ("2025-06-19", "2025-12-15", "2026-06-12"),
    },
    "calderdale": {
        "E-46": ("2025-07-10",),
        "E-46a": ("2025-12-19", "2026-06-15", "2026-12-12"),
        "CAL-T01": ("2026-06-12",),  # at the third review
        "CAL-T03": ("2026-06-12",) * 6,  # six recipients, and none after the first two reviews
        "CAL-T05": ("2027-04-10",),  # two years from 10 April 2025
        "CAL-T10": ("2026-07-10",),  # fifteen months
    },
    "sefton": {
        "E-46": ("2025-07-10",),
        "E-46a": ("2025-12-19", "2026-06-15", "2026-12-12"),
        "SEF-T02": ("2033-06-01",),
    },
}

FIRST_REVIEW, RECORD, EARLY, NON_COOPERATION, MOVED, EIGHTEEN = (
    "At the first review: may the plan end, because the child is no longer at risk?",
    "May the record of the review be given to somebody, without the chair's permission?",
    "After the second review: may a senior review begin early, with one of the two managers' word?",
    "At the third review: may the plan end, because the parents do not co-operate?",
    "After the receiving authority's conference: may the plan end, because the child has moved for good?",
    "May the plan end, because the child is 18?",
)
NOT_18 = {"P14": "Plan states, P14"}
CHECKS = {f"STK-R{43 + n}": f"8.7.7(b), {which} bullet" for n, which in enumerate(
    ("first", "second", "third", "fourth", "fifth", "sixth")
)}  # fmt: skip
REFUSED: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "stockport": {
        FIRST_REVIEW: {"STK-R38": "8.7.6"},  # no core assessment is complete
        NON_COOPERATION: {"STK-R38": "8.7.6", **CHECKS},
        MOVED: {"STK-R28": "8.7.2, second bullet"},  # held, and nothing decided
        EIGHTEEN: {**NOT_18, "STK-R29": "8.7.2, third bullet"},
    },
    "staffordshire": {
        FIRST_REVIEW: {"STF-R74": "Discontinuing, L423"},  # neglect, and the first review
        NON_COOPERATION: {"STF-R66": "Discontinuing, L407-415"},
        EIGHTEEN: NOT_18,
    },
    "wales": {
        RECORD: {"WAL-R19": "Record of the review conference, L73"},
        NON_COOPERATION: {"WAL-R23a": "The purpose, L9; Outcomes, L53"},
        EIGHTEEN: NOT_18,
    },
    "calderdale": {EARLY: {"CAL-R05": "2.3 NB"}, EIGHTEEN: NOT_18},
    "sefton": {
        NON_COOPERATION: {"SEF-R05": "6.1.6, L6"},
        MOVED: {"SEF-R04": "6.1.6, L5"},  # nothing in writing
        EIGHTEEN: NOT_18,
    },
}


def under(name: str, **texts: str) -> Side:
    return side(STORY, load(name, {**packs(), **texts}, ENGINE.vocabulary), ENGINE.assessor)


@pytest.fixture(scope="module")
def five() -> Mapping[str, Side]:
    """The story under each of the five procedures."""
    return {name: under(name) for name in PROCEDURES}


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_date_is_the_one_its_document_asks_for(five: Mapping[str, Side], name: str) -> None:
    found = defaultdict(list)
    for duty in five[name].assessment.duties:
        if (due := due_day(duty)) is not None:
            found[duty.rule].append(due.isoformat())

    assert {rule: tuple(sorted(dates)) for rule, dates in found.items()} == DATES[name]


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_refusal_cites_its_clause_and_nothing_else_is_refused(five: Mapping[str, Side], name: str) -> None:
    refused = {
        answered.step.asked: {refusal.rule: refusal.cite for refusal in answered.refusals}
        for answered in five[name].answered
        if answered.refusals
    }

    assert refused == REFUSED[name]
    assert len(five[name].answered) == 10


def test_a_date_that_moves_in_a_pack_moves_in_the_story() -> None:
    text = packs()["stockport"].replace("due      = { weeks = 10,", "due      = { weeks = 9,")
    duties = under("stockport", stockport=text).assessment.duties

    first = next(duty for duty in duties if duty.rule == "STK-T01")
    assert (first.due_on, first.status) == (date(2025, 6, 12), Status.MET_LATE)


def test_the_page_shows_every_date_and_refusal_with_its_clause(five: Mapping[str, Side]) -> None:
    page = read(comparison_page(STORY, list(five.values()), catalogue()))
    words = " ".join(page.words)

    assert [name.capitalize() for name in five] == [word for word in page.words if word.lower() in five][:5]
    for refusals in REFUSED.values():
        for asked, clauses in refusals.items():
            assert {asked, f"Asked only: {asked}"} <= set(page.words)
            assert all(f" {cite} ({rule})." in words for rule, cite in clauses.items())
    assert all(f"({rule})." in words for dates in DATES.values() for rule in dates)
    assert "Send the trigger: a third or later review was held, 6 of them; missed." in words
    assert "19 June 2025 : Hold the first review conference; done on 19 June 2025." in words


def test_a_pack_that_only_others_build_on_has_no_side() -> None:
    with pytest.raises(NoNationError, match="the pack lifecycle belongs to no nation"):
        under("lifecycle")


def story(*items: dict[str, Any], **more: Any) -> str:  # noqa: ANN401  # whatever somebody might write
    return json.dumps({"title": "T", "until": "2025-06-01", "items": list(items), **more})


BORN = {"type": "child_registered", "occurred_on": "2025-03-03", "data": {"dob": "2015-06-01"}}


def test_a_decision_of_a_story_is_taken_here_and_gets_its_id_by_its_place() -> None:
    asked = {"type": "plan_ended", "occurred_on": "2025-03-04", "asked": "May it?", "data": {"ground": "deceased"}}
    told = read_story(story(BORN, asked), catalogue())

    assert [(step.item.id, step.asked) for step in told.steps] == [("1", None), ("2", "May it?")]
    assert [step.item.basis for step in told.steps] == [None, "here"]


@pytest.mark.parametrize("text, said", [
    ("{", "the story is not JSON"),
    (story(BORN, more=1), "story: more: Extra inputs are not permitted"),
    (story(), "story: items: List should have at least 1 item"),
    (story(BORN, {**BORN, "type": "child_registred"}), "item 2: "),
    (story({**BORN, "data": {"dob": "2015-02-30"}}), "item 1: child_registered.data.dob: "),
    (story({**BORN, "occurred_on": "2025-06-02"}), "item 1: happens after the day on which the story ends, 2025-06-01"),
])  # fmt: skip
def test_a_story_that_nobody_could_tell_says_where(text: str, said: str) -> None:
    with pytest.raises(StoryError) as raised:
        read_story(text, catalogue())
    assert said in str(raised.value)
