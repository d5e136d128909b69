"""The one answer: what the events of a case mean, under these policies and this calendar, at this instant."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.calendars.counting import Calendar
from events.case.afterwards import after_care
from events.case.answer import Assessment, Duty, Guidance, Refusal, ToAnnounce
from events.case.duties import Duties
from events.case.history import History, Told, history
from events.case.knowing import Known
from events.case.lateness import with_reasons
from events.case.moment import Moment
from events.case.noticing import Notice, noticed
from events.case.placing import held_under
from events.case.reckoning import Reckoner
from events.case.rules import Judge, Verdict
from events.case.running import Listing, Running
from events.case.showing import shown
from events.case.standing import sayings, standing
from events.case.story import Story
from events.case.taking_on import Part, read_out, taken_on_at
from events.case.telling import Teller
from events.catalogue.announcements import DutyAnnounced
from events.catalogue.envelope import LOCAL, Event
from events.policies.in_force import Policies

ENGINE = "10"
"""Rises when a recorded golden history's answer changes."""


Heard = Callable[[Moment], None]
"""Told of each event that counts, in order, with the story as it stands just after it."""


@dataclass(frozen=True)
class Assessor:
    """The engine with its vocabulary: how facts change the story, and the named conditions, anchors and listings."""

    teller: Teller
    judge: Judge
    reckoner: Reckoner
    listings: Mapping[str, Listing]

    def assess(self, events: Sequence[Event], policies: Policies, calendar: Calendar, now: datetime) -> Assessment:
        """What `events` of one case mean at `now`. Pure: the same arguments give the same answer, always.

        Raises NoPolicy for an event before any policy, OutsideCalendar for a date the calendar does not reach.
        """
        return self._unfolded(events, policies, calendar, now).answer()

    def notices(
        self, events: Sequence[Event], policies: Policies, calendar: Calendar, now: datetime
    ) -> tuple[Notice, ...]:
        """Who must be told of what in one case at `now`, and what was said of each. Pure, and raises, as `assess`."""
        return self._unfolded(events, policies, calendar, now).notices()

    def walk(
        self, events: Sequence[Event], policies: Policies, calendar: Calendar, now: datetime, heard: Heard
    ) -> None:
        """Go through one case event by event, for whoever counts what happened. Raises as `assess` does."""
        self._unfolded(events, policies, calendar, now, heard)

    def _unfolded(  # the arguments of `walk`
        self,
        events: Sequence[Event],
        policies: Policies,
        calendar: Calendar,
        now: datetime,
        heard: Heard | None = None,
    ) -> "_Fold":
        past, story = read_out(history(events)), Story(events[0].case, policies.directory)
        fold = _Fold(self, past, policies, calendar, now, story)
        fold.unfold(heard)
        return fold


class _Fold:
    """One history on its way through the engine."""

    def __init__(  # noqa: PLR0913, PLR0917  # the arguments of `assess`
        self, assessor: Assessor, past: History, policies: Policies, calendar: Calendar, now: datetime, story: Story
    ) -> None:
        self.assessor, self.past, self.policies = assessor, past, policies
        self.calendar, self.now, self.story = calendar, now, story
        self.duties = Duties(assessor.reckoner, assessor.judge.asked, assessor.listings)
        self.verdicts: list[Verdict] = []
        self.since = max(filter(None, (policies.go_live, taken_on_at(past))), default=None)

    def unfold(self, heard: Heard | None = None) -> None:
        """Tell every event that counts, in order: judged by the story before it, heard by duties after it."""
        self.story.held_under = held_under(told.event for told in self.past.told)
        for told in self.past.told:
            self.assessor.teller.foretell(told.event, self.story)
        for told in self.past.told:
            moment = self._hear(told)
            if heard is not None:
                heard(moment)
        if self.past.told:
            last, policy = self.past.told[-1].event, self.story.policy or self.policies.on(self.now.date()).policy
            moment = Moment(last, self.story, policy, self.calendar, self.now, self.duties)
            self.duties.pass_by(moment, self.now.astimezone(LOCAL).date())

    def _hear(self, told: Told) -> Moment:
        event, story, teller = told.event, self.story, self.assessor.teller
        activation = self.policies.on(event.day)
        story.policy = activation.policy
        teller.place(event, story)
        moment = Moment(event, story, activation.policy, self.calendar, self.now, self.duties)
        verdict = Verdict() if isinstance(event, Part) else self.assessor.judge.judge(moment, activation)
        if verdict.findings:
            story.broken[event.key] = tuple(finding.rule for finding in verdict.findings if finding.forbids)
        self.verdicts.append(verdict)
        teller.tell(event, story)
        if event.key not in story.void:
            self.duties.hear(told, moment, activation)
        return moment

    def answer(self) -> Assessment:
        """The whole assessment, at the end."""
        stood, awaited, to_say, coming = self._stood()
        said = {
            (event.data.duty, event.data.said, event.data.due_on, event.data.due_at)
            for event in self.past.announcements
            if isinstance(event.data, DutyAnnounced)
        }
        unsaid = (each for each in to_say if (each.duty, each.said, each.due_on, each.due_at) not in said)
        return Assessment(
            state={**shown(self.story, self.now), "after_care": after_care(stood)},
            duties=with_reasons(stood, self.story),
            awaited=awaited,
            findings=tuple(finding for verdict in self.verdicts for finding in verdict.findings),
            guidance=_latest_guidance(self.verdicts),
            refusals=_refusals(self.past.told, self.verdicts),
            to_announce=tuple(sorted(unsaid, key=lambda each: (each.at, each.duty))),
            next_instant=coming,
            superseded=self.past.superseded,
        )

    def notices(self) -> tuple[Notice, ...]:
        """What must be said to whom, at the end."""
        others = tuple(self.duties)
        there = (each for each in self._standing() if not self._awaited(each[2]))
        found = (noticed(running, duty, others, moment) for running, moment, duty, _ in there)
        return tuple(notice for notice in found if notice is not None)

    def _standing(self) -> Iterator[tuple[Running, Moment, Duty, Known]]:
        """Every duty there is, or that time alone will begin, as it stands now."""
        for running in self.duties:
            start = running.start.event
            activation = self.policies.for_open_duty(start.day, self.now.date())
            if running.live and activation.policy is not running.policy and running.entry.id in activation.duty:
                running.entry, running.policy = activation.duty[running.entry.id], activation.policy
            moment = Moment(start, self.story, running.policy, self.calendar, self.now)
            follows = self.duties.follows(running, moment) if running.entry.once_missed else None
            if not self.duties.applies(running, moment) or (running.entry.once_missed and follows is None):
                continue
            reckoned = self.duties.reckon(running, moment)
            known = self.duties.known(running, reckoned)
            duty = standing(running, reckoned, known, self.calendar, self.now, self.since, follows)
            yield running, moment, duty, known

    def _awaited(self, duty: Duty) -> bool:
        """Whether it is not there yet."""
        return duty.follows is not None and duty.follows.on > self.now.astimezone(LOCAL).date()

    def _stood(self) -> tuple[tuple[Duty, ...], tuple[Duty, ...], list[ToAnnounce], datetime | None]:
        stood: list[Duty] = []
        awaited: list[Duty] = []
        to_say: list[ToAnnounce] = []
        instants: list[datetime] = []
        for running, _, duty, known in self._standing():
            if self._awaited(duty):
                awaited.append(duty)
                continue
            stood.append(duty)
            to_be_said, coming = sayings(duty, running, known, self.now, self.since)
            to_say.extend(to_be_said)
            if coming is not None:
                instants.append(coming)
        return tuple(stood), tuple(awaited), to_say, min(instants, default=None)


def _latest_guidance(verdicts: Sequence[Verdict]) -> tuple[Guidance, ...]:
    """Each clause's advice once, about the last event that called for it."""
    recent: dict[str, Guidance] = {}
    for verdict in verdicts:
        for guidance in verdict.guidance:
            recent[guidance.rule] = guidance
    return tuple(recent.values())


def _refusals(told: Sequence[Told], verdicts: Sequence[Verdict]) -> Mapping[UUID, tuple[Refusal, ...]]:
    return {each.event.fact: verdict.refusals for each, verdict in zip(told, verdicts, strict=True) if verdict.refusals}
