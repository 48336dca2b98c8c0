"""Event rules: every edit a new version, checked whole before it is saved; and tried on an example beforehand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from tocsin.contracts.api_event_rules import (
    EventDecision,
    EventExample,
    EventRules,
    EventRulesInput,
    EventRulesTest,
    RuleInput,
)
from tocsin.domain.event_rule import Decision, Facts, RuleSet, decide, variables
from tocsin.domain.event_rule_check import GroupDraft, Known, RuleDraft, check, is_zone
from tocsin.domain.incident import Severity
from tocsin.domain.permission import Permission
from tocsin.errors import Invalid, NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin_data import conditions
from tocsin_data.db import Database, Tx
from tocsin_data.services import deciding, owning
from tocsin_data.services.actors import audit
from tocsin_data.services.memberships import By
from tocsin_data.sql import catalog, event_context, event_rules, references
from tocsin_data.sql.event_rules import Stored, Version

SUBJECT: Final = "event_rules"
UNWRITTEN: Final = 1
"""The version of rules that nobody has written yet."""


def get_rules(db: Database, org_id: UUID, service_id: UUID | None) -> EventRules:
    """The rules of a service, or of the organization; raises NotFound."""
    with db.one(org_id) as tx:
        _demand_service(tx, service_id)
        return _answer(service_id, event_rules.read(tx, service_id))


def list_versions(
    db: Database, org_id: UUID, service_id: UUID | None, *, before: int | None, limit: int
) -> Sequence[EventRules]:
    """What rules were, the newest version first, from before a version; raises NotFound."""
    with db.one(org_id) as tx:
        _demand_service(tx, service_id)
        return [_answer(service_id, stored) for stored in event_rules.history(tx, service_id, before, limit)]


def put_rules(
    db: Database, org_id: UUID, by: By, service_id: UUID | None, data: EventRulesInput, *, version: int
) -> EventRules:
    """Make a new version of the one the caller read; raises NotFound, Forbidden, StaleVersion or Invalid."""
    with db.one(org_id) as tx:
        team_id = _demand_service(tx, service_id)
        owning.demand(tx, by, Permission.WRITE_EVENT_RULES, team_id)
        set_id, current = event_rules.hold(tx, new_id(), service_id)
        stored = event_rules.read(tx, service_id)
        before = _answer(service_id, stored)
        if current != version:
            who = f", which {stored.updated_by} made at {stored.updated_at:%Y-%m-%dT%H:%M:%SZ}" if stored else ""
            raise StaleVersion(f"The rules are at version {current} by now{who}; you have changed version {version}.")
        rules = _checked(tx, data, service_id, {rule.rule_id for rule in before.rules})
        event_rules.add(tx, Version(set_id, version + 1, data.time_zone, rules), str(by.actor))
        after = _answer(service_id, event_rules.read(tx, service_id))
        audit(tx, by.actor, "event_rules.updated", (SUBJECT, set_id), before=before, after=after)
        return after


def try_rules(db: Database, org_id: UUID, service_id: UUID, data: EventRulesTest, *, of_service: bool) -> EventDecision:
    """What would become of an example that comes to a service, by what decides now, or by a draft in its place.

    Raises NotFound, or Invalid for the draft.
    """
    with db.one(org_id) as tx:
        service = catalog.read(tx, service_id)
        if service is None:
            raise NotFound(f"There is no service {service_id} in this organization.")
        integration = (data.integration_id or UUID(int=0), "")
        if data.integration_id is not None:
            name = references.integration_name(tx, service_id, data.integration_id)
            if name is None:
                raise NotFound(f"The service has no integration {data.integration_id}.")
            integration = (data.integration_id, name)
        at = data.at or tx.now
        book = deciding.books(tx, event_context.read(tx, at=at), at)[org_id]
        if data.rules is not None:
            target = service_id if of_service else None
            stored = event_rules.read(tx, target)
            known = {UUID(rule["rule_id"]) for rule in stored.rules} if stored else set[UUID]()
            draft = _draft(tx, data.rules, target, known, stored, (service.id, service.name) if of_service else None)
            book = (
                replace(book, services={**book.services, service_id: draft})
                if of_service
                else replace(book, organization=draft)
            )
        return _decision(decide(book, _facts(data.event, (service.id, service.name), integration), at))


def _draft(
    tx: Tx,
    data: EventRulesInput,
    service_id: UUID | None,
    known: set[UUID],
    stored: Stored | None,
    service: tuple[UUID, str] | None,
) -> RuleSet:
    rules = _checked(tx, data, service_id, known)
    set_id, version = (stored.set_id, stored.version + 1) if stored else (new_id(), UNWRITTEN + 1)
    return RuleSet(set_id, version, data.time_zone, deciding.rules(rules), service)


def _checked(tx: Tx, data: EventRulesInput, service_id: UUID | None, rule_ids: set[UUID]) -> list[dict[str, Any]]:
    """The rules as they are stored; raises Invalid with everything that is wrong."""
    wanted = [rule.actions for rule in data.rules]
    known = Known(
        services=references.services(tx, [a.service_id for a in wanted if a.service_id]),
        policies=references.policies(tx, [a.policy_id for a in wanted if a.policy_id]),
        rules=rule_ids,
        of_service=service_id is not None,
    )
    zone = data.time_zone if is_zone(data.time_zone) else "UTC"
    samples = tuple(_sample(labels, zone, tx.now) for labels in (conditions.largest_labels(), dict[str, str]()))
    problems = check(
        data.time_zone,
        [_rule_draft(rule) for rule in data.rules],
        known,
        partial(conditions.problems, samples=samples),
    )
    if problems:
        raise Invalid("The rules can't be used like this.", problems)
    return [{**rule.model_dump(mode="json"), "rule_id": str(rule.rule_id or new_id())} for rule in data.rules]


def _rule_draft(rule: RuleInput) -> RuleDraft:
    group = rule.actions.group
    return RuleDraft(
        name=rule.name,
        condition=rule.condition,
        rule_id=rule.rule_id,
        service_id=rule.actions.service_id,
        policy_id=rule.actions.policy_id,
        hold_seconds=rule.actions.hold_seconds,
        group=None if group is None else GroupDraft(group.by, group.window_seconds),
    )


def _sample(labels: dict[str, str], zone: str, now: datetime) -> dict[str, object]:
    nobody = (UUID(int=0), "a name")
    facts = Facts("x" * 1_024, "a source", Severity.ERROR, "a key", "trigger", "events_v2", labels, nobody, nobody)
    return dict(variables(facts, nobody, zone, now))


def _facts(event: EventExample, service: tuple[UUID, str], integration: tuple[UUID, str]) -> Facts:
    return Facts(
        summary=event.summary,
        source=event.source,
        severity=event.severity,
        dedup_key=event.dedup_key,
        action=event.action,
        protocol=event.protocol,
        labels=event.labels,
        service=service,
        integration=integration,
    )


def _decision(found: Decision) -> EventDecision:
    return EventDecision(
        service_id=found.service_id,
        policy_id=found.policy_id,
        severity=found.severity,
        urgency=found.urgency,
        muted_by=found.mute and found.mute.by,
        muted_until=found.mute.until if found.mute else None,
        hold_seconds=None if found.hold is None else int(found.hold.total_seconds()),
        group_key=found.group and found.group.key,
        trace=list(found.trace),
    )


def _answer(service_id: UUID | None, stored: Stored | None) -> EventRules:
    if stored is None:
        return EventRules(
            service_id=service_id, version=UNWRITTEN, time_zone="UTC", rules=[], updated_at=None, updated_by=None
        )
    return EventRules.model_validate(
        {
            "service_id": service_id,
            "version": stored.version,
            "time_zone": stored.time_zone,
            "rules": stored.rules,
            "updated_at": stored.updated_at,
            "updated_by": stored.updated_by,
        }
    )


def _demand_service(tx: Tx, service_id: UUID | None) -> UUID | None:
    """The team of a service, if it is about one; raises NotFound."""
    if service_id is None:
        return None
    service = catalog.read(tx, service_id)
    if service is None:
        raise NotFound(f"There is no service {service_id} in this organization.")
    return service.team_id
