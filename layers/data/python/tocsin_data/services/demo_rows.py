"""The rows of the demo at an instant: its story, told in the tables' own columns. `app.plant_demo` adds the org_id."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from tocsin.domain.demo import (
    DEPENDENCIES,
    DOMAIN,
    INVITED,
    ORGANIZATION,
    PEOPLE,
    POLICIES,
    ROTAS,
    SERVICES,
    TEAMS,
    WINDOWS,
    Plot,
    Policy,
    Someone,
    id_of,
)
from tocsin.domain.demo_past import past
from tocsin.domain.demo_plots import PLOTS
from tocsin.platform.tokens import digest
from tocsin_data.services import demo_monitors, demo_pages, demo_rotas, demo_rules
from tocsin_data.services.demo_incidents import tell
from tocsin_data.services.demo_rotas import Rotas
from tocsin_data.services.demo_tables import Row, Rows

AGE: Final = timedelta(days=120)
"""How old the demo's people and services seem to be."""
CHANGED: Final = timedelta(days=44)
"""How long ago a policy and the rules got the versions they have: before all incidents there are."""
SLOWER: Final = 120
"""How many seconds of the version before it stand for each minute."""
AUDITED_FROM: Final = ("198.51.100.23", "203.0.113.40")
"""Addresses that are nobody's (RFC 5737)."""


def rows(now: datetime) -> dict[str, object]:
    """All of the demo, by table; the same ids whenever it is asked for."""
    since = now - AGE
    found = Rows()
    _people(found, since)
    for policy in POLICIES:
        _policy(found, policy, now, since)
    rotas, plots = Rotas(since), (*past(), *PLOTS)
    demo_rotas.tell(found, rotas, now)
    _services(found, plots, now, since)
    demo_rules.tell(found, since, now - CHANGED)
    _quiet(found, now, since)
    _access(found, now)
    demo_monitors.tell(found, now)
    demo_pages.tell(found, now)
    for plot in plots:
        tell(found, plot, now, rotas)
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
                verified_at=since,
                created_at=since,
            )
        if person.has_slack:
            _rules(found, person, since)
    for team in TEAMS:
        found.add("team", id=id_of("team", team.name), name=team.name, version=1, created_at=since)
        for position, first in enumerate(team.members):
            role = "member" if position else "lead"
            found.add("team_member", team_id=id_of("team", team.name), user_id=id_of("user", first), role=role)


def _rules(found: Rows, person: Someone, since: datetime) -> None:
    """Mail at once, and the channel five minutes later."""
    user_id = _user(person)
    found.add("notification_rule_set", user_id=user_id, urgency="high", version=2, updated_at=since)
    for channel, delay_seconds in (("email", 0), ("slack", 300)):
        found.add(
            "notification_rule",
            id=id_of("rule", person.first, channel),
            user_id=user_id,
            urgency="high",
            contact_method_id=id_of("method", person.first, channel),
            delay_seconds=delay_seconds,
        )


def _policy(found: Rows, policy: Policy, now: datetime, since: datetime) -> None:
    policy_id = id_of("policy", policy.name)
    found.add(
        "escalation_policy",
        id=policy_id,
        team_id=id_of("team", policy.team),
        name=policy.name,
        current_version=policy.version,
        created_at=since,
    )
    for version in range(1, policy.version + 1):
        found.add(
            "escalation_policy_version",
            policy_id=policy_id,
            version=version,
            rounds=policy.rounds if version == policy.version else 1,
            round_delay_seconds=policy.round_minutes * 60,
            created_at=since if version == 1 else now - CHANGED,
            created_by=f"user:{id_of('user', 'Jonas')}",
        )
        for position, (minutes, targets) in enumerate(policy.steps):
            found.add(
                "escalation_policy_step",
                policy_id=policy_id,
                version=version,
                position=position,
                step_id=id_of("step", policy.name, position),
                delay_seconds=minutes * (60 if version == policy.version else SLOWER),
                targets=[_target(target) for target in targets],
            )


def _target(name: str) -> Row:
    is_schedule = name in {rota.name for rota in ROTAS}
    kind = "schedule" if is_schedule else "user"
    return {"kind": kind, "value": str(id_of(kind, name)), **({"who": "now"} if is_schedule else {})}


def _services(found: Rows, plots: Sequence[Plot], now: datetime, since: datetime) -> None:
    for service in SERVICES:
        last = min((plot.ago for plot in plots if plot.service == service.name), default=None)
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
            last_used_at=None if last is None else now - last,
        )


def _quiet(found: Rows, now: datetime, since: datetime) -> None:
    """Windows of maintenance, on the nights of Sundays, and services that keep quiet while others are down."""
    for window in WINDOWS:
        day = (now - window.ago).date()
        sunday = day + timedelta(days=6 - day.weekday())
        starts_at = datetime.combine(sunday, window.starts, ZoneInfo(window.time_zone)).astimezone(UTC)
        found.add(
            "maintenance_window",
            id=id_of("window", window.name),
            kind="maintenance",
            name=window.name,
            scope={"service_ids": [str(id_of("service", name)) for name in window.services], "labels": {}},
            time_zone=window.time_zone,
            starts_at=starts_at,
            ends_at=starts_at + window.length,
            recurrence=window.recurrence,
            version=1,
            created_at=since,
            created_by=f"user:{id_of('user', 'Tomas')}",
        )
    for service, depends_on in DEPENDENCIES:
        found.add(
            "service_dependency",
            service_id=id_of("service", service),
            depends_on_id=id_of("service", depends_on),
            created_at=since,
            created_by=f"user:{id_of('user', 'Priya')}",
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
    _audit(found, now, {"api_key": made_at, "invitation": invited_at})


def _audit(found: Rows, now: datetime, made: Mapping[str, datetime]) -> None:
    """Who has set some of it up, with what could be read of it."""
    first = POLICIES[0]
    key = {"name": "Deploy script", "role": "responder", "access": "write", "groups": ["incidents"]}
    policy = {"name": first.name, "rounds": first.rounds, "steps": [{"delay_seconds": m * 60} for m, _ in first.steps]}
    slower = {**policy, "rounds": 1, "steps": [{"delay_seconds": m * SLOWER} for m, _ in first.steps]}
    stands_in, moved_at = id_of("user", demo_rotas.STANDS_IN), demo_rotas.override_made_at(now)
    override = {
        "name": demo_rotas.OVERRIDE,
        "schedule_id": str(id_of("schedule", ROTAS[0].name)),
        "user_id": str(stands_in),
    }
    invitation = {"email": INVITED.email, "role": INVITED.role}
    entries = (
        (made["api_key"], "Maya", "api_key.created", id_of("api key"), None, key),
        (now - CHANGED, "Jonas", "escalation_policy.updated", id_of("policy", first.name), slower, policy),
        (moved_at, demo_rotas.MOVES, "schedule_override.created", id_of("override"), None, override),
        (made["invitation"], "Jonas", "invitation.created", id_of("invitation"), None, invitation),
    )
    for number, (at, who, action, subject_id, before, after) in enumerate(entries):
        found.add(
            "audit_entry",
            **_audited(number, at, id_of("user", who), action),
            subject_kind=action.partition(".")[0],
            subject_id=str(subject_id),
            before=before,
            after=after,
        )


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
