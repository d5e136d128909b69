"""The catalogue put together from its topics. A new topic is one module and one line here."""

from events.catalogue import (
    allocation,
    announcements,
    assessments,
    authority,
    challenges,
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
    moves,
    non_cooperation,
    plans,
    preparation,
    recommendations,
    records,
    reports,
    requests,
    safe_and_well,
    scheduling,
    step_down,
    temporary_moves,
    transfers,
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
            moves,
            transfers,
            temporary_moves,
            safe_and_well,
            disputes,
            challenges,
            allocation,
            corrections,
            announcements,
            authority,
        )
    )
