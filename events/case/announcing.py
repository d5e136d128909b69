"""How an announcement is said: under an id that is the same whichever case or process says it first."""

from hashlib import sha256

from events.case.answer import ToAnnounce
from events.catalogue.announcements import DutyAnnounced


def announcement(due: ToAnnounce) -> tuple[str, DutyAnnounced]:
    """The id of what must be said of a duty, and its words. The id tells nothing but the rule and what is said."""
    when = due.due_on or due.due_at
    named = sha256(f"{due.duty}:{due.said}:{when.isoformat() if when else 'undated'}".encode()).hexdigest()
    said = DutyAnnounced(duty=due.duty, rule=due.rule, said=due.said, due_on=due.due_on, due_at=due.due_at)
    return f"{due.rule}:{due.said}:{named[:32]}", said
