"""Invitations: made, changed, mailed again and revoked by members, within what they may do themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.api_access import Invitation, InvitationInput, InvitationUpdate, InvitedTeamInput, ResendInput
from tocsin.contracts.mail import InvitationMail
from tocsin.domain.address import canonical_email
from tocsin.domain.invitation import RESEND_AFTER
from tocsin.domain.permission import Role, may_grant
from tocsin.errors import (
    AlreadyMember,
    Conflict,
    FieldProblem,
    Forbidden,
    Invalid,
    InvitationPending,
    NotFound,
    RateLimited,
    StaleVersion,
)
from tocsin.platform.ids import new_id
from tocsin.platform.tokens import digest, link_token
from tocsin_data.db import Database, Tx
from tocsin_data.services import mailing
from tocsin_data.services.actors import Actor, audit
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import invitations, members
from tocsin_data.sql.invitations import HeldInvitation, NewInvitation

SUBJECT: Final = "invitation"


@dataclass(frozen=True, slots=True)
class Inviter:
    """Who invites, within their role, and the key that mails are sealed to."""

    actor: Actor
    role: Role
    seal_public_key: str


def invite(db: Database, org_id: UUID, by: Inviter, data: InvitationInput) -> tuple[Invitation, Leaving]:
    """Invite an address; an invitation of it that has expired is replaced.

    Raises Invalid, Forbidden for a role above the inviter's, AlreadyMember, InvitationPending with the id of the one
    that waits, Conflict when the organization is being deleted, and RateLimited.
    """
    email = canonical_email(data.email)
    _may(by.role, data.role)
    with db.one(org_id) as tx:
        name = _organization(tx)
        if invitations.is_member(tx, email):
            raise AlreadyMember(f"{email} is the address of a member of this organization.")
        _check_teams(tx, data.teams)
        _make_room(tx, by.actor, email)
        mailing.admit(tx)
        token, expires_at = link_token(), tx.now + timedelta(seconds=data.expires_in_seconds)
        new = NewInvitation(new_id(), email, data.role, digest(token), str(by.actor), expires_at)
        invitations.insert(tx, new, data.teams)
        made = _found(invitations.read(tx, new.id), new.id)
        audit(tx, by.actor, "invitation.created", (SUBJECT, made.id), after=made)
        return made, _mail(tx, by, name, made, token)


def get_invitation(db: Database, org_id: UUID, invitation_id: UUID) -> Invitation:
    """Read an invitation; raises NotFound."""
    with db.one(org_id) as tx:
        return _found(invitations.read(tx, invitation_id), invitation_id)


def list_invitations(
    db: Database, org_id: UUID, *, status: str | None, before: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Invitation]:
    """Invitations, newest first, of one status or of all, from before a (created_at, id)."""
    with db.one(org_id) as tx:
        return invitations.page(tx, status, before, limit)


def change(
    db: Database, org_id: UUID, by: Inviter, invitation_id: UUID, data: InvitationUpdate, *, version: int
) -> Invitation:
    """Change what a pending invitation is for; raises NotFound, StaleVersion, Conflict, Forbidden or Invalid."""
    with db.one(org_id) as tx:
        held = _hold(tx, by.role, invitation_id)
        if held.version != version:
            raise StaleVersion(f"The invitation is at version {held.version} by now; you have changed {version}.")
        role = data.role or Role(held.role)
        _may(by.role, role)
        _check_teams(tx, data.teams or [])
        before = _found(invitations.read(tx, invitation_id), invitation_id)
        invitations.change(tx, invitation_id, role, data.teams)
        after = _found(invitations.read(tx, invitation_id), invitation_id)
        audit(tx, by.actor, "invitation.updated", (SUBJECT, invitation_id), before=before, after=after)
        return after


def resend(
    db: Database, org_id: UUID, by: Inviter, invitation_id: UUID, data: ResendInput
) -> tuple[Invitation, Leaving]:
    """Mail an invitation again, expired or not, with a new token; the one before is worth nothing from now on.

    Raises NotFound, Conflict when it has been accepted or revoked, Forbidden, and RateLimited.
    """
    with db.one(org_id) as tx:
        name = _organization(tx)
        held = _hold(tx, by.role, invitation_id)
        rests_until = held.sent_at + RESEND_AFTER
        if rests_until > tx.now:
            wait = max(1, round((rests_until - tx.now).total_seconds()))
            raise RateLimited("This invitation was mailed less than a minute ago.", wait)
        mailing.admit(tx)
        before = _found(invitations.read(tx, invitation_id), invitation_id)
        token = link_token()
        invitations.renew(tx, invitation_id, digest(token), tx.now + timedelta(seconds=data.expires_in_seconds))
        after = _found(invitations.read(tx, invitation_id), invitation_id)
        audit(tx, by.actor, "invitation.resent", (SUBJECT, invitation_id), before=before, after=after)
        return after, _mail(tx, by, name, after, token)


def revoke(db: Database, org_id: UUID, by: Inviter, invitation_id: UUID) -> Invitation:
    """End an invitation at once; one that was revoked before stays as it is. Raises NotFound, Forbidden, and Conflict
    when it has been accepted.
    """
    with db.one(org_id) as tx:
        before = invitations.lock(tx, invitation_id)
        if before is not None and before.revoked_at is not None:
            return _found(invitations.read(tx, invitation_id), invitation_id)
        _hold(tx, by.role, invitation_id)
        return _revoke(tx, by.actor, invitation_id)


def _revoke(tx: Tx, actor: Actor, invitation_id: UUID) -> Invitation:
    before = _found(invitations.read(tx, invitation_id), invitation_id)
    invitations.revoke(tx, invitation_id)
    after = _found(invitations.read(tx, invitation_id), invitation_id)
    audit(tx, actor, "invitation.revoked", (SUBJECT, invitation_id), before=before, after=after)
    return after


def _mail(tx: Tx, by: Inviter, organization: str, made: Invitation, token: str) -> Leaving:
    leaving = Leaving(tx.now)
    mail = InvitationMail(
        address=made.email,
        organization_name=organization,
        inviter=_inviter_name(tx, by.actor),
        role=made.role,
        expires_at=made.expires_at,
        token=token,
    )
    mailing.queue_invitation(tx, mail, by.seal_public_key, leaving)
    return leaving


def _inviter_name(tx: Tx, actor: Actor) -> str:
    known = members.names(tx, [UUID(actor.id)]) if actor.kind == "user" and actor.id else {}
    return next(iter(known.values()), "Somebody")


def _make_room(tx: Tx, actor: Actor, email: str) -> None:
    held = invitations.waiting(tx, email)
    if held is None:
        return
    if held.expires_at > tx.now:
        raise InvitationPending(
            f"{email} has been invited already: invitation {held.id} waits for an answer. Change, resend or revoke it."
        )
    _revoke(tx, actor, held.id)


def _organization(tx: Tx) -> str:
    name = invitations.hold_organization(tx)
    if name is None:
        raise Conflict("The organization is being deleted; nobody can be invited to it.")
    return name


def _hold(tx: Tx, role: Role, invitation_id: UUID) -> HeldInvitation:
    held = invitations.lock(tx, invitation_id)
    if held is None:
        raise NotFound(f"There is no invitation {invitation_id} in this organization.")
    _may(role, Role(held.role))
    if held.accepted_at is not None:
        raise Conflict("The invitation has been accepted; change the membership it made.")
    if held.revoked_at is not None:
        raise Conflict("The invitation has been revoked; invite the address anew.")
    return held


def _may(giver: Role, given: Role) -> None:
    if not may_grant(giver, given):
        raise Forbidden(f"Your role here, {giver}, does not allow giving or taking the role {given}.")


def _check_teams(tx: Tx, teams: Sequence[InvitedTeamInput]) -> None:
    known = members.teams(tx, [team.team_id for team in teams]) if teams else set[UUID]()
    problems = [
        FieldProblem(f"teams.{index}.team_id", "is not the id of a team of this organization")
        for index, team in enumerate(teams)
        if team.team_id not in known
    ]
    if problems:
        raise Invalid("The invitation can't be used like this.", problems)


def _found(invitation: Invitation | None, invitation_id: UUID) -> Invitation:
    if invitation is None:
        raise NotFound(f"There is no invitation {invitation_id} in this organization.")
    return invitation
