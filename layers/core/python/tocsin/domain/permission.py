"""Who may do what: one total table of roles and permissions."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a member or an API key is in an organization."""

    OWNER = "owner"
    ADMIN = "admin"
    RESPONDER = "responder"
    VIEWER = "viewer"


class Permission(StrEnum):
    """What a route asks for."""

    READ = "read"
    RESPOND = "respond"
    CONFIGURE = "configure"


GRANTS: Final[dict[tuple[Role, Permission], bool]] = {
    (Role.OWNER, Permission.READ): True,
    (Role.OWNER, Permission.RESPOND): True,
    (Role.OWNER, Permission.CONFIGURE): True,
    (Role.ADMIN, Permission.READ): True,
    (Role.ADMIN, Permission.RESPOND): True,
    (Role.ADMIN, Permission.CONFIGURE): True,
    (Role.RESPONDER, Permission.READ): True,
    (Role.RESPONDER, Permission.RESPOND): True,
    (Role.RESPONDER, Permission.CONFIGURE): False,
    (Role.VIEWER, Permission.READ): True,
    (Role.VIEWER, Permission.RESPOND): False,
    (Role.VIEWER, Permission.CONFIGURE): False,
}


def allows(role: Role, permission: Permission) -> bool:
    """Whether a role has a permission."""
    return GRANTS[role, permission]
