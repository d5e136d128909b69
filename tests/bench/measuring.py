"""What is measured and what stands beside it, taken in turns on one machine; the figures, their spread, the ratio."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import median

Measure = Callable[[], Awaitable[float]]
"""Takes one measurement and returns it in the unit of its row."""


class Unit(Enum):
    """What a figure counts, and how it is written."""

    RATE = "/s"
    MICROSECONDS = " µs"
    MILLISECONDS = " ms"
    KIBIBYTES = " KiB"

    @property
    def more_is_better(self) -> bool:
        """Whether an aim is a floor under the ratio, and not a ceiling."""
        return self is Unit.RATE

    def write(self, figure: float) -> str:
        """A figure with its unit, in three digits or more."""
        return f"{figure:,.{0 if figure >= 100 else 1 if figure >= 10 else 2}f}{self.value}"


@dataclass(frozen=True)
class Figures:
    """One thing, measured several times."""

    of: str
    taken: tuple[float, ...]

    @property
    def median(self) -> float:
        """The figure to quote."""
        return median(self.taken)

    def written(self, unit: Unit) -> str:
        """The median, and from where to where the measurements went."""
        spread = f"{unit.write(min(self.taken))} to {unit.write(max(self.taken))}"
        return f"{unit.write(self.median):>12}   {spread if len(self.taken) > 1 else ''}".rstrip()


@dataclass(frozen=True)
class Row:
    """What was measured, perhaps what it was measured against in the same turns, and the aim for their ratio."""

    unit: Unit
    ours: Figures
    theirs: Figures | None = None
    aim: float | None = None

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours to theirs, turn by turn: what slowed the machine down for a while slowed both."""
        return tuple(a / b for a, b in zip(self.ours.taken, self.theirs.taken, strict=True)) if self.theirs else ()

    @property
    def ratio(self) -> float | None:
        """The median ratio."""
        return median(self.ratios) if self.theirs else None

    @property
    def reached(self) -> bool | None:
        """Whether the aim is reached; None where there is none."""
        if self.aim is None or self.ratio is None:
            return None
        return self.ratio >= self.aim if self.unit.more_is_better else self.ratio <= self.aim

    def written(self) -> str:
        """The row, for a person at a terminal."""
        lines = [f"  {self.ours.of:<58}{self.ours.written(self.unit)}"]
        if self.theirs:
            lines.append(f"    {self.theirs.of:<56}{self.theirs.written(self.unit)}")
            lines.append(f"    {self.verdict}")
        return "\n".join(lines)

    @property
    def verdict(self) -> str:
        """The ratio with its spread, the aim, and whether it is reached."""
        said = f"ratio {self.ratio:.2f} ({min(self.ratios):.2f} to {max(self.ratios):.2f})"
        if self.aim is not None:
            said += f", aim {self.written_aim}: {self.mark}"
        return said

    @property
    def mark(self) -> str:
        """One word for whether the aim is reached."""
        return "PASS" if self.reached else "SHORT"

    @property
    def written_aim(self) -> str:
        """The aim in words."""
        return f"{'at least' if self.unit.more_is_better else 'at most'} {self.aim:g}"


async def in_turns(rounds: int, *measures: tuple[str, Measure]) -> Sequence[Figures]:
    """Takes each measurement once to warm up, and then `rounds` times: A B A B."""
    for _, measure in measures:
        await measure()
    taken = [[await measure() for _, measure in measures] for _ in range(rounds)]
    return [
        Figures(name, tuple(figures)) for (name, _), figures in zip(measures, zip(*taken, strict=True), strict=True)
    ]


@dataclass(frozen=True)
class Effort:
    """How much is measured: so many turns, and a share of the usual work in each.

    `long_case` is how many events a long case has; `logs` how many events the logs hold whose growth is looked at;
    `open_cases` how many timers are compared with the log.
    """

    rounds: int
    share: float
    long_case: int
    logs: tuple[int, ...]
    open_cases: int

    def of(self, usual: int) -> int:
        """That share of a usual number, and one at least."""
        return max(1, round(usual * self.share))


TINY = Effort(rounds=1, share=0.005, long_case=30, logs=(50, 100), open_cases=5)
"""Enough to see that every row still works; its figures mean nothing."""
