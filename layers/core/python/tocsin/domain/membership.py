"""Who may change what somebody is in an organization: within one's own role, and never without an owner left."""

from tocsin.domain.permission import Role, may_grant
from tocsin.errors import Forbidden, LastOwner


def check_change(by: Role, current: Role, wanted: Role, owners: int) -> None:
    """Let a role be changed; `owners` is how many the organization has now.

    Raises Forbidden for a role above one's own, given or taken, and LastOwner.
    """
    for role in (current, wanted):
        if not may_grant(by, role):
            raise Forbidden(f"Your role here, {by}, does not allow giving or taking the role {role}.")
    if wanted is not Role.OWNER:
        check_leave(current, owners)


def check_remove(by: Role, current: Role, owners: int) -> None:
    """Let a member be removed; raises Forbidden for who is above, and LastOwner."""
    if not may_grant(by, current):
        raise Forbidden(f"Your role here, {by}, does not allow removing somebody who is {current}.")
    check_leave(current, owners)


def check_leave(current: Role, owners: int) -> None:
    """Let a member go; raises LastOwner when nobody would be left who owns the organization."""
    if current is Role.OWNER and owners <= 1:
        raise LastOwner("An organization has an owner: make another member owner first, or delete it.")
