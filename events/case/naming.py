"""How a condition, an anchor, a shortener or a listing gets the name by which packs ask for it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from events.case.reckoning import Anchor, Shortener
from events.case.rules import Condition
from events.case.running import Listing


@dataclass
class Named:
    """The named functions of one topic. A function's own name is the name packs use."""

    conditions: dict[str, Condition] = field(default_factory=dict)
    figures: dict[str, tuple[str, ...]] = field(default_factory=dict)
    anchors: dict[str, Anchor] = field(default_factory=dict)
    shorteners: dict[str, Shortener] = field(default_factory=dict)
    listings: dict[str, Listing] = field(default_factory=dict)

    def condition(self, *figures: str) -> Callable[[Condition], Condition]:
        """Enter a condition, with the figures a pack must give for it."""

        def enter(function: Condition) -> Condition:
            self.conditions[function.__name__] = function
            self.figures[function.__name__] = figures
            return function

        return enter

    def anchor(self, function: Anchor) -> Anchor:
        """Enter a day that duties may be counted from."""
        self.anchors[function.__name__] = function
        return function

    def shortener(self, function: Shortener) -> Shortener:
        """Enter a number of days that may shorten a count."""
        self.shorteners[function.__name__] = function
        return function

    def listing(self, function: Listing) -> Listing:
        """Enter what tells apart the duties that one event starts."""
        self.listings[function.__name__] = function
        return function
