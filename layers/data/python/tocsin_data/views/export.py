"""Everything an organization owns, in pages of records: what there is, by table, and what of it is a secret."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from psycopg import sql

from tocsin.contracts.api_accounts import ExportRecord
from tocsin_data.db import Database, Tx

PAGE_BYTES: Final = 1_500_000
"""Of JSON as UTF-8; escaped as ASCII it is at most three times as long, within Lambda's 6 MB."""
PAGE_ROWS: Final = 500


@dataclass(frozen=True, slots=True)
class Resource:
    """A table, the columns that order its rows, and those that are secrets, or of use to us alone."""

    name: str
    keys: tuple[str, ...] = ("id",)
    omitted: tuple[str, ...] = ()


RESOURCES: Final = (
    Resource("membership", ("user_id",)),
    Resource("contact_method", omitted=("sealed", "verification_hash")),
    Resource("team"),
    Resource("team_member", ("team_id", "user_id")),
    Resource("invitation", omitted=("token_hash",)),
    Resource("invitation_team", ("invitation_id", "team_id")),
    Resource("api_key", omitted=("key_hash",)),
    Resource("escalation_policy"),
    Resource("escalation_policy_version", ("policy_id", "version")),
    Resource("escalation_policy_step", ("policy_id", "version", "position")),
    Resource("escalation_turn", ("policy_id", "step_id")),
    Resource("destination", omitted=("sealed",)),
    Resource("schedule"),
    Resource("schedule_version", ("schedule_id", "version")),
    Resource("schedule_override"),
    Resource("calendar_feed", omitted=("token_hash",)),
    Resource("notification_rule_set", ("user_id", "urgency")),
    Resource("notification_rule"),
    Resource("service"),
    Resource("service_dependency", ("service_id", "depends_on_id")),
    Resource("event_rule_set"),
    Resource("event_rule_set_version", ("event_rule_set_id", "version")),
    Resource("maintenance_window"),
    Resource("monitor_group"),
    Resource("monitor", omitted=("sealed",)),
    Resource("private_location"),
    Resource("probe"),
    Resource("probe_certificate", ("serial",), omitted=("public_key_hash",)),
    Resource("heartbeat", ("monitor_id",), omitted=("key_hash",)),
    Resource("ping"),
    Resource("ping_key", omitted=("key_hash",)),
    Resource("beacon", ("monitor_id",), omitted=("key_hash",)),
    Resource("status_page", omitted=("snapshot_number",)),
    Resource("status_page_logo", ("status_page_id", "variant")),
    Resource("component_group"),
    Resource("component"),
    Resource("component_source"),
    Resource("component_span"),
    Resource("status_report"),
    Resource("status_update"),
    Resource("status_report_component", ("status_report_id", "component_id")),
    Resource("status_update_component", ("status_update_id", "component_id")),
    Resource("status_report_template"),
    Resource("subscriber", omitted=("sealed", "token_hash", "address_digest", "mailbox_digest", "source_digest")),
    Resource("status_update_telling", ("status_update_id",), omitted=("words", "after_id")),
    Resource("integration"),
    Resource("routing_key", omitted=("key_hash",)),
    Resource("incident"),
    Resource("incident_responder", ("incident_id", "user_id")),
    Resource("alert"),
    Resource("dedup_key", ("service_id", "dedup_key")),
    Resource("event"),
    Resource("escalation"),
    Resource("notification", omitted=("sealed",)),
    Resource("notification_attempt", omitted=("link_hash",)),
    Resource("monitor_region", ("monitor_id", "region")),
    Resource("monitor_state", ("monitor_id",)),
    Resource("monitor_span"),
    Resource("check_rollup_hour", ("monitor_id", "hour", "region", "origin")),
    Resource("check_rollup_day", ("monitor_id", "day", "region", "origin")),
    Resource("check_evidence", ("monitor_id", "origin")),
    Resource("uptime_day", ("monitor_id", "time_zone", "day")),
    Resource("timeline_entry"),
    Resource("audit_entry"),
)
LEFT_OUT: Final = frozenset(
    {
        "mail",
        "demo_session",
        "routing_key_usage",
        "handoff_notice",
        "probe_token",
        "monitor_run",
        "monitor_run_result",
        "check_result",
        "rollup_due",
        "ended_ping_key",
        "live_change",
        "live_connection",
        "live_organization",
        "live_ticket",
    }
)
"""Sealed mail on its way, visits to the demo, counters that live for two days, that a mail was sent, tokens that live
for an hour, checks that somebody asked for, which are kept for a day, single results, which are kept for days while
what they came to is here, what is yet to be counted, hashes of keys that open nothing any more, and who watches."""

_PAGE: Final = sql.SQL(
    """
    select doc, keys from (
        select doc, keys, row_number() over rows as nth, sum(octet_length(doc::text)) over rows as bytes
        from (
            select to_jsonb(t) - %(omitted)s::text[] as doc, array[{texts}] as keys, {keys}
            from {table} t where t.org_id = %(org)s {after}
            order by {keys} limit %(limit)s
        ) r window rows as (order by {keys})
    ) sized where nth = 1 or bytes <= %(bytes)s
    order by nth
    """
)
_PEOPLE: Final = "select id, name, email from user_account where id = any(%s)"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an export goes on: past these keys in a resource, or at its beginning."""

    resource: str
    keys: tuple[str, ...] = ()


def page(db: Database, org_id: UUID, place: Place) -> tuple[Sequence[ExportRecord], Place | None]:
    """Records from a place, and the next place; None when that was all. Each page is true at its own instant."""
    at = next(index for index, found in enumerate(RESOURCES) if found.name == place.resource)
    resource = RESOURCES[at]
    with db.one(org_id) as tx:
        rows = _rows(tx, resource, place.keys)
        records = [ExportRecord(resource=resource.name, data=doc) for doc, _ in rows]
        if resource.name == "membership":
            _name(tx, records)
        if at == 0 and not place.keys:
            found = tx.conn.execute("select to_jsonb(o) from organization o where id = %s", (org_id,)).fetchone()
            records[:0] = [] if found is None else [ExportRecord(resource="organization", data=found[0])]
    if rows:
        return records, Place(resource.name, tuple(rows[-1][1]))
    return records, Place(RESOURCES[at + 1].name) if at + 1 < len(RESOURCES) else None


def _rows(tx: Tx, resource: Resource, after: tuple[str, ...]) -> list[tuple[dict[str, Any], list[str]]]:
    keys = sql.SQL(", ").join(sql.Identifier(key) for key in resource.keys)
    past = sql.SQL("and ({}) > ({})").format(keys, sql.SQL(", ").join(map(sql.Placeholder, resource.keys)))
    return tx.conn.execute(
        _PAGE.format(
            texts=sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(key)) for key in resource.keys),
            keys=keys,
            table=sql.Identifier(resource.name),
            after=past if after else sql.SQL(""),
        ),
        {
            **dict(zip(resource.keys, after, strict=False)),
            "omitted": [*resource.omitted, "org_id"],
            "org": tx.org_id,
            "limit": PAGE_ROWS,
            "bytes": PAGE_BYTES,
        },
    ).fetchall()


def _name(tx: Tx, records: Sequence[ExportRecord]) -> None:
    people = tx.conn.execute(_PEOPLE, ([UUID(record.data["user_id"]) for record in records],)).fetchall()
    known = {str(row[0]): row for row in people}
    for record in records:
        _, record.data["name"], record.data["email"] = known[record.data["user_id"]]
