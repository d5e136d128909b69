"""The caller, as a verified token describes them."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from events.catalogue.envelope import Recorder
from service.identity.roles import GRANTED, PERMITTED, STRENGTH, Permission, Role, Scope


@dataclass(frozen=True)
class Principal:
    """Somebody or some system, at one authority: the only place an authority's id ever comes from."""

    authority: UUID
    subject: str
    roles: frozenset[Role]
    scopes: frozenset[Scope]

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """Everything this caller may do."""
        by_role = [PERMITTED[role] for role in self.roles]
        by_scope = [GRANTED[scope] for scope in self.scopes if scope in GRANTED]
        return frozenset().union(*by_role, *by_scope)

    def may(self, permission: Permission) -> bool:
        """Whether this caller holds a permission."""
        return permission in self.permissions

    @cached_property
    def role(self) -> Role:
        """The strongest of the roles: the one that stands in records."""
        return min(self.roles, key=STRENGTH.index)

    @property
    def recorder(self) -> Recorder:
        """Who told Planclock, as events keep it."""
        return Recorder(self.subject, self.role.value)
