"""Roles, permissions, and the one table that says which role holds which permission."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What somebody is at their authority, as the token says."""

    SOCIAL_WORKER = "social_worker"
    TEAM_MANAGER = "team_manager"
    CONFERENCE_CHAIR = "conference_chair"
    CONFERENCE_ADMINISTRATOR = "conference_administrator"
    CORE_GROUP_MEMBER = "core_group_member"
    REGISTER_CUSTODIAN = "register_custodian"
    TRANSFER_OFFICER = "transfer_officer"
    LEGAL_OFFICER = "legal_officer"
    PERFORMANCE_ANALYST = "performance_analyst"
    AUDITOR = "auditor"
    OPERATIONS = "operations"
    INTEGRATION_CLIENT = "integration_client"
    RECORDS_MANAGER = "records_manager"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    HEAD_OF_SERVICE = "head_of_service"


class Permission(StrEnum):
    """One thing that may be done. Each route asks for one in its signature."""

    READ_RULES = "read_rules"
    READ_LISTS = "read_lists"
    READ_CASE = "read_case"
    READ_HISTORY = "read_history"
    READ_FEED = "read_feed"
    READ_DIRECTORY = "read_directory"
    READ_REPORTS = "read_reports"
    KEEP_DIRECTORY = "keep_directory"
    TRY_POLICIES = "try_policies"
    TELL = "tell"
    DECIDE = "decide"
    OVERRIDE = "override"
    OPEN_CASE = "open_case"
    CREATE_SANDBOX = "create_sandbox"
    ADVANCE_CLOCK = "advance_clock"


class Scope(StrEnum):
    """What a token was granted beside its roles."""

    REPORT_DECISIONS = "decisions:report"
    ACT_FOR_ANYONE = "act:anyone"
    CREATE_SANDBOXES = "sandboxes:create"


_P = Permission
_READS = frozenset({_P.READ_RULES, _P.READ_LISTS, _P.READ_CASE, _P.READ_HISTORY, _P.READ_DIRECTORY})

PERMITTED: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.SOCIAL_WORKER: _READS | {_P.TELL},
        Role.TEAM_MANAGER: _READS | {_P.TELL},
        Role.CONFERENCE_CHAIR: _READS | {_P.TELL, _P.DECIDE},
        Role.HEAD_OF_SERVICE: _READS
        | {_P.TELL, _P.DECIDE, _P.OVERRIDE, _P.KEEP_DIRECTORY, _P.READ_REPORTS, _P.TRY_POLICIES},
        Role.CONFERENCE_ADMINISTRATOR: frozenset(
            {_P.READ_RULES, _P.READ_LISTS, _P.READ_CASE, _P.READ_DIRECTORY, _P.TELL}
        ),
        Role.LEGAL_OFFICER: frozenset({_P.READ_RULES, _P.READ_CASE}),
        Role.AUDITOR: _READS | {_P.READ_REPORTS},
        Role.REGISTER_CUSTODIAN: frozenset({_P.READ_RULES, _P.READ_LISTS}),
        Role.INTEGRATION_CLIENT: _READS
        | {_P.READ_FEED, _P.TELL, _P.DECIDE, _P.OVERRIDE, _P.OPEN_CASE, _P.ADVANCE_CLOCK}
        | {_P.KEEP_DIRECTORY, _P.READ_REPORTS, _P.TRY_POLICIES},
        Role.CORE_GROUP_MEMBER: frozenset({_P.READ_RULES}),
        Role.TRANSFER_OFFICER: frozenset({_P.READ_RULES}),
        Role.PERFORMANCE_ANALYST: frozenset({_P.READ_RULES, _P.READ_REPORTS}),
        Role.OPERATIONS: frozenset({_P.READ_RULES}),
        Role.RECORDS_MANAGER: frozenset({_P.READ_RULES}),
        Role.SYSTEM_ADMINISTRATOR: frozenset({_P.READ_RULES, _P.READ_DIRECTORY, _P.KEEP_DIRECTORY}),
    }
)
"""Who may do what. A role that has no entry for a thing may not do it.

Those whose sight of a case rests on a grant (core group, transfer, legal thread) see none until grants exist; an
administrator of systems sees none by virtue of the role.
"""

GRANTED: Mapping[Scope, frozenset[Permission]] = MappingProxyType(
    {Scope.CREATE_SANDBOXES: frozenset({_P.CREATE_SANDBOX})}
)
"""Permissions that come with a scope, whatever the role."""

STRENGTH = (
    Role.HEAD_OF_SERVICE,
    Role.CONFERENCE_CHAIR,
    Role.TEAM_MANAGER,
    Role.SOCIAL_WORKER,
    Role.CONFERENCE_ADMINISTRATOR,
    Role.LEGAL_OFFICER,
    Role.AUDITOR,
    Role.REGISTER_CUSTODIAN,
    Role.TRANSFER_OFFICER,
    Role.CORE_GROUP_MEMBER,
    Role.PERFORMANCE_ANALYST,
    Role.RECORDS_MANAGER,
    Role.OPERATIONS,
    Role.SYSTEM_ADMINISTRATOR,
    Role.INTEGRATION_CLIENT,
)
"""Of several roles the first in this order is the one a record names."""
