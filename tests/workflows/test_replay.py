"""Recorded histories replayed: a change of the workflow that would break a running one fails here."""

from pathlib import Path
from uuid import UUID

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from workflows import batch_contracts, contracts
from workflows.batch import RunBatch
from workflows.batch_contracts import BatchRun, Tally
from workflows.contracts import Assessed, Carried, Case, Transfer
from workflows.lifecycle import PlanLifecycle
from workflows.transfer import CarryTransfer
from workflows.worker import sandbox

HISTORIES = sorted((Path(__file__).parent / "histories").glob("*.json"))
BATCHES = sorted((Path(__file__).parent / "histories" / "batches").glob("*.json"))
TRANSFERS = sorted((Path(__file__).parent / "histories" / "transfers").glob("*.json"))


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


@workflow.defn(name=contracts.TRANSFER)
class CarelessTransfer(CarryTransfer):
    """The same of a transfer: it takes its time."""

    @workflow.init
    def __init__(self, transfer: Transfer) -> None:
        super().__init__(transfer)

    @workflow.run
    async def run(self, transfer: Transfer) -> None:
        await super().run(transfer)

    async def _carry(self, transfer: Transfer) -> Carried:
        await workflow.sleep(1)
        return await super()._carry(transfer)


@workflow.defn(name=batch_contracts.BATCH)
class CarelessBatch(RunBatch):
    """The same of a batch: it looks up its chunks twice."""

    @workflow.init
    def __init__(self, run: BatchRun) -> None:
        super().__init__(run)

    @workflow.run
    async def run(self, run: BatchRun) -> Tally:
        return await super().run(run)

    async def _planned(self, after: UUID) -> list[UUID]:
        await super()._planned(after)
        return await super()._planned(after)


def recorded(path: Path) -> WorkflowHistory:
    kind = {"transfers": contracts.TRANSFER, "batches": batch_contracts.BATCH}.get(
        path.parent.name, contracts.LIFECYCLE
    )
    return WorkflowHistory.from_json(f"{kind}/{path.stem}", path.read_text())


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


def test_histories_of_transfers_of_every_sort_are_kept() -> None:
    kinds = {path.stem.split("-", 1)[1] for path in TRANSFERS}

    assert kinds >= {"declined", "elsewhere", "erased", "under-way"}


@pytest.mark.parametrize("path", TRANSFERS, ids=lambda path: path.stem)
async def test_running_transfers_go_on_under_this_code(path: Path) -> None:
    await replayer(CarryTransfer).replay_workflow(recorded(path))


@pytest.mark.parametrize("path", TRANSFERS, ids=lambda path: path.stem)
async def test_a_change_that_would_break_transfers_is_found(path: Path) -> None:
    with pytest.raises(NondeterminismError):
        await replayer(CarelessTransfer).replay_workflow(recorded(path))


def test_histories_of_batches_of_every_sort_are_kept() -> None:
    assert {path.stem.split("-", 1)[1] for path in BATCHES} >= {"tried", "activated", "nobody"}


@pytest.mark.parametrize("path", BATCHES, ids=lambda path: path.stem)
async def test_running_batches_go_on_under_this_code(path: Path) -> None:
    await replayer(RunBatch).replay_workflow(recorded(path))


@pytest.mark.parametrize("path", BATCHES, ids=lambda path: path.stem)
async def test_a_change_that_would_break_batches_is_found(path: Path) -> None:
    with pytest.raises(NondeterminismError):
        await replayer(CarelessBatch).replay_workflow(recorded(path))
