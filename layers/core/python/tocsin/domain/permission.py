"""Who may do what: one total table of roles and permissions, another of team roles, and what narrows an API key."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a member or an API key is in an organization."""

    OWNER = "owner"
    ADMIN = "admin"
    RESPONDER = "responder"
    VIEWER = "viewer"


class TeamRole(StrEnum):
    """What somebody is in a team."""

    LEAD = "lead"
    MEMBER = "member"


class Access(StrEnum):
    """How far an API key goes within its role."""

    READ = "read"
    WRITE = "write"


class Group(StrEnum):
    """The resources that a permission is about; an API key can be kept to some of them."""

    INCIDENTS = "incidents"
    SERVICES = "services"
    POLICIES = "policies"
    SCHEDULES = "schedules"
    CONTACT_METHODS = "contact_methods"
    MEMBERS = "members"
    TEAMS = "teams"
    KEYS = "keys"
    ORGANIZATION = "organization"
    AUDIT = "audit"
    ANALYTICS = "analytics"
    EVENT_RULES = "event_rules"
    MAINTENANCE = "maintenance"
    MONITORS = "monitors"
    PROBES = "probes"
    STATUS_PAGES = "status_pages"


class Permission(StrEnum):
    """What a route asks for, as group:verb."""

    READ_INCIDENTS = "incidents:read"
    RESPOND = "incidents:respond"
    READ_SERVICES = "services:read"
    WRITE_SERVICES = "services:write"
    READ_POLICIES = "policies:read"
    WRITE_POLICIES = "policies:write"
    READ_SCHEDULES = "schedules:read"
    OVERRIDE_SCHEDULES = "schedules:override"
    WRITE_SCHEDULES = "schedules:write"
    READ_CONTACT_METHODS = "contact_methods:read"
    WRITE_CONTACT_METHODS = "contact_methods:write"
    WRITE_OWN_CONTACT_METHODS = "contact_methods:own:write"
    READ_MEMBERS = "members:read"
    WRITE_MEMBERS = "members:write"
    READ_TEAMS = "teams:read"
    WRITE_TEAMS = "teams:write"
    READ_KEYS = "keys:read"
    WRITE_KEYS = "keys:write"
    READ_OWN_KEYS = "keys:own:read"
    WRITE_OWN_KEYS = "keys:own:write"
    READ_ORGANIZATION = "organization:read"
    WRITE_ORGANIZATION = "organization:write"
    EXPORT_ORGANIZATION = "organization:export"
    END_ORGANIZATION = "organization:end"
    READ_AUDIT = "audit:read"
    READ_ANALYTICS = "analytics:read"
    SIMULATE = "analytics:simulate"
    READ_EVENT_RULES = "event_rules:read"
    WRITE_EVENT_RULES = "event_rules:write"
    READ_MAINTENANCE = "maintenance:read"
    WRITE_MAINTENANCE = "maintenance:write"
    READ_MONITORS = "monitors:read"
    RUN_MONITORS = "monitors:run"
    WRITE_MONITORS = "monitors:write"
    READ_PROBES = "probes:read"
    WRITE_PROBES = "probes:write"
    READ_STATUS_PAGES = "status_pages:read"
    REPORT_STATUS = "status_pages:report"
    WRITE_STATUS_PAGES = "status_pages:write"

    @property
    def group(self) -> Group:
        """The resources it is about."""
        return Group(self.value.partition(":")[0])

    @property
    def is_read(self) -> bool:
        """Whether it changes nothing."""
        return self.value.endswith((":read", ":export"))


_BY_VIEWERS: Final = {
    Permission.READ_INCIDENTS,
    Permission.READ_SERVICES,
    Permission.READ_POLICIES,
    Permission.READ_SCHEDULES,
    Permission.READ_CONTACT_METHODS,
    Permission.READ_MEMBERS,
    Permission.READ_TEAMS,
    Permission.READ_ORGANIZATION,
    Permission.READ_ANALYTICS,
    Permission.READ_EVENT_RULES,
    Permission.READ_MAINTENANCE,
    Permission.READ_MONITORS,
    Permission.READ_PROBES,
    Permission.READ_STATUS_PAGES,
}
_BY_RESPONDERS: Final = _BY_VIEWERS | {
    Permission.RESPOND,
    Permission.WRITE_MAINTENANCE,
    Permission.RUN_MONITORS,
    Permission.REPORT_STATUS,
    Permission.SIMULATE,
    Permission.OVERRIDE_SCHEDULES,
    Permission.READ_OWN_KEYS,
    Permission.WRITE_OWN_KEYS,
    Permission.WRITE_OWN_CONTACT_METHODS,
}
_BY_ADMINS: Final = _BY_RESPONDERS | {
    Permission.WRITE_SERVICES,
    Permission.WRITE_EVENT_RULES,
    Permission.WRITE_MONITORS,
    Permission.WRITE_PROBES,
    Permission.WRITE_STATUS_PAGES,
    Permission.WRITE_POLICIES,
    Permission.WRITE_SCHEDULES,
    Permission.WRITE_CONTACT_METHODS,
    Permission.WRITE_MEMBERS,
    Permission.WRITE_TEAMS,
    Permission.READ_KEYS,
    Permission.WRITE_KEYS,
    Permission.WRITE_ORGANIZATION,
    Permission.READ_AUDIT,
}
_BY_OWNERS: Final = _BY_ADMINS | {Permission.EXPORT_ORGANIZATION, Permission.END_ORGANIZATION}
_GRANTED: Final = {
    Role.OWNER: _BY_OWNERS,
    Role.ADMIN: _BY_ADMINS,
    Role.RESPONDER: _BY_RESPONDERS,
    Role.VIEWER: _BY_VIEWERS,
}

GRANTS: Final[dict[tuple[Role, Permission], bool]] = {
    (role, permission): permission in _GRANTED[role] for role in Role for permission in Permission
}

TEAM_GRANTS: Final[dict[tuple[TeamRole, Permission], bool]] = {
    (role, permission): role is TeamRole.LEAD
    and permission
    in {
        Permission.WRITE_TEAMS,
        Permission.WRITE_SERVICES,
        Permission.WRITE_POLICIES,
        Permission.OVERRIDE_SCHEDULES,
        Permission.WRITE_SCHEDULES,
        Permission.WRITE_EVENT_RULES,
        Permission.WRITE_MONITORS,
    }
    for role in TeamRole
    for permission in Permission
}
"""What somebody may do, beyond their role, to the team they are in and to what it owns."""

RANKS: Final = {Role.VIEWER: 0, Role.RESPONDER: 1, Role.ADMIN: 2, Role.OWNER: 3}


def allows(role: Role, permission: Permission) -> bool:
    """Whether a role has a permission."""
    return GRANTS[role, permission]


def allows_in_team(role: TeamRole | None, permission: Permission) -> bool:
    """Whether a team role, or being no member of the team, has a permission for what the team owns."""
    return role is not None and TEAM_GRANTS[role, permission]


def within_scope(permission: Permission, access: Access, groups: Collection[Group] | None) -> bool:
    """Whether an API key of this scope may use a permission that its role has; no groups means all of them."""
    return (permission.is_read or access is Access.WRITE) and (groups is None or permission.group in groups)


def within(
    access: Access, groups: Collection[Group] | None, wide: Access, wide_groups: Collection[Group] | None
) -> bool:
    """Whether a scope allows nothing that a wider one does not."""
    if access is Access.WRITE and wide is Access.READ:
        return False
    return wide_groups is None or (groups is not None and set(groups) <= set(wide_groups))


def outlives(expires_at: datetime | None, other_expires_at: datetime | None) -> bool:
    """Whether a key works longer than another; None never expires."""
    return other_expires_at is not None and (expires_at is None or expires_at > other_expires_at)


def may_grant(giver: Role, given: Role) -> bool:
    """Whether somebody may give a role, or take it: nobody gives more than they have."""
    return RANKS[given] <= RANKS[giver]


def lesser(one: Role, other: Role) -> Role:
    """The role that may do less."""
    return min(one, other, key=RANKS.__getitem__)
