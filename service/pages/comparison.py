"""The page that shows one child under several packs, side by side: what each refuses, and what is due by when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from events.case.answer import Duty, Refusal, Status
from events.catalogue.envelope import LOCAL
from events.catalogue.registry import Catalogue
from service.comparing.sides import Answered, Side
from service.comparing.story import Step, Story
from service.pages.frame import contents, page
from service.pages.html import Html, Part, element, joined, listed, row, table
from service.pages.moments import Moment, moment_of
from service.pages.saying import said

STANDS = {
    Status.OPEN: "still to be done",
    Status.MET: "done",
    Status.MET_LATE: "done late",
    Status.MISSED: "missed",
    Status.CANCELLED: "fell away",
    Status.SUSPENDED: "stands still",
}
HOW_MADE = (
    "The facts are the same in every column. Each was told, decided and reckoned as a case of an authority under that "
    "pack would be, with its nation's calendar. What is only asked for is recorded nowhere, so that what comes after "
    "is the same too. Whatever is shown cites its clause."
)
SECTIONS = (("facts", "What happened"), ("refusals", "What is refused, and by which clause"), ("dates", "By when"))


def comparison_page(
    story: Story, sides: Sequence[Side], catalogue: Catalogue, *, navigation: Iterable[tuple[str, str]] = ()
) -> str:
    """One story under these packs."""
    bodies = (_facts(story, catalogue), _refusals(sides), _dates(sides, catalogue))
    return page(
        "One child, side by side",
        element("p", story.title, ".", class_="lead"),
        element("p", HOW_MADE),
        element("p", f"As it stands at the end of {in_words(story.until)}."),
        contents(SECTIONS),
        *(
            element("section", element("h2", heading, id_=id_), body)
            for (id_, heading), body in zip(SECTIONS, bodies, strict=True)
        ),
        navigation=navigation,
    )


def in_words(day: date) -> str:
    """A day as one says it."""
    return f"{day.day} {day:%B %Y}"


def _facts(story: Story, catalogue: Catalogue) -> Html:
    rows = [row(in_words(step.item.day), _sentence(step, catalogue), step.item.meeting or "") for step in story.steps]
    return table("What was told, and what was asked, in order", ("Day", "What", "Meeting"), rows)


def _sentence(step: Step, catalogue: Catalogue) -> str:
    if step.asked is not None:
        return f"Asked only: {step.asked}"
    sentence = said(step.item.type, catalogue)
    decided = step.item.data.model_dump(mode="json", exclude_none=True)
    named = ", ".join(
        f"{name.replace('_', ' ')}: {str(decided[name]).replace('_', ' ')}"
        for name in ("decision", "category", "date", "progress")
        if name in decided
    )
    return f"{sentence[:1].upper()}{sentence[1:]}{f' ({named})' if named else ''}."


def _refusals(sides: Sequence[Side]) -> Html:
    rows = [
        row(
            joined(element("p", in_words(step.item.day)), element("strong", step.asked or f"{step.item.type}, told")),
            *(_said_to(_answer(side, step)) for side in sides),
        )
        for step in (one.step for one in sides[0].answered)
        if step.asked or any(_answer(side, step).refusals for side in sides)
    ]
    return _beside("What each procedure says to the same question", "Asked", sides, rows)


def _answer(side: Side, step: Step) -> Answered:
    return next(each for each in side.answered if each.step.item.id == step.item.id)


def _said_to(answered: Answered) -> Html:
    if not answered.refusals:
        return element("p", "Let through.")
    return joined(element("p", "Refused.", class_="refused"), listed(map(_refusal, answered.refusals)))


def _refusal(refusal: Refusal) -> Html:
    missing = f" Missing: {'; '.join(refusal.missing)}." if refusal.missing else ""
    clause = element("span", f" {refusal.cite} ({refusal.rule}).", class_="quiet")
    return joined(element("span", f"{refusal.message}{missing}"), clause)


@dataclass(frozen=True)
class _Line:
    """Duties of one side that read alike: one for each recipient of a notice, say."""

    duty: Duty
    number: int

    @property
    def shown(self) -> Html:
        duty, due = self.duty, due_day(self.duty)
        day = element("span", in_words(due) if due else "No date", class_="due")
        times = f", {self.number} of them" if self.number > 1 else ""
        done = f" on {in_words(duty.met_by.on)}" if duty.met_by else ""
        clause = element("span", f" {duty.cite} ({duty.rule}).", class_="quiet")
        return joined(day, element("span", f": {duty.title}{times}; {STANDS[duty.status]}{done}."), clause)


def due_day(duty: Duty) -> date | None:
    """The last day on which a duty is in time; None where it has no date."""
    return duty.due_at.astimezone(LOCAL).date() if duty.due_at is not None else duty.due_on


def _dates(sides: Sequence[Side], catalogue: Catalogue) -> Html:
    by_side = [_by_moment(side, catalogue) for side in sides]
    rows = [
        row(element("strong", moment.value), *(_cell(found.get(moment, ())) for found in by_side))
        for moment in Moment
        if any(moment in found for found in by_side)
    ]
    return _beside("What each procedure asks to be done by when", "Moment", sides, rows)


def _cell(duties: Iterable[Duty]) -> Part:
    return listed(line.shown for line in _lines(duties)) or "Nothing."


def _lines(duties: Iterable[Duty]) -> Iterator[_Line]:
    ordered = sorted(duties, key=lambda duty: (due_day(duty) or date.max, duty.rule, duty.status))
    for _, alike in groupby(ordered, key=lambda duty: (due_day(duty), duty.rule, duty.status)):
        found = list(alike)
        yield _Line(found[0], len(found))


def _by_moment(side: Side, catalogue: Catalogue) -> Mapping[Moment, list[Duty]]:
    entries = {entry.id: entry for entry in side.policy.duty}
    found: dict[Moment, list[Duty]] = {}
    for duty in side.assessment.duties:
        found.setdefault(moment_of(entries[duty.rule], catalogue), []).append(duty)
    return found


def _beside(caption: str, first: str, sides: Sequence[Side], rows: Iterable[Html]) -> Html:
    headings = (first, *(side.policy.id.replace("_", " ").capitalize() for side in sides))
    return element("div", table(caption, headings, rows, class_="sides"), class_="wide", tabindex="0")
