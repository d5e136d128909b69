"""Two cases of one child: the one that goes on, and the one that ended."""

from events.case.story import Story
from events.case.telling import Telling
from events.catalogue.allocation import CasesMerged
from events.catalogue.envelope import Event

telling = Telling()


@telling.on("cases_merged")
def merged(data: CasesMerged, event: Event, story: Story) -> None:
    """Told in both: it says of which of the two this is the story."""
    if data.into != str(story.case):
        story.merged_into = (event.day, data.into)
    elif data.merged is not None:
        story.merged.append(data.merged)
