"""The rows of the demo at an instant: its story, told in the tables' own columns. `app.plant_demo` adds the org_id."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.domain.demo import (
    DOMAIN,
    INVITED,
    ORGANIZATION,
    PEOPLE,
    PLOTS,
    POLICIES,
    SERVICES,
    TEAMS,
    Policy,
    Someone,
    id_of,
)
from tocsin.platform.tokens import digest
from tocsin_data.services.demo_incidents import Row, Rows, tell

AGE: Final = timedelta(days=60)
"""How old the demo's people and services seem to be."""
AUDITED_FROM: Final = ("198.51.100.23", "203.0.113.40")
"""Addresses that are nobody's (RFC 5737)."""


def rows(now: datetime) -> dict[str, object]:
    """All of the demo, by table; the same ids whenever it is asked for."""
    since = now - AGE
    found = Rows()
    _people(found, since)
    for policy in POLICIES:
        _policy(found, policy, since)
    _services(found, since)
    _access(found, now)
    for plot in PLOTS:
        tell(found, plot, now)
    organization = {"name": ORGANIZATION, "fallback_email": f"fallback@{DOMAIN}", "created_at": since}
    accounts = [{"id": _user(p), "email": p.email, "name": p.name, "created_at": since} for p in PEOPLE]
    return {"organization": organization, "user_account": accounts, **found.tables}


def _people(found: Rows, since: datetime) -> None:
    for person in PEOPLE:
        found.add("membership", user_id=_user(person), role=person.role, version=1, created_at=since)
        for channel in ("email", "slack") if person.has_slack else ("email",):
            found.add(
                "contact_method",
                id=id_of("method", person.first, channel),
                user_id=_user(person),
                channel=channel,
                label="work" if channel == "email" else "on-call channel",
                address=person.email if channel == "email" else None,
                sealed=None if channel == "email" else "nothing is sealed in the demo",
                created_at=since,
            )
    for team in TEAMS:
        found.add("team", id=id_of("team", team.name), name=team.name, version=1, created_at=since)
        for position, first in enumerate(team.members):
            role = "member" if position else "lead"
            found.add("team_member", team_id=id_of("team", team.name), user_id=id_of("user", first), role=role)


def _policy(found: Rows, policy: Policy, since: datetime) -> None:
    policy_id = id_of("policy", policy.name)
    found.add(
        "escalation_policy",
        id=policy_id,
        team_id=id_of("team", policy.team),
        name=policy.name,
        current_version=1,
        created_at=since,
    )
    found.add(
        "escalation_policy_version",
        policy_id=policy_id,
        version=1,
        rounds=policy.rounds,
        round_delay_seconds=policy.round_minutes * 60,
        created_at=since,
    )
    for position, (minutes, people) in enumerate(policy.steps):
        found.add(
            "escalation_policy_step",
            policy_id=policy_id,
            version=1,
            position=position,
            step_id=id_of("step", policy.name, position),
            delay_seconds=minutes * 60,
            targets=[{"kind": "user", "value": str(id_of("user", first))} for first in people],
        )


def _services(found: Rows, since: datetime) -> None:
    for service in SERVICES:
        service_id, integration_id = id_of("service", service.name), id_of("integration", service.name)
        found.add(
            "service",
            id=service_id,
            team_id=id_of("team", service.team),
            policy_id=id_of("policy", service.policy),
            name=service.name,
            created_at=since,
        )
        found.add("integration", id=integration_id, service_id=service_id, name=service.integration, created_at=since)
        found.add(
            "routing_key",
            id=id_of("routing key", service.name),
            integration_id=integration_id,
            key_hash=_hash_of_no_key("routing key", service.name),
            hint=_hint(service.name),
            created_at=since,
        )


def _access(found: Rows, now: datetime) -> None:
    """What only owners and admins see: a key that opens nothing, an invitation that nobody has, and who did it."""
    maya, jonas = (id_of("user", first) for first in ("Maya", "Jonas"))
    key_id, invitation_id = id_of("api key"), id_of("invitation")
    made_at, invited_at = now - timedelta(days=19, hours=4), now - timedelta(days=2, hours=7)
    found.add(
        "api_key",
        id=key_id,
        user_id=None,
        name="Deploy script",
        key_hash=_hash_of_no_key("API key"),
        hint=_hint("API key"),
        role="responder",
        access="write",
        groups=["incidents"],
        created_by=f"user:{maya}",
        created_at=made_at,
        last_used_at=now - timedelta(hours=5),
    )
    found.add(
        "invitation",
        id=invitation_id,
        email=INVITED.email,
        role=INVITED.role,
        token_hash=_hash_of_no_key("invitation"),
        invited_by=f"user:{jonas}",
        version=1,
        created_at=invited_at,
        sent_at=invited_at,
        expires_at=now + timedelta(days=5),
    )
    entries = (
        (made_at, maya, "api_key.created", ("api_key", key_id)),
        (now - timedelta(days=11), jonas, "policy.updated", ("escalation_policy", id_of("policy", POLICIES[0].name))),
        (now - timedelta(days=8), jonas, "service.created", ("service", id_of("service", SERVICES[-1].name))),
        (invited_at, jonas, "invitation.created", ("invitation", invitation_id)),
    )
    for number, (at, user_id, action, (kind, subject_id)) in enumerate(entries):
        found.add("audit_entry", **_audited(number, at, user_id, action), subject_kind=kind, subject_id=str(subject_id))


def _audited(number: int, at: datetime, user_id: UUID, action: str) -> Row:
    return {
        "id": id_of("audit", number),
        "at": at,
        "actor_kind": "user",
        "actor_id": str(user_id),
        "action": action,
        "request_id": f"demo-{number}",
        "source_address": AUDITED_FROM[number % len(AUDITED_FROM)],
    }


def _user(person: Someone) -> UUID:
    return id_of("user", person.first)


def _hash_of_no_key(*name: str) -> str:
    """As PostgreSQL reads bytes; what it is the digest of could never be a key, for want of a MAC."""
    return "\\x" + digest("/".join(("no key of the demo opens anything", *name))).hex()


def _hint(*name: Sequence[str]) -> str:
    return id_of("hint", *name).hex[:4].upper()
