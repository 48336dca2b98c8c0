"""The event rules of the demo in the tables' own columns, and what they make of its events, as the product does."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from uuid import UUID

from tocsin.domain.dedup import EventAction
from tocsin.domain.demo import RULES, Plot, Rule, Service, id_of
from tocsin.domain.event_rule import Actions, Book, Decision, Facts, RuleSet, decide
from tocsin.domain.event_rule import Rule as KnownRule
from tocsin.domain.incident import Severity, Urgency
from tocsin_data.services.demo_payloads import PROTOCOLS
from tocsin_data.services.demo_tables import Rows

VERSION: Final = 2
ZONE: Final = "Europe/Stockholm"
SET: Final = id_of("event rules")


def tell(found: Rows, since: datetime, changed_at: datetime) -> None:
    """Add the rules of the organization, and the version before the last rule was added."""
    found.add("event_rule_set", id=SET, service_id=None, current_version=VERSION, created_at=since)
    for version, rules, at in ((VERSION - 1, RULES[:-1], since), (VERSION, RULES, changed_at)):
        found.add(
            "event_rule_set_version",
            event_rule_set_id=SET,
            version=version,
            time_zone=ZONE,
            rules=[_stored(rule) for rule in rules],
            created_at=at,
            created_by=f"user:{id_of('user', 'Jonas')}",
        )


def decided(plot: Plot, service: Service, labels: Mapping[str, str], at: datetime) -> Decision:
    """What becomes of the event that opens a plot's incident."""
    facts = Facts(
        summary=plot.title,
        source=plot.source,
        severity=Severity(plot.severity),
        dedup_key=plot.key,
        action=EventAction.TRIGGER,
        protocol=PROTOCOLS[service.integration],
        labels=labels,
        service=(id_of("service", service.name), service.name),
        integration=(id_of("integration", service.name), service.integration),
    )
    return decide(Book(organization=_known()), facts, at)


@cache
def _known() -> RuleSet:
    from tocsin_data import conditions

    return RuleSet(
        SET,
        VERSION,
        ZONE,
        tuple(
            KnownRule(_id(rule), rule.name, conditions.compiled(rule.condition), _actions(rule), rule.continues)
            for rule in RULES
        ),
    )


def _actions(rule: Rule) -> Actions:
    return Actions(
        policy_id=_policy(rule),
        urgency=None if rule.urgency is None else Urgency(rule.urgency),
        suppress=rule.suppress,
        hold=None if rule.hold_seconds is None else timedelta(seconds=rule.hold_seconds),
    )


def _stored(rule: Rule) -> Mapping[str, object]:
    return {
        "rule_id": _id(rule),
        "name": rule.name,
        "condition": rule.condition,
        "actions": {
            "suppress": rule.suppress,
            "urgency": rule.urgency,
            "policy_id": _policy(rule),
            "hold_seconds": rule.hold_seconds,
        },
        "continues": rule.continues,
    }


def _id(rule: Rule) -> UUID:
    return id_of("event rule", rule.name)


def _policy(rule: Rule) -> UUID | None:
    return None if rule.policy is None else id_of("policy", rule.policy)
