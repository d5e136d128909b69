"""The packs that this build carries, read once, and the pages about them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from events.policies.checking import Vocabulary
from events.policies.loading import load, packs
from events.policies.model import Policy
from service.pages.calls import CALLS, POLICIES
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

    vocabulary: Vocabulary
    texts: dict[str, str] = field(default_factory=packs)
    _read: dict[str, Policy] = field(default_factory=dict)
    _pages: dict[str, str] = field(default_factory=dict)

    def policy(self, name: str) -> Policy | None:
        """A pack by its name; None where this build carries none of that name."""
        if name in self.texts and name not in self._read:
            self._read[name] = load(name, self.texts, self.vocabulary)
        return self._read.get(name)

    def page(self, name: str) -> str | None:
        """The page of a pack; None where this build carries none of that name."""
        policy = self.policy(name)
        if policy is not None and name not in self._pages:
            ways = [(POLICIES, "All policies"), (CALLS, "The API")]
            self._pages[name] = policy_page(policy, self.vocabulary.catalogue, navigation=ways)
        return self._pages.get(name)

    def index(self) -> str:
        """The page that lists every pack: the procedures, and what they build on."""
        read = [policy for policy in map(self.policy, self.texts) if policy is not None]
        return page(
            "Policies",
            element("p", WHO_MAY_READ, class_="lead"),
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
