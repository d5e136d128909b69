"""The one answer: what the events of a case mean, under these policies and this calendar, at this instant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.calendars.counting import Calendar
from events.case.answer import Assessment, Duty, Guidance, Refusal, ToAnnounce
from events.case.duties import Duties
from events.case.history import History, Told, history
from events.case.moment import Moment
from events.case.reckoning import Reckoner
from events.case.rules import Judge, Verdict
from events.case.showing import shown
from events.case.standing import sayings, standing
from events.case.story import Story
from events.case.telling import Teller
from events.catalogue.announcements import DutyAnnounced
from events.catalogue.envelope import Event
from events.policies.in_force import Policies

ENGINE = "1"
"""Rises when a recorded golden history's answer changes."""


@dataclass(frozen=True)
class Assessor:
    """The engine with its vocabulary: how facts change the story, and the named conditions and anchors."""

    teller: Teller
    judge: Judge
    reckoner: Reckoner

    def assess(self, events: Sequence[Event], policies: Policies, calendar: Calendar, now: datetime) -> Assessment:
        """What `events` of one case mean at `now`. Pure: the same arguments give the same answer, always.

        Raises NoPolicy for an event before any policy, OutsideCalendar for a date the calendar does not reach.
        """
        past = history(events)
        story = Story(case=events[0].case)
        duties = Duties(self.reckoner, self.judge.asked)
        verdicts: list[Verdict] = []
        for told in past.told:
            activation = policies.on(told.event.day)
            self.teller.place(told.event, story)
            moment = Moment(told.event, story, activation.policy, calendar, now, duties)
            verdict = self.judge.judge(moment, activation)
            story.broken[told.event.fact] = tuple(finding.rule for finding in verdict.findings if finding.forbids)
            verdicts.append(verdict)
            self.teller.tell(told.event, story)
            duties.hear(told, moment, activation)
        return self._answer(past, story, duties, verdicts, calendar, now, policies)

    def _answer(  # noqa: PLR0913  # the whole of one assessment, taken apart once
        self,
        past: History,
        story: Story,
        duties: Duties,
        verdicts: Sequence[Verdict],
        calendar: Calendar,
        now: datetime,
        policies: Policies,
    ) -> Assessment:
        stood, to_say, coming = self._stood(past.told, story, duties, calendar, now, policies)
        said = {
            (event.data.duty, event.data.said, event.data.due_on, event.data.due_at)
            for event in past.announcements
            if isinstance(event.data, DutyAnnounced)
        }
        return Assessment(
            state=shown(story, now),
            duties=stood,
            findings=tuple(finding for verdict in verdicts for finding in verdict.findings),
            guidance=_latest_guidance(verdicts),
            refusals=_refusals(past.told, verdicts),
            to_announce=tuple(
                sorted(
                    (each for each in to_say if (each.duty, each.said, each.due_on, each.due_at) not in said),
                    key=lambda each: (each.at, each.duty),
                )
            ),
            next_instant=coming,
            superseded=past.superseded,
        )

    def _stood(  # noqa: PLR0913  # see above
        self,
        told: Sequence[Told],
        story: Story,
        duties: Duties,
        calendar: Calendar,
        now: datetime,
        policies: Policies,
    ) -> tuple[tuple[Duty, ...], list[ToAnnounce], datetime | None]:
        stood: list[Duty] = []
        to_say: list[ToAnnounce] = []
        instants: list[datetime] = []
        for running in duties:
            activation = policies.for_open_duty(running.start.day, now.date())
            if running.live and activation.policy is not running.policy and running.entry.id in activation.duty:
                running.entry, running.policy = activation.duty[running.entry.id], activation.policy
            moment = Moment(running.start, story, running.policy, calendar, now)
            duty = standing(running, duties.reckon(running, moment), calendar, now)
            stood.append(duty)
            to_be_said, coming = sayings(duty, running.known_at, now)
            to_say.extend(to_be_said)
            if coming is not None:
                instants.append(coming)
        return tuple(stood), to_say, min(instants, default=None)


def _latest_guidance(verdicts: Sequence[Verdict]) -> tuple[Guidance, ...]:
    """Each clause's advice once, about the last event that called for it."""
    recent: dict[str, Guidance] = {}
    for verdict in verdicts:
        for guidance in verdict.guidance:
            recent[guidance.rule] = guidance
    return tuple(recent.values())


def _refusals(told: Sequence[Told], verdicts: Sequence[Verdict]) -> Mapping[UUID, tuple[Refusal, ...]]:
    return {
        each.event.fact: verdict.refusals for each, verdict in zip(told, verdicts, strict=True) if verdict.refusals
    }

