"""A row of one organization in each table of on-call, escalation and event rules, for tests that walk all tables."""

from typing import Any, Final

import psycopg

from tests.support.world import World

ROWS: Final = """
with schedule as (
    insert into schedule (org_id, name, current_version, created_at) values (%(org)s, 'Primary', 1, now()) returning id
),
version as (
    insert into schedule_version
        (org_id, schedule_id, version, effective_at, time_zone, layers, created_at, created_by)
    select %(org)s, id, 1, now(), 'UTC', '[]', now(), 'test' from schedule
),
override as (
    insert into schedule_override (org_id, schedule_id, kind, starts_at, ends_at, created_at, updated_at, created_by)
    select %(org)s, id, 'override', now(), now() + interval '1 hour', now(), now(), 'test' from schedule
),
feed as (
    insert into calendar_feed (org_id, schedule_id, token_hash, created_at, created_by)
    select %(org)s, id, uuid_send(%(org)s), now(), 'test' from schedule
),
notice as (
    insert into handoff_notice (org_id, schedule_id, user_id, kind, at, created_at)
    select %(org)s, id, %(user)s, 'starts', now(), now() from schedule
),
turn as (
    insert into escalation_turn (org_id, policy_id, step_id, turn) values (%(org)s, %(policy)s, uuidv7(), 1)
),
destination as (
    insert into destination (org_id, channel, name, sealed, created_at) values (%(org)s, 'slack', 'ops', 'x', now())
),
responder as (
    insert into incident_responder (org_id, incident_id, user_id, added_at, added_by)
    select %(org)s, i.id, %(user)s, now(), 'test' from incident i where i.org_id = %(org)s limit 1
),
rules as (
    insert into notification_rule_set (org_id, user_id, urgency, updated_at) values (%(org)s, %(user)s, 'high', now())
),
rule as (
    insert into notification_rule (org_id, user_id, urgency, contact_method_id, delay_seconds)
    select %(org)s, %(user)s, 'high', m.id, 0 from contact_method m
    where m.org_id = %(org)s and m.user_id = %(user)s limit 1
),
event_rules as (
    insert into event_rule_set (org_id, current_version, created_at) values (%(org)s, 1, now()) returning id
),
event_rules_version as (
    insert into event_rule_set_version (org_id, event_rule_set_id, version, rules, time_zone, created_at, created_by)
    select %(org)s, id, 1, '[]', 'UTC', now(), 'test' from event_rules
),
maintenance as (
    insert into maintenance_window
        (org_id, kind, name, scope, time_zone, starts_at, ends_at, created_at, created_by)
    values (%(org)s, 'silence', 'night', '{"service_ids": [], "labels": {"host": "none"}}', 'UTC', now(),
        now() + interval '1 hour', now(), 'test')
),
parent as (
    insert into service (org_id, name, created_at) values (%(org)s, 'Network', now()) returning id
)
insert into service_dependency (org_id, service_id, depends_on_id, created_at, created_by)
select %(org)s, %(service)s, id, now(), 'test' from parent
"""


def insert(conn: psycopg.Connection[Any], world: World) -> None:
    """Write them, as an administrator."""
    conn.execute(
        ROWS,
        {"org": world.org_id, "user": world.alice.user_id, "policy": world.policy_id, "service": world.service_id},
    )
