"""The catalogue put together from its topics. A new topic is one module and one line here."""

from events.catalogue import (
    allocation,
    announcements,
    assessments,
    authority,
    children,
    conferences,
    core_groups,
    corrections,
    decisions,
    disputes,
    endings,
    household,
    invitations,
    leadership,
    non_cooperation,
    plans,
    preparation,
    recommendations,
    records,
    reports,
    requests,
    scheduling,
    step_down,
    views,
    visits,
)
from events.catalogue.registry import Catalogue


def catalogue() -> Catalogue:
    """Build the catalogue of every event type. The composition root calls it once."""
    return Catalogue(
        module.topic
        for module in (
            children,
            household,
            assessments,
            requests,
            scheduling,
            invitations,
            preparation,
            reports,
            conferences,
            views,
            recommendations,
            decisions,
            leadership,
            plans,
            core_groups,
            visits,
            records,
            endings,
            non_cooperation,
            step_down,
            disputes,
            allocation,
            corrections,
            announcements,
            authority,
        )
    )
