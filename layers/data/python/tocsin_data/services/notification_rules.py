"""Notification rules: how a member is paged, for what is urgent and what is not."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from tocsin.contracts.api_notifications import (
    ContactMethod,
    NotificationRule,
    NotificationRuleSet,
    RuleSetInput,
)
from tocsin.domain import notification_rules as rules_of
from tocsin.domain.incident import Urgency
from tocsin.domain.notification_rules import RuleDraft
from tocsin.errors import Invalid, NotFound, StaleVersion
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor, audit
from tocsin_data.services.contact_methods import hold_member
from tocsin_data.sql import contact_methods, members, notification_rules
from tocsin_data.sql.notification_rules import RuleRow, SetRow

SUBJECT: Final = "notification_rules"


def list_rules(db: Database, org_id: UUID, user_id: UUID) -> Sequence[NotificationRuleSet]:
    """The rules of a member for every urgency; raises NotFound."""
    with db.one(org_id) as tx:
        return list(_read(tx, user_id).values())


def get_rules(db: Database, org_id: UUID, user_id: UUID, urgency: Urgency) -> NotificationRuleSet:
    """The rules of a member for an urgency; raises NotFound."""
    with db.one(org_id) as tx:
        return _read(tx, user_id)[urgency]


def set_rules(
    db: Database, org_id: UUID, actor: Actor, user_id: UUID, urgency: Urgency, data: RuleSetInput, *, version: int
) -> NotificationRuleSet:
    """Put rules in the place of those the caller has read; raises NotFound, StaleVersion and Invalid."""
    wanted = [RuleDraft(rule.contact_method_id, rule.delay_seconds) for rule in data.rules]
    with db.one(org_id) as tx:
        before = _hold(tx, user_id, urgency, version)
        methods = {method.id: method.disabled_at is None for method in contact_methods.of_user(tx, user_id)}
        problems = rules_of.check(wanted, methods)
        if problems:
            raise Invalid("The notification rules can't be used like this.", problems)
        notification_rules.replace(tx, user_id, urgency, rules_of.ordered(wanted))
        return _told(tx, actor, "notification_rules.updated", before)


def reset_rules(
    db: Database, org_id: UUID, actor: Actor, user_id: UUID, urgency: Urgency, *, version: int
) -> NotificationRuleSet:
    """Go back to all methods at once; raises NotFound and StaleVersion. Without rules there is nothing to change."""
    with db.one(org_id) as tx:
        before = _hold(tx, user_id, urgency, version)
        if before.is_default:
            return before
        notification_rules.replace(tx, user_id, urgency, [])
        return _told(tx, actor, "notification_rules.reset", before)


def _hold(tx: Tx, user_id: UUID, urgency: Urgency, version: int) -> NotificationRuleSet:
    hold_member(tx, user_id)
    held = notification_rules.hold(tx, user_id, urgency)
    before = _read(tx, user_id)[urgency]
    if held != version:
        now = "; ".join(_told_rule(rule) for rule in before.rules)
        raise StaleVersion(
            f"The rules are at version {held} by now, and you have changed {version}. They are"
            f"{' the default' if before.is_default else ''}: {now or 'nothing, there is no contact method'}."
        )
    return before


def _told_rule(rule: NotificationRule) -> str:
    after = f"after {rule.delay_seconds} s" if rule.delay_seconds else "at once"
    return f"{rule.channel} ({rule.label}) {after}"


def _told(tx: Tx, actor: Actor, action: str, before: NotificationRuleSet) -> NotificationRuleSet:
    after = _read(tx, before.user_id)[before.urgency]
    audit(tx, actor, action, (SUBJECT, before.user_id), before=before, after=after)
    return after


def _read(tx: Tx, user_id: UUID) -> Mapping[Urgency, NotificationRuleSet]:
    if not members.members(tx, [user_id]):
        raise NotFound(f"There is no member {user_id} in this organization.")
    methods = {method.id: method for method in contact_methods.of_user(tx, user_id)}
    sets, rules = notification_rules.sets(tx, user_id), notification_rules.rules(tx, user_id)
    return {
        urgency: _set(user_id, urgency, sets.get(urgency), [r for r in rules if r.urgency == urgency], methods)
        for urgency in Urgency
    }


def _set(
    user_id: UUID,
    urgency: Urgency,
    found: SetRow | None,
    rules: Sequence[RuleRow],
    methods: Mapping[UUID, ContactMethod],
) -> NotificationRuleSet:
    own = [_rule(methods[rule.contact_method_id], rule.delay_seconds) for rule in rules]
    default = [_rule(method, 0) for method in methods.values() if method.disabled_at is None]
    return NotificationRuleSet(
        user_id=user_id,
        urgency=urgency,
        version=1 if found is None else found.version,
        is_default=not own,
        rules=own or default,
        updated_at=None if found is None or found.version == 1 else found.updated_at,
    )


def _rule(method: ContactMethod, delay_seconds: int) -> NotificationRule:
    return NotificationRule(
        contact_method_id=method.id,
        channel=method.channel,
        label=method.label,
        delay_seconds=delay_seconds,
        is_enabled=method.disabled_at is None,
        is_verified=method.verified_at is not None,
    )
