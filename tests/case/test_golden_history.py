"""A recorded history keeps its answer. Where it changes, and was meant to, ENGINE rises with it."""

import json

import pytest

from events.case.assess import ENGINE
from tests.case.given import Anything
from tests.case.golden_history import ASKED, GOLDEN, answers


@pytest.fixture(scope="module")
def kept() -> Anything:
    return json.loads(GOLDEN.read_text())


@pytest.fixture(scope="module")
def fresh() -> Anything:
    return json.loads(json.dumps(answers()))


def test_the_recorded_answers_are_this_engines(kept: Anything) -> None:
    assert kept["engine"] == ENGINE


@pytest.mark.parametrize("day", ASKED)
@pytest.mark.parametrize(
    "part", ["state", "duties", "findings", "guidance", "refusals", "to_announce", "next_instant", "superseded"]
)
def test_the_answer_is_what_it_was(kept: Anything, fresh: Anything, day: str, part: str) -> None:
    """If this fails and the change was meant: raise ENGINE, then `python -m tests.case.golden_history`."""
    assert fresh["answers"][day][part] == kept["answers"][day][part]
