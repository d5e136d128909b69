"""The packs that this build carries, read once, and the pages about them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from events.case.engine import Engine
from events.policies.loading import load, packs
from events.policies.model import Policy
from service.comparing.sides import PROCEDURES, sides
from service.comparing.story import carried
from service.pages.calls import CALLS, COMPARED, EVENT_TYPES, POLICIES, event_types_page
from service.pages.comparison import comparison_page
from service.pages.frame import page
from service.pages.html import Html, element, row, table
from service.pages.policy import policy_page

WHO_MAY_READ = (
    "These are the packs that this build carries. They put published procedures into data and say nothing about "
    "anybody, so anybody may read them. What is in force at an authority is told to those who work there."
)

_WAYS = ((POLICIES, "All policies"), (CALLS, "The API"))


@dataclass
class Library:
    """Reads each pack and makes each page when it is first asked for: each takes up to seconds, and never changes."""

    engine: Engine
    texts: dict[str, str] = field(default_factory=packs)
    _read: dict[str, Policy] = field(default_factory=dict)
    _pages: dict[str, str] = field(default_factory=dict)

    def policy(self, name: str) -> Policy | None:
        """A pack by its name; None where this build carries none of that name."""
        if name in self.texts and name not in self._read:
            self._read[name] = load(name, self.texts, self.engine.vocabulary)
        return self._read.get(name)

    def once(self, address: str, made: Callable[[], str]) -> str:
        """A page that stays as it is while this process runs, made when it is first asked for."""
        if address not in self._pages:
            self._pages[address] = made()
        return self._pages[address]

    def page(self, name: str) -> str | None:
        """The page of a pack; None where this build carries none of that name."""
        policy = self.policy(name)
        if policy is None:
            return None
        return self.once(
            f"{POLICIES}/{name}", lambda: policy_page(policy, self.engine.vocabulary.catalogue, navigation=_WAYS)
        )

    def compared(self) -> str:
        """The page that tells one made-up child under each of the five procedures."""
        return self.once(COMPARED, self._told)

    def index(self) -> str:
        """The page that lists every pack: the procedures, and what they build on."""
        return self.once(POLICIES, self._list)

    def event_types(self) -> str:
        """The page of every event type."""
        return self.once(EVENT_TYPES, lambda: event_types_page(self.engine.vocabulary.catalogue))

    def _told(self) -> str:
        catalogue = self.engine.vocabulary.catalogue
        policies = [policy for policy in map(self.policy, PROCEDURES) if policy is not None]
        story = carried(catalogue)
        return comparison_page(story, sides(story, policies, self.engine.assessor), catalogue, navigation=_WAYS)

    def _list(self) -> str:
        read = [policy for policy in map(self.policy, self.texts) if policy is not None]
        return page(
            "Policies",
            element("p", WHO_MAY_READ, class_="lead"),
            element("p", element("a", "One child under each of the five, side by side", href=COMPARED), "."),
            _listed("Procedures", (policy for policy in read if policy.nation)),
            _listed("What they build on", (policy for policy in read if not policy.nation)),
            navigation=[(CALLS, "The API")],
        )


def _listed(caption: str, policies: Iterable[Policy]) -> Html:
    rows = [
        row(
            element("a", policy.title, href=f"{POLICIES}/{policy.id}"),
            policy.version,
            policy.source,
            ", ".join(policy.builds_on) or "nothing",
        )
        for policy in policies
    ]
    return table(caption, ("Pack", "Version", "Source", "Builds on"), rows)
