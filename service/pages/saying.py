"""Entries of packs in plain words: what an event says, by when something is due, what follows a broken rule."""

import re
from collections.abc import Iterable

from events.catalogue.registry import Catalogue
from events.policies.model import Authoriser, DutyEntry, Enforce, RuleEntry
from events.policies.words import Match, Modality, Notice, Scalar

_SENTENCE = re.compile(r"(?<=[a-z)])[.:;] ")

MODALITY = {Modality.MUST: "must", Modality.SHOULD: "should", Modality.MAY: "may"}

FOLLOWS = {
    Enforce.BLOCK: "The decision is refused.",
    Enforce.WARN: "It is let through, and the case shows a warning.",
    Enforce.RECORD: "It is let through, and the case shows what is missing from the record.",
    Enforce.GUIDE: "Nothing. This is advice, shown at that moment.",
}

SET_ASIDE = {
    Authoriser.NOBODY: "Nobody may set this aside.",
    Authoriser.HEAD_OF_SERVICE: "The head of service may set it aside for one decision, giving the reason.",
}

ENDS_WITH = {
    "plan": "It falls away when the plan ends.",
    "request": "It falls away when the request for a conference is settled.",
    "meeting": "It falls away once the meeting has been held.",
    "move": "It falls away when the move is over.",
    "nothing": "It stays until it is done, also after the plan.",
}


def words(name: str) -> str:
    """A name as it is written in packs, to be read as words."""
    return name.replace("_", " ")


def happenings(matches: Iterable[Match], catalogue: Catalogue) -> list[str]:
    """Each of these matches as what happened."""
    return [happening(match, catalogue) for match in matches]


def happening(match: Match, catalogue: Catalogue) -> str:
    """What a match picks: the event in the catalogue's own words, which of its fields, and under what conditions."""
    happened = ", or ".join(dict.fromkeys(said(name, catalogue) for name in match.event))
    fields = [_field(name, values) for name, values in match.where.items()]
    where = [words(name) for name in match.when]
    return (
        happened + (f" ({'; '.join(fields)})" if fields else "") + (f", where {' and '.join(where)}" if where else "")
    )


def said(name: str, catalogue: Catalogue) -> str:
    """What an event of this type says, in the catalogue's first words, to go on within a sentence."""
    sentence = _SENTENCE.split(catalogue[name].title)[0].rstrip(".").replace("`", "")
    return sentence if sentence.startswith("Planclock") else sentence[:1].lower() + sentence[1:]


def _field(name: str, values: tuple[Scalar, ...]) -> str:
    if all(isinstance(value, bool) for value in values):
        return " or ".join(words(name) if value else f"not {words(name)}" for value in values)
    return f"{words(name)}: {' or '.join(words(str(value)) for value in values)}"


def by_when(duty: DutyEntry) -> str:
    """By when a duty is to be done, as one would say it."""
    due = duty.due
    if due is None:
        asked = f"; asked after every {duty.chase_days} days" if duty.chase_days else ""
        return f"No date: as soon as it can be done{asked}"
    anchor = "" if due.anchor == "start" else f" the {words(due.anchor)}"
    if due.count == 0:
        counted = f"On{anchor}" if anchor and not due.before else f"By{anchor}" if anchor else "On the same day"
    elif due.before:
        counted = f"At least {due.in_words}{anchor}"
    else:
        counted = f"Within {due.in_words if anchor else due.in_words.removesuffix(' after')}{anchor}"
    return counted + (f", or sooner by the {words(due.or_shorter)}" if due.or_shorter else "")


def who(duty: DutyEntry) -> str:
    """Whose duty it is, and how strongly the clause puts it."""
    owner = duty.owner[:1].upper() + duty.owner[1:]
    return f"{owner} {duty.modality.value} do this"


def told_to(notice: Notice) -> str:
    """Whom a notice is for, and what counts as having told them."""
    them = ", ".join((*notice.to, *(words(listing) for listing in notice.to_each)))
    how = f", by {' or '.join(words(channel) for channel in notice.by)}" if notice.by else ""
    what = f"{words(notice.document)} " if notice.document else ""
    return f"{what}{notice.needs} to {them}{how}"


def follows(rule: RuleEntry) -> str:
    """What follows where a rule does not hold."""
    otherwise = FOLLOWS[rule.enforce]
    return f"{otherwise} {SET_ASIDE[rule.override]}" if rule.enforce is Enforce.BLOCK else otherwise


def asks(rule: RuleEntry) -> list[str]:
    """What must hold, and what must be recorded."""
    return [*(words(name) for name in rule.require), *(f"recorded: {words(field)}" for field in rule.record)]
