"""What callers call agencies, read leniently: `csc`, `CSC` and "Children's Social Care" are one."""

import re
from functools import lru_cache

SOCIAL_CARE = "csc"
_SOCIAL_CARE = frozenset(
    {
        *("csc", "la", "local_authority", "council", "social_care", "childrens_social_care", "child_social_care"),
        *("childrens_services", "children_services", "social_services", "social_work", "families_first", "cs"),
        *("staffordshire", "staffordshire_county_council", "childrens_social_work", "childrens_social_work_team"),
        *("stockport", "stockport_council", "stockport_metropolitan_borough_council", "stockport_mbc", "smbc"),
    }
)
_HEALTH = ("health", "nhs", "hospital", "midwif")


@lru_cache(maxsize=10_000)
def _plain(name: str) -> str:
    return re.sub(r"[\s/&_-]+", "_", re.sub(r"['\u2019.,()]", "", name.strip().lower()))


def agency(name: str) -> str:
    """One name for an agency, however it is written."""
    plain = _plain(name)
    if plain in _SOCIAL_CARE:
        return SOCIAL_CARE
    return "police" if "police" in plain.split("_") else plain


def is_social_care(name: str) -> bool:
    """Whether it is the authority's own children's social care."""
    return agency(name) == SOCIAL_CARE


def function(name: str, provider: str | None) -> str:
    """What counts as one agency towards a quorum: each provider of health care may be its own (STF-R44)."""
    plain = agency(name)
    apart = provider is not None and any(word in plain for word in _HEALTH)
    return f"{plain}/{_plain(provider)}" if apart and provider is not None else plain


def role(name: str | None) -> str:
    """One name for a role, however it is written; empty for none."""
    return _plain(name) if name else ""


PARENTS = frozenset(
    {"parent", "parents", "mother", "father", "carer", "carers", "step_parent", "stepfather", "stepmother"}
)
"""How callers call those who bring a child up."""

_LAY = PARENTS | {
    *("child", "young_person", "family", "grandparent", "grandmother", "grandfather", "aunt", "uncle", "sibling"),
    *("supporter", "friend", "mckenzie_friend", "advocate", "interpreter", "translator", "observer", "minute_taker"),
    *("partner_of_parent", "parent_carer", "foster_carer", "kinship_carer"),
}


def is_professional(name: str | None) -> bool:
    """Whether somebody of that role, if it is known, is at a conference for an agency: neither family nor chair."""
    plain = role(name)
    return plain not in _LAY and "chair" not in plain.split("_")
