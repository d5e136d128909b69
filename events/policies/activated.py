"""What is in force at an authority, by its own stream: policies and calendar, its go-live, and its directory."""

import json
import tomllib
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from events.calendars import snapshots
from events.calendars.counting import Calendar
from events.case.directory import directory
from events.case.history import history
from events.catalogue.authority import CalendarActivated, PolicyActivated
from events.catalogue.directory import GoLiveSet
from events.catalogue.envelope import Event
from events.policies.checking import Vocabulary
from events.policies.in_force import Activation, Policies
from events.policies.loading import PolicyError, digest, load
from events.policies.model import Policy


class NothingActivatedError(LookupError):
    """The authority has activated no policy, or no calendar."""


@dataclass(frozen=True)
class InForce:
    """The policies of one authority over time, and the calendar it counts by."""

    policies: Policies
    calendar: Calendar


def bundle(name: str, texts: Mapping[str, str], vocabulary: Vocabulary) -> str:
    """A pack with every pack it extends, as the one immutable text whose digest an activation names.

    Raises PolicyError when the pack cannot be used.
    """
    load(name, texts, vocabulary)
    lineage = [name]
    while (base := tomllib.loads(texts[lineage[-1]]).get("extends")) is not None:
        lineage.append(base)
    return json.dumps({pack: texts[pack] for pack in lineage}, ensure_ascii=False, indent=1)


def unbundle(name: str, text: str, vocabulary: Vocabulary) -> Policy:
    """The policy in a bundle, under the digest of the bundle. Raises PolicyError when it cannot be used."""
    try:
        texts = json.loads(text)
    except ValueError as error:
        raise PolicyError(f"{name}: the stored text is no bundle of packs") from error
    return load(name, texts, vocabulary, activated=True).model_copy(update={"digest": digest(text)})


def digests(stream: Iterable[Event]) -> set[str]:
    """The digests of every text that an authority's stream names."""
    return {event.data.digest for event in stream if isinstance(event.data, PolicyActivated | CalendarActivated)}


def in_force(
    stream: Sequence[Event], texts: Mapping[str, str], vocabulary: Vocabulary, read: MutableMapping[str, Policy]
) -> InForce:
    """What these events of an authority's stream put in force; `texts` holds at least their `digests`.

    `read` remembers policies by their digests, for reading one takes longer than all the rest.

    Raises:
        NothingActivatedError: There is no policy among them, or no calendar.
        PolicyError: A stored text cannot be used.
    """
    activations: list[Activation] = []
    calendar: Calendar | None = None
    for event in stream:
        told = event.data
        if isinstance(told, PolicyActivated):
            if told.digest not in read:
                read[told.digest] = unbundle(told.pack, texts[told.digest], vocabulary)
            activations.append(Activation(read[told.digest], told.effective_from, told.recalculates_open))
        elif isinstance(told, CalendarActivated):
            activated = snapshots.read(texts[told.digest])
            calendar = activated.following(calendar, told.effective_from) if calendar is not None else activated
    if not activations or calendar is None:
        raise NothingActivatedError("the authority has activated no policy, or no calendar")
    facts = [each.event for each in history(stream).told]
    return InForce(Policies(activations, go_live=_go_live(facts), directory=directory(facts)), calendar)


def _go_live(told: Iterable[Event]) -> datetime | None:
    """From when on the authority goes by Planclock, as it was told last; None while it was not."""
    said = [(event.position, event.data.at) for event in told if isinstance(event.data, GoLiveSet)]
    return max(said)[1] if said else None
