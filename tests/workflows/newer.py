"""A build of next year: it knows an event type, and a policy that goes by it, which this one does not."""

from functools import cache

from events.case.engine import Engine, engine
from events.catalogue.envelope import Data
from events.catalogue.registry import Topic
from events.catalogue.whole import catalogue

NEWS = "something_new_recorded"
ENTRY = f"""
[[duty]]
id        = "STF-NEW"
cite      = "Next year's procedure"
title     = "Answer to something new"
owner     = "team manager"
starts    = {{ event = "{NEWS}" }}
due       = {{ hours = 24 }}
met_by    = {{ event = "icpc_notification_form_completed" }}
"""


class SomethingNewRecorded(Data):
    """Something that nobody can record this year."""


@cache
def newer_build() -> Engine:
    """Its engine; the rest of Planclock is as it is now."""
    topic = Topic("news")
    topic.event(NEWS, example={})(SomethingNewRecorded)
    whole = catalogue()
    whole.types[NEWS] = topic.types[0]
    return engine(whole)
