"""The page of one pack: what this authority does, by when and why, to be read aloud by whoever answers for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from events.catalogue.registry import Catalogue
from events.policies.model import DutyEntry, Enforce, Figure, Outside, Policy, RuleEntry, Slot
from service.pages.frame import contents, page
from service.pages.html import Html, element, joined, listed, row, table
from service.pages.moments import Moment, by_moment
from service.pages.saying import ENDS_WITH, MODALITY, asks, by_when, follows, happenings, told_to, who, words

PASSES = {
    "conference": "the conference that the receiving authority holds",
    "decision": "the decision that the receiving authority's conference comes to",
    "conference_and_writing": "the receiving authority's conference and its word in writing, whichever is later",
}
HOW_TO_READ = (
    "Must, should and may are the procedure's own force. A duty has somebody who owes it and, where the procedure "
    "gives one, a date; a date that passes is shown as missed and changes nothing by itself. What happened can always "
    "be recorded: only a decision or an act that is taken here is ever refused, and only where this page says so."
)
MISSING = "Missing source: the text that there is leaves this list out. Nothing stands in its place."
HOW_INHERITED = (
    "What is marked is not in this procedure's own document: it stands in a pack that this one builds on, or it is a "
    "value that a plan needs and the document does not give."
)


@dataclass(frozen=True)
class _Reading:
    """One pack, in the words of one catalogue."""

    policy: Policy
    catalogue: Catalogue

    def origin(self, id_: str, inherited: str | None) -> Html:
        pack = self.policy.origin[id_]
        own = pack == self.policy.id
        return element(
            "p",
            element("span", f"Origin: {'this pack' if own else pack}", class_="quiet" if own else "mark"),
            element("span", " · ", element("strong", "Inherited: "), inherited, class_="why") if inherited else None,
        )

    def taken(self, id_: str, inherited: str | None) -> str | None:
        return "taken" if inherited or self.policy.origin[id_] != self.policy.id else None

    def clause(self, entry: DutyEntry | RuleEntry) -> Html:
        ids = ", ".join((entry.id, *entry.also))
        origin = self.origin(entry.id, entry.inherited)
        return joined(element("p", entry.cite), element("p", ids, class_="quiet"), origin)

    def duty(self, entry: DutyEntry) -> Html:
        what = joined(element("strong", entry.title), element("span", f"{who(entry)}.", class_="quiet"))
        told = element("p", f"Whom: {told_to(entry.notice)}.") if entry.notice else None
        lapses = element("p", f"After its date: {entry.lapses}", class_="quiet") if entry.lapses else None
        each = f"One for each of: {', '.join(map(words, entry.per))}." if entry.per else None
        begins = joined(
            self.when("Begins when", happenings(entry.starts, self.catalogue)),
            self.when("Only where", [words(name) for name in entry.applies]),
            self.when("Only once one of these passed its date unmet", entry.once_missed),
            told,
            self.when("Done when", happenings(entry.fulfilled_by, self.catalogue)),
            self.when("Called off when", happenings(entry.cancelled_by, self.catalogue)),
            self.when("Stands still from when", happenings(entry.suspended_by, self.catalogue)),
            self.when("Goes on when", happenings(entry.resumed_by, self.catalogue)),
            element("p", " ".join(filter(None, (each, ENDS_WITH[entry.ends_with]))), class_="quiet"),
        )
        due = joined(element("p", by_when(entry), class_="due"), lapses)
        class_ = self.taken(entry.id, entry.inherited)
        return row(what, due, begins, self.clause(entry), class_=class_, id_=entry.id)

    def rule(self, entry: RuleEntry) -> Html:
        force = element("p", f"In the procedure's own words: {MODALITY[entry.modality]}.", class_="quiet")
        what = joined(element("strong", entry.title), element("p", entry.message), force)
        otherwise = element("p", follows(entry), class_="refused" if entry.enforce is Enforce.BLOCK else None)
        asked = joined(
            self.when("Looked at when", happenings(entry.on, self.catalogue)),
            self.when("It holds when", asks(entry)),
        )
        class_ = self.taken(entry.id, entry.inherited)
        return row(what, otherwise, asked, self.clause(entry), class_=class_, id_=entry.id)

    @staticmethod
    def when(heading: str, said: Sequence[str]) -> Html | None:
        """What happened, after its heading: in one line where it is one thing."""
        if not said:
            return None
        lead = element("span", f"{heading}: ", class_="quiet")
        return element("p", lead, f"{said[0]}.") if len(said) == 1 else element("div", lead, listed(said))

    def figure(self, name: str, figure: Figure) -> Html:
        class_ = self.taken(name, figure.inherited)
        origin = self.origin(name, figure.inherited)
        return row(words(name), element("strong", str(figure.value)), figure.cite, origin, class_=class_)

    def left_out(self, entry: Outside) -> Html:
        ids = ", ".join((entry.id, *entry.also))
        return row(ids, entry.cite, entry.reason, self.origin(entry.id, None), class_=self.taken(entry.id, None))

    def slot(self, entry: Slot) -> Html:
        said = listed(entry.items) if entry.items else element("span", MISSING, class_="mark")
        origin = self.origin(entry.id, None)
        return row(entry.title, said, entry.cite, origin, class_=self.taken(entry.id, None), id_=entry.id)


def policy_page(
    policy: Policy, catalogue: Catalogue, *, standing: str | None = None, navigation: Iterable[tuple[str, str]] = ()
) -> str:
    """One pack, grouped by the moments of a plan's life. `standing` says where and since when it is in force."""
    reading = _Reading(policy, catalogue)
    moments = list(_moments(reading))
    figures = [reading.figure(name, figure) for name, figure in policy.figures.items()]
    outside = [reading.left_out(entry) for entry in policy.outside]
    sections = [(moment.id, moment.value, body) for moment, body in moments]
    if figures:
        sections.append(("figures", "Figures in force", [_figures(figures)]))
    if outside:
        sections.append(("outside", "What lies outside, and why", [_outside(outside)]))
    if policy.slot:
        slots = [reading.slot(entry) for entry in policy.slot]
        sections.append(("slots", "Lists that the document announces", [_slots(slots)]))
    return page(
        policy.title,
        element("p", standing, class_="lead") if standing else None,
        _facts(policy),
        element("p", HOW_TO_READ),
        element("p", HOW_INHERITED, class_="taken"),
        contents((id_, heading) for id_, heading, _ in sections),
        *(element("section", element("h2", heading, id_=id_), *body) for id_, heading, body in sections),
        navigation=navigation,
    )


def _moments(reading: _Reading) -> Iterable[tuple[Moment, list[Html]]]:
    duties = by_moment(reading.policy.duty, reading.catalogue)
    rules = by_moment(reading.policy.rule, reading.catalogue)
    for moment in Moment:
        body = []
        if duties[moment]:
            headings = ("What is to be done", "By when", "When it begins, and what does it", "Clause")
            rows = [reading.duty(entry) for entry in duties[moment]]
            body.append(table("What must be done, and by when", headings, rows, class_="entries"))
        if rules[moment]:
            headings = ("What the procedure says", "If it is not kept", "When it is looked at", "Clause")
            rows = [reading.rule(entry) for entry in rules[moment]]
            body.append(table("What must hold, and what follows if it does not", headings, rows, class_="entries"))
        if body:
            yield moment, body


def _facts(policy: Policy) -> Html:
    builds_on = "; ".join(f"{title} ({pack})" for pack, title in policy.builds_on.items())
    dated = sum(entry.due is not None for entry in policy.duty)
    outside = "1 clause lies outside" if len(policy.outside) == 1 else f"{len(policy.outside)} clauses lie outside"
    refusing = sum(entry.enforce is Enforce.BLOCK for entry in policy.rule)
    told = {
        "Pack": f"{policy.id}, version {policy.version}",
        "Source": policy.source,
        "Nation": policy.nation.capitalize() if policy.nation else "None: it is there for others to build on",
        "Issued": str(policy.from_date) if policy.from_date else None,
        "To be looked at again": str(policy.review_due) if policy.review_due else None,
        "Builds on": builds_on or None,
        "It says": f"{len(policy.duty)} duties, {dated} of them with a date; {len(policy.rule)} rules, "
        f"{refusing} of which can refuse; {outside}",
        "In its own words": "; ".join(f"{ours}: {theirs}" for ours, theirs in policy.words.items()) or None,
        "A child who moves for good": f"stays this authority's responsibility until "
        f"{PASSES[policy.responsibility_passes_with.value]}",
    }
    pairs = ((element("dt", term), element("dd", said)) for term, said in told.items() if said)
    return element("dl", *(part for pair in pairs for part in pair), class_="facts")


def _figures(rows: Sequence[Html]) -> Html:
    return table("Values that rules ask for by name", ("Figure", "Value", "Clause", "Origin"), rows)


def _slots(rows: Sequence[Html]) -> Html:
    return table(
        "Lists to be filled by an authority that knows them", ("List", "What is in it", "Clause", "Origin"), rows
    )


def _outside(rows: Sequence[Html]) -> Html:
    return table("Clauses that no system carries out", ("Id", "Clause", "Why", "Origin"), rows)
