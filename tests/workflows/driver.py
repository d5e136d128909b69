"""A lifecycle driven in this process by a clock of ours, in the real sandbox: two years of a plan in a second.

It speaks the messages the SDK's core sends to workflow instances. They are no public interface, so the SDK is pinned
and everything that knows them stands in this file.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import temporalio.bridge.proto.workflow_activation as activation
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.common import Priority, TypedSearchAttributes
from temporalio.converter import DataConverter, decode_typed_search_attributes
from temporalio.worker._workflow_instance import WorkflowInstanceDetails
from temporalio.workflow import Info, _Definition

from workflows import contracts
from workflows.contracts import Assessed, Case
from workflows.lifecycle import PlanLifecycle
from workflows.worker import sandbox

CONVERTER = DataConverter.default
Assess = Callable[[Case, datetime], Awaitable[Assessed]]
"""Stands for the activity: told the case and the driver's time."""


@dataclass
class Driver:
    """One run of a lifecycle. `ended` and `continued` say how it closed; `looks` counts its assessments."""

    case: Case
    assess: Assess
    now: datetime
    length: int = 1
    looks: int = 0
    ended: bool = False
    continued: bool = False
    shown: TypedSearchAttributes = TypedSearchAttributes.empty  # an immutable constant
    timers: dict[int, datetime] = field(default_factory=dict)
    summaries: list[str] = field(default_factory=list)
    naps: list[timedelta] = field(default_factory=list)
    _pending: list[int] = field(default_factory=list)
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    async def start(self) -> None:
        """Starts the run and lets it go as far as it gets without time passing."""
        self._instance = sandbox().create_instance(_details(self.case, self.now, self.shown))
        start = activation.InitializeWorkflow(
            workflow_type=contracts.LIFECYCLE,
            workflow_id=contracts.lifecycle_id(self.case),
            arguments=CONVERTER.payload_converter.to_payloads([self.case]),
            randomness_seed=1,
        )
        await self._go_on(activation.WorkflowActivationJob(initialize_workflow=start))

    async def nudge(self, *, firing: bool = False) -> None:
        """Delivers a nudge; `firing`: in one task with the timer, which the SDK then swallows."""
        jobs = [nudge()]
        if firing:
            (seq,) = self.timers
            del self.timers[seq]
            jobs.insert(0, _fired(seq))
        await self._go_on(*jobs)

    async def until(self, instant: datetime) -> None:
        """Lets time pass up to an instant, firing each timer at its own."""
        while self.timers and not self.closed and min(self.timers.values()) <= instant:
            seq, self.now = min(self.timers.items(), key=lambda each: each[1])
            del self.timers[seq]
            await self._go_on(_fired(seq))
        self.now = max(self.now, instant)

    @property
    def closed(self) -> bool:
        """Whether this run is over."""
        return self.ended or self.continued

    async def _go_on(self, *jobs: activation.WorkflowActivationJob) -> None:
        await self.arrives(*jobs)
        while self._pending and not self.closed:
            seq = self._pending.pop()
            self.looks += 1
            payload = CONVERTER.payload_converter.to_payload(await self.assess(self.case, self.now))
            resolved = activation.ResolveActivity(seq=seq)
            resolved.result.completed.result.CopyFrom(payload)
            self.length += 3
            await self.arrives(activation.WorkflowActivationJob(resolve_activity=resolved))

    async def arrives(self, *jobs: activation.WorkflowActivationJob) -> None:
        """One workflow task, and what the workflow asks for in answer."""
        self.length += 3 + len(jobs)
        act = activation.WorkflowActivation(run_id="run", history_length=self.length, jobs=jobs)
        act.timestamp.FromDatetime(self.now.replace(tzinfo=None))
        loop = asyncio.get_running_loop()
        completion = await loop.run_in_executor(self._thread, self._instance.activate, act)
        assert completion.HasField("successful"), completion.failed.failure.message
        for command in completion.successful.commands:
            self._obey(command)

    def _obey(self, command: WorkflowCommand) -> None:
        match command.WhichOneof("variant"):
            case "start_timer":
                wait = command.start_timer.start_to_fire_timeout.ToTimedelta()
                self.naps.append(wait)
                self.timers[command.start_timer.seq] = self.now + wait
                self.summaries.append(CONVERTER.payload_converter.from_payload(command.user_metadata.summary))
            case "cancel_timer":
                self.timers.pop(command.cancel_timer.seq, None)  # the core drops those of timers that fired
            case "schedule_activity":
                self._pending.append(command.schedule_activity.seq)
            case "upsert_workflow_search_attributes":
                found = command.upsert_workflow_search_attributes.search_attributes
                self.shown = decode_typed_search_attributes(found)
            case "complete_workflow_execution":
                self.ended = True
            case "continue_as_new_workflow_execution":
                self.continued = True
            case other:
                raise AssertionError(f"a lifecycle should not ask for {other}")


def _fired(seq: int) -> activation.WorkflowActivationJob:
    return activation.WorkflowActivationJob(fire_timer=activation.FireTimer(seq=seq))


def nudge() -> activation.WorkflowActivationJob:
    """A nudge, to be delivered in a task of the test's choosing."""
    return activation.WorkflowActivationJob(
        signal_workflow=activation.SignalWorkflow(signal_name=contracts.NUDGE, originating_event_id=1)
    )


def _details(case: Case, now: datetime, shown: TypedSearchAttributes) -> WorkflowInstanceDetails:
    nothing: Any = None
    info = Info(
        attempt=1,
        continued_run_id=None,
        cron_schedule=None,
        execution_timeout=None,
        first_execution_run_id="run",
        headers={},
        namespace="default",
        original_execution_run_id="run",
        parent=None,
        root=None,
        priority=Priority.default,
        raw_memo={},
        retry_policy=None,
        run_id=uuid4().hex,
        run_timeout=None,
        search_attributes={},
        start_time=now,
        task_queue=contracts.QUEUE,
        task_timeout=timedelta(seconds=10),
        typed_search_attributes=shown,
        workflow_id=contracts.lifecycle_id(case),
        workflow_start_time=now,
        workflow_type=contracts.LIFECYCLE,
    )
    return WorkflowInstanceDetails(
        payload_converter_factory=lambda: CONVERTER.payload_converter,
        failure_converter_class=CONVERTER.failure_converter_class,
        interceptor_classes=[],
        defn=_Definition.must_from_class(PlanLifecycle),
        info=info,
        randomness_seed=1,
        extern_functions={},
        disable_eager_activity_execution=True,
        worker_level_failure_exception_types=[],
        patch_activation_callback=None,
        last_completion_result=nothing,
        last_failure=None,
    )
