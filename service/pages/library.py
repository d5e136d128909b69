"""The packs that this build carries, read once, and the pages about them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from events.case.engine import Engine
from events.catalogue.registry import Catalogue
from events.policies.loading import load, packs
from events.policies.model import Policy
from service.comparing.sides import PROCEDURES, sides
from service.comparing.story import carried
from service.pages.calls import CALLS, COMPARED, POLICIES
from service.pages.comparison import comparison_page
from service.pages.frame import page
from service.pages.html import Html, element, row, table
from service.pages.policy import policy_page

WHO_MAY_READ = (
    "These are the packs that this build carries. They put published procedures into data and say nothing about "
    "anybody, so anybody may read them. What is in force at an authority is told to those who work there."
)


@dataclass
class Library:
    """Reads each pack when it is first asked for, for that takes longer than everything else."""

    engine: Engine
    texts: dict[str, str] = field(default_factory=packs)
    _read: dict[str, Policy] = field(default_factory=dict)
    _pages: dict[str, str] = field(default_factory=dict)

    def policy(self, name: str) -> Policy | None:
        """A pack by its name; None where this build carries none of that name."""
        if name in self.texts and name not in self._read:
            self._read[name] = load(name, self.texts, self.engine.vocabulary)
        return self._read.get(name)

    def page(self, name: str) -> str | None:
        """The page of a pack; None where this build carries none of that name."""
        policy = self.policy(name)
        if policy is not None and name not in self._pages:
            ways = [(POLICIES, "All policies"), (CALLS, "The API")]
            self._pages[name] = policy_page(policy, self._catalogue, navigation=ways)
        return self._pages.get(name)

    def compared(self) -> str:
        """The page that tells one made-up child under each of the five procedures. Takes a second or two at first."""
        if COMPARED not in self._pages:
            policies = [policy for policy in map(self.policy, PROCEDURES) if policy is not None]
            story = carried(self._catalogue)
            ways = [(POLICIES, "All policies"), (CALLS, "The API")]
            told = sides(story, policies, self.engine.assessor)
            self._pages[COMPARED] = comparison_page(story, told, self._catalogue, navigation=ways)
        return self._pages[COMPARED]

    @property
    def _catalogue(self) -> Catalogue:
        return self.engine.vocabulary.catalogue

    def index(self) -> str:
        """The page that lists every pack: the procedures, and what they build on."""
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
