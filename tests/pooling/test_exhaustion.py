"""More functions at once than the database has connections: overload is told quickly, and tried again all is done."""

from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import psycopg
import pytest

from tests.conftest import FAST
from tests.support import postgres
from tests.support.crowd import Call, Crowd, Told, crowd, peak
from tests.support.http_api import http_event
from tests.support.inside import REGION, failures
from tests.support.overload import Load, Queues, Size
from tests.support.pgbouncer import pooling
from tests.support.postgres import TestDatabase
from tests.support.world import World
from tocsin.contracts.delivery import Verdict

CONNECTIONS = 20
RESERVED = 4
"""PostgreSQL keeps three for administrators, and one is the test's own."""
BORROW_SECONDS = 3
"""How long the pooler lets a client wait for a connection; the stages give RDS Proxy 5."""
LOCK_SECONDS = 5
"""The roles' lock_timeout."""
NOISE_SECONDS = 10
"""What a busy machine may add when hundreds of processes want its two cores."""
MOST_ROUNDS = 50
TRIED_AGAIN = {"DatabaseUnavailable", "Contention"}


CALL_OF_NOBODY = Call("api", {**http_event("GET", "/v1/incidents"), "queryStringParameters": {}})


def comes_back(told: Told) -> bool:
    """Whether a call will be made again, by whoever made it; fails if it has failed for good."""
    if told.call.function == "claim":
        # notify goes by the error's name
        assert (told.error or "DatabaseUnavailable") in TRIED_AGAIN
        if told.answer is not None:
            assert [answer["verdict"] for answer in told.answer["answers"]] == [Verdict.GO]
        return told.answer is None
    assert told.answer is not None, told.error
    if told.call.function != "api":
        return failures(told.answer) != []
    status = told.answer["statusCode"]
    # whose answer was lost after the commit is told by 409 that the incident is acknowledged
    assert status in {200, 409, 503}, told.answer
    if status == 503:
        assert int(told.answer["headers"]["Retry-After"]) > 0
    return status == 503


@dataclass(slots=True)
class Environments:
    """The execution environments of the inside functions, by the role they enter as."""

    workers: Crowd
    callers: Crowd

    def warm(self) -> None:
        """Let each of them have loaded everything and connected before."""
        told = self.run([Call("claim", {"claims": []})] * self.workers.size + [CALL_OF_NOBODY] * self.callers.size)
        assert {(each.error, (each.answer or {}).get("statusCode")) for each in told} == {(None, None), (None, 401)}

    def run(self, calls: list[Call]) -> list[Told]:
        """Make these calls, each in an environment of its own as long as there are any; wait for all of them."""
        by_api = [call for call in calls if call.function == "api"]
        by_queue = [call for call in calls if call.function != "api"]
        told: list[Told] = []
        while by_api or by_queue:
            callers, by_api = by_api[: self.callers.size], by_api[self.callers.size :]
            workers, by_queue = by_queue[: self.workers.size], by_queue[self.workers.size :]
            self.callers.call(callers)
            self.workers.call(workers)
            told += self.callers.hear(len(callers)) + self.workers.hear(len(workers))
        return told

    def until_done(self, told: list[Told]) -> int:
        """Make the calls that come back again, all at once, until none does; answers how often that was."""
        for rounds in range(MOST_ROUNDS):
            calls = [each.call for each in told if comes_back(each)]
            if not calls:
                return rounds
            told = self.run(calls)
        raise AssertionError(f"{len(told)} calls are still not done")


@contextmanager
def environments(
    load: Load, queues: Queues, entrance: Mapping[str, str], workers: int, callers: int
) -> Generator[Environments]:
    """So many environments of queues' consumers and of the API."""
    with ExitStack() as stack:
        url = stack.enter_context(queues.serving())
        base = {
            **load.world.database.environment("worker"),
            **entrance,
            **{f"{name.upper()}_QUEUE_URL": f"{url}/000000000000/{name}" for name in ("deliveries", "escalations")},
            "PUBLICATIONS_QUEUE_URL": f"{url}/000000000000/publications",
            "EVENTS_QUEUE_URL": f"{url}/000000000000/events",
            "AWS_ENDPOINT_URL": url,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "KEY_BUDGET_PER_MINUTE": "100000",
            "MAC_KEYS_SECRET_ARN": "unread",
            "SEAL_PUBLIC_KEY_SECRET_ARN": "unread",
            "LINK_BASE_URL": "https://tocsin.example/l",
            "EVENTS_URL": "https://events.tocsin.example",
            "SIGN_IN_ISSUER": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI",
            "SIGN_IN_CLIENT_ID": "client",
            "POWERTOOLS_METRICS_DISABLED": "true",
        }
        yield Environments(
            stack.enter_context(crowd(base, ["process", "claim", "record"], workers)),
            stack.enter_context(crowd({**base, "DB_USER": "app"}, ["api"], callers)),
        )


@contextmanager
def nobody_writes(database: TestDatabase) -> Generator[None]:
    """While the block lasts, whoever has got a connection keeps it."""
    with psycopg.connect(database.server.conninfo("postgres", database.name)) as conn:
        conn.execute("lock table incident, notification, alert in access exclusive mode")
        yield


def connections(database: TestDatabase) -> int:
    """How many connections the runtime roles have now."""
    query = "select count(*) from pg_stat_activity where usename in ('app', 'worker') and datname = current_database()"
    return database.rows(query)[0][0]


def test_five_hundred_functions_share_twenty_connections_of_a_pooler(world: World) -> None:
    load, queues = Load(world, Size(events=250, claims=75, outcomes=75, answers=100)), Queues()
    calls = [*load.workers, *load.callers]
    limits = {
        "default_pool_size": str(CONNECTIONS // 2),
        "max_db_connections": str(CONNECTIONS),
        "query_wait_timeout": str(BORROW_SECONDS),
    }
    with pooling(world.database.server, limits) as pooler:
        entrance = {"DB_HOST": str(pooler.host), "DB_PORT": str(pooler.port)}
        with environments(load, queues, entrance, len(load.workers), len(load.callers)) as found:
            found.warm()
            with nobody_writes(world.database):
                first = found.run(calls)
                assert connections(world.database) == CONNECTIONS
            rounds = found.until_done(first)

    assert len(calls) == 500
    assert peak(first) == len(calls)
    assert all(comes_back(told) for told in first)
    assert max(told.seconds for told in first) < BORROW_SECONDS + LOCK_SECONDS + NOISE_SECONDS
    assert rounds >= 1
    load.demand_everything_once(queues)


@pytest.fixture
def small(pytestconfig: pytest.Config) -> Generator[World]:
    """A world on a server with few connections, and no pooler before it."""
    with postgres.serving(pytestconfig, {**FAST, "max_connections": str(CONNECTIONS + RESERVED)}) as server:
        database = postgres.clone(server)
        yield World(database)
        database.close()


def test_without_a_pooler_those_beyond_the_limit_are_told_at_once(small: World) -> None:
    load, queues = Load(small, Size(events=60, claims=20, outcomes=20, answers=20)), Queues()
    calls = [*load.workers, *load.callers]
    entrance = {"DB_HOST": str(small.database.server.host), "DB_PORT": str(small.database.server.port)}
    small.database.let_go()  # administrators' connections take places too
    with (
        environments(load, queues, entrance, len(load.workers), len(load.callers)) as found,
        nobody_writes(small.database),
    ):
        first = found.run(calls)
        assert connections(small.database) == CONNECTIONS
    # as many as a stage without a pooler lets run at once
    with environments(load, queues, entrance, CONNECTIONS - 4, 4) as found:
        found.until_done(first)

    assert all(comes_back(told) for told in first)
    refused = sorted(told.seconds for told in first)[: len(calls) - CONNECTIONS]
    assert refused[-1] < LOCK_SECONDS
    load.demand_everything_once(queues)
