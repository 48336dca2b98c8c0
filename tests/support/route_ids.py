"""An id of each kind that paths of the API name, all of one organization, for tests that go by every route."""

from datetime import timedelta

from tests.support import page_rows, probe_rows
from tests.support.monitors import check_monitor, insert_monitor
from tests.support.world import World


def ids(world: World) -> dict[str, str]:
    """An id of each kind that paths name, all of one organization."""
    rows, org = world.database.rows, world.org_id
    return {
        "soon": (world.now + timedelta(hours=1)).isoformat(),
        "lately": (world.now - timedelta(hours=1)).isoformat(),
        "incident_id": str(rows("select id from incident where org_id = %s", org)[0][0]),
        "service_id": str(world.service_id),
        "integration_id": str(world.integration_id),
        "key_id": str(rows("select id from routing_key where org_id = %s", org)[0][0]),
        "api_key_id": str(
            rows(
                "insert into api_key (org_id, name, key_hash, hint, role, created_at, user_id)"
                " values (%s, 'mine', uuid_send(uuidv7()), 'abcd', 'viewer', now(), %s) returning id",
                org,
                world.alice.user_id,
            )[0][0]
        ),
        "invitation_id": str(
            rows(
                "insert into invitation (org_id, email, role, token_hash, invited_by, created_at, sent_at, expires_at)"
                " values (%s, 'invited@acme.example', 'viewer', uuid_send(uuidv7()), 'test', now() - interval '1 day',"
                " now() - interval '1 day', now() + interval '1 day') returning id",
                org,
            )[0][0]
        ),
        "team_id": world.team("of ids", [])["value"],
        "policy_id": str(world.policy_id),
        "version": "1",
        "step_id": str(rows("select step_id from escalation_policy_step where policy_id = %s", world.policy_id)[0][0]),
        **schedule_ids(world),
        **probe_rows.ids(world),
        "event_id": str(rows("select id from event where org_id = %s", org)[0][0]),
        "window_id": str(
            rows(
                "insert into maintenance_window"
                " (org_id, kind, name, scope, time_zone, starts_at, ends_at, created_at, created_by)"
                """ values (%s, 'silence', 'of ids', '{"service_ids": [], "labels": {}}', 'UTC',"""
                " now() - interval '1 hour', now() + interval '1 hour', now(), 'test') returning id",
                org,
            )[0][0]
        ),
        "user_id": str(world.alice.user_id),
        **monitor_ids(world),
        **tried_ids(world),
        **page_rows.ids(world),
        "urgency": "low",
    }


def monitor_ids(world: World) -> dict[str, str]:
    """A monitor in a group, and a run of it."""
    rows, org = world.database.rows, world.org_id
    named = "insert into monitor_group (org_id, name, created_at) values (%s, 'of ids', now()) returning id"
    group_id = rows(named, org)[0][0]
    monitor_id = insert_monitor(world, monitor_group_id=group_id)
    checked = check_monitor(world, monitor_id).to_json()
    asked = (
        "insert into monitor_run (org_id, monitor_id, asked_at, asked_by, regions, monitor)"
        " values (%s, %s, now(), 'test', '{eu-west-1}', %s) returning id"
    )
    run_id, try_id = (rows(asked, org, of, checked)[0][0] for of in (monitor_id, None))
    keyed = (
        "insert into ping_key (org_id, name, key_hash, hint, created_at)"
        " values (%s, 'of ids', sha256(%s::text::bytea), 'ABCD', now()) returning id"
    )
    rows(
        "insert into beacon (org_id, monitor_id, key_hash, hint, sample_percent, created_at)"
        " values (%s, %s, sha256(%s::text::bytea), 'ABCD', 10, now()) returning 1",
        org,
        monitor_id,
        f"beacon {monitor_id}",
    )
    return {
        "ping_key_id": str(rows(keyed, org, str(monitor_id))[0][0]),
        "group_id": str(group_id),
        "monitor_id": str(monitor_id),
        "run_id": str(run_id),
        "try_id": str(try_id),
    }


def tried_ids(world: World) -> dict[str, str]:
    """A contact method that is verified, a destination, and a test page of both, since paths call it the same."""
    rows = world.database.rows
    proven = "update contact_method set verified_at = now() where user_id = %s returning id"
    method_id = rows(proven, world.alice.user_id)[0][0]
    destination_id = world.destination("of ids", "sealed")["value"]
    test_id = rows(
        "insert into mail (org_id, kind, sealed, state, contact_method_id, destination_id, due_at, created_at)"
        " values (%s, 'test', '', 'sent', %s, %s, now(), now() - interval '1 hour') returning id",
        world.org_id,
        method_id,
        destination_id,
    )[0][0]
    return {"method_id": str(method_id), "destination_id": destination_id, "test_id": str(test_id)}


def schedule_ids(world: World) -> dict[str, str]:
    """A schedule with what is laid over it, and an instant for more."""
    rows, org = world.database.rows, world.org_id
    schedule_id = rows(
        "insert into schedule (org_id, name, current_version, created_at)"
        " values (%s, 'of ids ' || uuidv7(), 1, now()) returning id",
        org,
    )[0][0]
    of_schedule = {"org": org, "schedule": schedule_id}
    with world.database.admin() as conn:
        conn.execute(
            "insert into schedule_version"
            " (org_id, schedule_id, version, effective_at, time_zone, layers, created_at, created_by)"
            " values (%(org)s, %(schedule)s, 1, now() - interval '1 day', 'UTC', '[]', now(), 'test')",
            of_schedule,
        )
        override = conn.execute(
            "insert into schedule_override"
            " (org_id, schedule_id, kind, starts_at, ends_at, created_at, updated_at, created_by)"
            " values (%(org)s, %(schedule)s, 'override', now() - interval '1 hour', now() + interval '1 day', now(),"
            " now(), 'test') returning id",
            of_schedule,
        ).fetchone()
        feed = conn.execute(
            "insert into calendar_feed (org_id, schedule_id, token_hash, created_at, created_by)"
            " values (%(org)s, %(schedule)s, uuid_send(uuidv7()), now(), 'test') returning id",
            of_schedule,
        ).fetchone()
    assert override is not None
    assert feed is not None
    return {
        "schedule_id": str(schedule_id),
        "override_id": str(override[0]),
        "calendar_id": str(feed[0]),
        "soon": f"{world.now + timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ}",
    }
