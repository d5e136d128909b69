"""Recorded histories replayed: a change of the workflow that would break a running one fails here."""

from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from workflows import contracts
from workflows.contracts import Assessed, Case
from workflows.lifecycle import PlanLifecycle
from workflows.worker import sandbox

HISTORIES = sorted((Path(__file__).parent / "histories").glob("*.json"))


@workflow.defn(name=contracts.LIFECYCLE)
class Careless(PlanLifecycle):
    """What somebody might write next year: it asks twice before it waits."""

    @workflow.init
    def __init__(self, case: Case) -> None:
        super().__init__(case)

    @workflow.run
    async def run(self, case: Case) -> None:
        await super().run(case)

    async def _look(self, case: Case) -> Assessed:
        await super()._look(case)
        return await super()._look(case)


def recorded(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(f"{contracts.LIFECYCLE}/{path.stem}", path.read_text())


def replayer(lifecycle: type) -> Replayer:
    return Replayer(workflows=[lifecycle], workflow_runner=sandbox())


def test_histories_of_every_sort_are_kept() -> None:
    kinds = {path.stem.split("-", 1)[1] for path in HISTORIES}

    assert kinds >= {"dates-move-and-go", "fires-and-ends", "nobody", "sandbox", "still-running"}


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
async def test_running_lifecycles_go_on_under_this_code(path: Path) -> None:
    await replayer(PlanLifecycle).replay_workflow(recorded(path))


@pytest.mark.parametrize("path", [path for path in HISTORIES if "nobody" not in path.stem], ids=lambda path: path.stem)
async def test_a_change_that_would_break_them_is_found(path: Path) -> None:
    with pytest.raises(NondeterminismError):
        await replayer(Careless).replay_workflow(recorded(path))
