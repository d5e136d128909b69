"""The engine put together: every telling, condition and anchor, for one catalogue."""

from dataclasses import dataclass

from events.case import anchors, recipients
from events.case.assess import Assessor
from events.case.conditions import (
    after_review,
    assessing,
    attending,
    before_review,
    challenging,
    conduct,
    deciding,
    direct_contact,
    dual_process,
    ending,
    excluding,
    in_care,
    lifecycle,
    moving,
    moving_away,
    non_cooperation,
    quorum,
    records,
    reviewing,
    ruling_out,
    safe_and_well,
    senior_review,
    starting,
    stepping_down,
    supporting,
    transferring,
    voting,
)
from events.case.phases import placing
from events.case.reckoning import Reckoner
from events.case.rules import Judge
from events.case.telling import Teller
from events.case.tellings import child, conference, decision, legal, looked_after, merging, moves, plan, transfers
from events.catalogue.registry import Catalogue
from events.policies.checking import Vocabulary

NAMED = (
    anchors.named,
    recipients.named,
    lifecycle.named,
    starting.named,
    attending.named,
    quorum.named,
    deciding.named,
    ending.named,
    excluding.named,
    records.named,
    conduct.named,
    reviewing.named,
    challenging.named,
    supporting.named,
    senior_review.named,
    before_review.named,
    after_review.named,
    direct_contact.named,
    dual_process.named,
    voting.named,
    assessing.named,
    moving_away.named,
    in_care.named,
    non_cooperation.named,
    stepping_down.named,
    moving.named,
    transferring.named,
    ruling_out.named,
    safe_and_well.named,
)
TELLINGS = (
    *(child.telling, conference.telling, decision.telling, plan.telling, looked_after.telling, legal.telling),
    *(moves.telling, transfers.telling, merging.telling),
)


@dataclass(frozen=True)
class Engine:
    """What answers for a case, and the words a pack may use."""

    assessor: Assessor
    vocabulary: Vocabulary


def engine(catalogue: Catalogue) -> Engine:
    """The engine for this catalogue. Built once, by the composition root."""
    conditions = {name: condition for named in NAMED for name, condition in named.conditions.items()}
    named_anchors = {name: anchor for named in NAMED for name, anchor in named.anchors.items()}
    shorteners = {name: shortener for named in NAMED for name, shortener in named.shorteners.items()}
    listings = {name: listing for named in NAMED for name, listing in named.listings.items()}
    phases = placing({entry.name: entry.topic for entry in catalogue.types.values()})
    return Engine(
        assessor=Assessor(
            teller=Teller(TELLINGS, phases),
            judge=Judge(conditions),
            reckoner=Reckoner(named_anchors, shorteners),
            listings=listings,
        ),
        vocabulary=Vocabulary(
            catalogue=catalogue,
            conditions={name: figures for named in NAMED for name, figures in named.figures.items()},
            anchors=frozenset(named_anchors),
            shorteners=frozenset(shorteners),
            listings=frozenset(listings),
        ),
    )


def written_where() -> dict[str, str]:
    """Where each condition, anchor, shortener and listing that packs may name is written."""
    functions = (
        function
        for named in NAMED
        for kind in (named.conditions, named.anchors, named.shorteners, named.listings)
        for function in kind.values()
    )
    return {function.__name__: f"{function.__module__}.{function.__name__}" for function in functions}
