"""Results on a real PostgreSQL: stored once, judged once, in whatever order they come."""

import random
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.support.monitors import REGIONS, insert_monitor
from tests.support.paging import Paging
from tests.support.watching import Watching
from tests.support.world import World
from tocsin.contracts.checks import CheckResult
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin_data.services import pings, verdicts
from tocsin_data.sql import monitors

DOWN, UP = CheckStatus.DOWN, CheckStatus.UP


@pytest.fixture
def watching(world: World) -> Watching:
    found = Watching(world)
    found.tick()
    return found


def test_one_failed_sample_is_nothing_and_a_quorum_pages_once(watching: Watching, world: World) -> None:
    assert watching.standing() == ("up", [])
    watching.tick(DOWN, UP, UP)
    watching.tick()
    watching.tick(DOWN, DOWN, UP)
    assert watching.pages() == []
    watching.tick(DOWN, DOWN, UP)
    assert watching.standing() == ("down", ["down"])
    assert watching.pages() == [world.alice.email]
    watching.tick(DOWN, DOWN, DOWN)
    assert watching.pages() == [world.alice.email]
    assert world.database.rows("select title, status from incident") == [
        ("Checkout is down: timeout in eu-west-1, us-east-1", "triggered")
    ]
    watching.tick()
    watching.tick()
    assert watching.standing() == ("up", [])
    assert world.database.rows("select status from incident") == [("resolved",)]


def test_the_event_carries_evidence_and_not_what_was_answered(watching: Watching, world: World) -> None:
    shown = {"http_status": 503, "detail": "answered 503", "excerpt": "customer: Jane Doe", "address": "192.0.2.1"}
    watching.tick(DOWN, DOWN, UP, **shown)
    watching.tick(DOWN, DOWN, UP, **shown)
    ((payload,),) = world.database.rows("select payload from event where action = 'trigger'")
    regions = payload["evidence"]["regions"]
    assert set(regions) == set(REGIONS)
    assert regions["eu-west-1"]["http_status"] == 503
    assert regions["eu-west-1"]["status"] == "down"
    assert "Jane" not in str(payload)
    ((evidence,),) = world.database.rows(
        "select evidence from check_result where status = 'down' order by tick, region limit 1"
    )
    assert evidence["excerpt"] == "customer: Jane Doe"


def test_what_postgresql_refuses_in_an_answer_spoils_nothing(watching: Watching, world: World) -> None:
    spoilt = {"detail": "answered \x00", "excerpt": "\x00\ud800binary"}
    result = watching.result(DOWN, watching.at + timedelta(seconds=5)).model_copy(update=spoilt)
    assert watching.send(("eu-west-1", result)).stored == 1
    ((evidence,),) = world.database.rows("select evidence from check_result where status = 'down'")
    assert evidence == {"detail": "answered \ufffd", "excerpt": "\ufffd?binary"}


@pytest.mark.parametrize("seed", [1, 2])
def test_results_that_come_late_twice_or_mixed_up_come_to_the_same(world: World, seed: int) -> None:
    """Three regions, one two minutes behind; every result three times, in no order."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    straight, mixed = Watching(world, "straight"), Watching(world, "mixed")
    mixed.at = straight.at
    start = straight.at - timedelta(minutes=8)
    letters = {region: [chance.choice([UP, UP, DOWN]) for _ in range(9)] for region in REGIONS}
    results = [
        (region, status, start + timedelta(minutes=n) - timedelta(minutes=2 * (region == "us-east-1")))
        for n in range(9)
        for region in REGIONS
        for status in [letters[region][n]]
    ]
    for region, status, tick in sorted(results, key=lambda r: r[2]):
        straight.send((region, straight.result(status, tick)))
    tripled = [r for r in results for _ in range(3)]
    chance.shuffle(tripled)
    for region, status, tick in tripled:
        mixed.send((region, mixed.result(status, tick)))
    assert mixed.regions() == straight.regions()
    assert mixed.standing()[0] == straight.standing()[0]
    assert mixed.count() == straight.count() == 27


def test_what_has_no_place_is_dropped_and_counted(watching: Watching) -> None:
    at = watching.at
    stranger = watching.result(UP, at).model_copy(update={"monitor_id": uuid4()})
    done = watching.send(
        ("eu-west-1", stranger),
        ("eu-central-1", watching.result(UP, at)),
        ("eu-west-1", watching.result(UP, at + timedelta(hours=1))),
        ("eu-west-1", watching.result(UP, at - timedelta(days=400))),
        ("us-east-1", watching.result(UP, at + timedelta(seconds=30))),
    )
    assert done.dropped == {"unknown_monitor": 1, "foreign_region": 1, "too_new": 1, "too_old": 1}
    assert done.stored == 1


def test_a_probe_says_nothing_of_other_peoples_monitors(watching: Watching, world: World) -> None:
    other = World(world.database, name="Other")
    foreign = Watching(other)
    foreign.tick()
    done = watching.send((f"private:{uuid4()}", foreign.result(DOWN, foreign.at)))
    assert done.dropped == {"foreign_region": 1}
    mixed = watching.send(
        ("eu-west-1", watching.result(UP, watching.at + timedelta(seconds=30))),
        ("eu-west-1", foreign.result(UP, foreign.at + timedelta(seconds=30))),
    )
    assert mixed.stored == 2
    rows = world.database.rows("select org_id from check_result where monitor_id = %s", foreign.monitor_id)
    assert {row[0] for row in rows} == {other.org_id}


def test_what_people_ask_for_is_theirs_and_changes_nothing(watching: Watching, world: World) -> None:
    run_id = watching.run()
    asked = watching.result(DOWN, watching.at + timedelta(seconds=10), command_id=run_id)
    for _ in range(2):
        watching.send(*((region, asked) for region in REGIONS))
    assert watching.standing() == ("up", [])
    assert watching.count() == 3
    rows = world.database.rows(
        "select region, result->>'status' from monitor_run_result where monitor_run_id = %s", run_id
    )
    assert sorted(rows) == sorted((region, "down") for region in REGIONS)
    confirming = watching.result(DOWN, watching.at + timedelta(seconds=20), command_id=uuid4())
    watching.send(("eu-west-1", confirming))
    assert watching.count() == 4


def test_silence_has_an_alert_of_its_own(watching: Watching, world: World) -> None:
    watching.pass_time(minutes=10)
    watching.look()
    assert watching.standing() == ("unknown", ["stale"])
    assert world.database.rows("select title, severity from incident") == [
        ("Checkout is not being checked: no results from any of its regions", "warning")
    ]
    watching.tick()
    assert watching.standing() == ("up", [])
    assert world.database.rows("select status from incident") == [("resolved",)]


def test_a_service_whose_monitors_are_all_silent_pages_once(watching: Watching, world: World) -> None:
    others = [Watching(world, f"m{n}") for n in range(5)]
    for other in others:
        other.tick()
    watching.pass_time(minutes=30)
    found = [(world.org_id, w.monitor_id) for w in (watching, *others)]
    pages = [verdicts.look(watching.worker, [one]) for one in found]
    assert sum(len(leaving.deliveries) for done in pages for leaving in done.leaving) == 1
    assert world.database.rows("select count(*) from incident") == [(1,)]
    assert world.database.rows("select count(*) from alert where status = 'open'") == [(6,)]
    for one in (watching, *others):
        one.at = world.now
        one.tick()
    assert world.database.rows("select status from incident") == [("resolved",)]


def test_a_monitor_that_was_never_heard_of_is_told(world: World) -> None:
    unheard = Watching(world, name="unheard")
    with unheard.app.one(world.org_id) as tx:
        monitors.look_again(tx, unheard.monitor_id)
    unheard.look()
    assert unheard.standing() == ("unknown", [])
    unheard.pass_time(minutes=5)
    unheard.look()
    assert unheard.standing() == ("unknown", ["stale"])


def test_results_too_old_to_be_heard_leave_it_to_the_sweep(world: World) -> None:
    watching = Watching(world)
    watching.pass_time(minutes=30)
    watching.send(("eu-west-1", watching.result(UP, watching.at - timedelta(minutes=20))))
    assert watching.standing() == ("unknown", [])
    watching.look()
    assert watching.standing() == ("unknown", ["stale"])


def test_a_backlog_after_an_outage_of_ours_is_not_silence(watching: Watching, world: World) -> None:
    """The queue's mark shows how far it was read: what waits in it does not grow old."""
    paging = Paging(world)
    marked_at = paging.sweep().marked_at
    assert marked_at is not None
    pings.mark(paging.worker, [marked_at])
    watching.pass_time(minutes=10)
    watching.look()
    assert watching.standing() == ("up", [])
    watching.pass_time(seconds=20)
    world.database.rows("update results_progress set marked_at = %s returning 1", world.now)
    watching.look()
    assert watching.standing() == ("unknown", ["stale"])


def test_old_results_are_kept_and_say_nothing(watching: Watching) -> None:
    watching.pass_time(minutes=120)
    for minute in range(5):
        watching.send(*((r, watching.result(DOWN, watching.at - timedelta(minutes=100 - minute))) for r in REGIONS))
    assert watching.pages() == []
    assert watching.count() == 3 + 15


def test_a_confirmation_ends_without_a_result(world: World) -> None:
    watching = Watching(world, confirmation_seconds=45)
    watching.tick()
    watching.tick(DOWN, DOWN, DOWN)
    watching.tick(DOWN, DOWN, DOWN)
    assert watching.pages() == []
    watching.pass_time(seconds=46)
    watching.look()
    assert watching.pages() == [world.alice.email]


@pytest.mark.parametrize("column", ["paused_at", "deleted_at"])
def test_what_is_paused_or_deleted_ends_its_alert(column: str, watching: Watching, world: World) -> None:
    watching.tick(DOWN, DOWN, DOWN)
    watching.tick(DOWN, DOWN, DOWN)
    watching.end(column)
    watching.look()
    assert watching.standing() == ("unknown", [])
    assert world.database.rows("select status, resolved_by from incident") == [
        ("resolved", f"monitor:{watching.monitor_id}")
    ]
    assert watching.send(("eu-west-1", watching.result(DOWN, watching.at))).dropped == {"not_watched": 1}


def test_blind_regions_page_nobody(watching: Watching) -> None:
    for _ in range(3):
        watching.tick(CheckStatus.UNKNOWN, CheckStatus.UNKNOWN, CheckStatus.UNKNOWN, reason=Reason.REGION_BLIND)
    assert watching.standing() == ("unknown", [])
    assert watching.pages() == []


def test_a_target_that_flaps_pages_once(world: World) -> None:
    watching = Watching(world, failures_to_down=1, successes_to_up=1, recovery_seconds=90)
    watching.tick()
    for _ in range(6):
        watching.tick(DOWN, DOWN, DOWN)
        watching.tick()
    assert watching.pages() == [world.alice.email]
    summaries = [row[0] for row in world.database.rows("select summary from event order by received_at, index")]
    assert summaries[1].startswith("Checkout is flapping")
    for _ in range(7):
        watching.tick()
    assert watching.standing() == ("up", [])
    assert world.database.rows("select status from incident") == [("resolved",)]


def test_a_window_and_a_rule_apply_to_monitors_as_to_every_event(watching: Watching, world: World) -> None:
    with world.database.admin() as conn:
        conn.execute(
            "insert into maintenance_window (org_id, kind, name, scope, starts_at, ends_at, time_zone, version,"
            " created_at, created_by) values (%s, 'maintenance', 'tonight', %s, %s, %s, 'UTC', 1, now(), 'test')",
            (
                world.org_id,
                '{"service_ids": [], "labels": {"monitor": "Checkout"}}',
                watching.at - timedelta(hours=1),
                watching.at + timedelta(hours=5),
            ),
        )
    watching.tick(DOWN, DOWN, DOWN)
    watching.tick(DOWN, DOWN, DOWN)
    assert watching.pages() == []
    assert world.database.rows("select status, muted_by is not null from incident") == [("triggered", True)]


def test_thousands_of_results_take_a_handful_of_statements(world: World) -> None:
    ids = [insert_monitor(world, f"m{n}") for n in range(40)]
    watching = Watching(world)
    base = watching.result(UP, watching.at)

    def every(at: datetime) -> list[tuple[str, CheckResult]]:
        return [(r, base.model_copy(update={"monitor_id": i, "tick": at})) for i in ids for r in REGIONS]

    watching.send(*every(watching.at))
    with watching.counting() as statements:
        watching.send(*every(watching.at + timedelta(seconds=60)))
    assert len(statements) <= 8
    assert watching.count(ids) == 240


def test_a_result_of_another_version_counts_as_well(watching: Watching, world: World) -> None:
    newer = watching.result(UP, watching.at + timedelta(seconds=30)).model_copy(update={"version": 7})
    watching.send(("eu-west-1", newer))
    rows = world.database.rows(
        "select max(monitor_version) from check_result where monitor_id = %s", watching.monitor_id
    )
    assert rows == [(7,)]
    assert isinstance(watching.monitor_id, UUID)


def test_each_of_the_days_before_a_certificate_ends_pages_anew(world: World) -> None:
    spec = {"kind": "tls", "host": "shop.example", "certificate": {"warn_days": [14, 7, 1]}}
    watching = Watching(world, kind="tls", spec=spec)
    seen = {
        "reason": Reason.CERTIFICATE_EXPIRES_SOON,
        "certificate": certificate(watching.at + timedelta(days=7, hours=1)),
    }
    degraded = [CheckStatus.DEGRADED] * 3
    watching.tick(CheckStatus.DEGRADED, CheckStatus.DEGRADED, CheckStatus.DEGRADED, reason=Reason.TOO_SLOW)
    watching.tick(*degraded, reason=Reason.TOO_SLOW)
    assert watching.standing() == ("degraded", [])
    watching.tick(*degraded, **seen)
    watching.tick(*degraded, **seen)
    assert watching.standing() == ("degraded", ["certificate"])
    why = "certificate expires soon in ap-southeast-2, eu-west-1, us-east-1"
    first = f"The certificate of Checkout expires within 14 days: {why}"
    assert world.database.rows("select title, status from incident") == [(first, "triggered")]
    world.database.rows("update incident set status = 'acknowledged' returning id")
    watching.pass_time(minutes=70)
    watching.tick(*degraded, **seen)
    watching.tick(*degraded, **seen)
    assert world.database.rows("select title, status from incident order by created_at") == [
        (first, "resolved"),
        (f"The certificate of Checkout expires within 7 days: {why}", "triggered"),
    ]
    assert watching.pages() == [world.alice.email] * 2
    watching.tick()
    watching.tick()
    assert {row[0] for row in world.database.rows("select status from incident")} == {"resolved"}


def certificate(not_after: datetime) -> dict[str, object]:
    """A certificate that ends then."""
    return {
        "subject": "CN=shop.example",
        "issuer": "CN=authority",
        "names": ["shop.example"],
        "fingerprint": "a" * 64,
    } | {
        "not_before": not_after - timedelta(days=90),
        "not_after": not_after,
    }
