"""The local stage's host of the functions: their environment and fences, and that it answers as Lambda does."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from local import cut_off
from local.host import Function, application
from local.machine import REGION, REGIONS, Machine
from local.worker import Deployed

INSIDE = {"DB_HOST": "/nowhere", "DB_USER": "worker"}
type Make = Callable[..., Function]


@pytest.fixture
async def make(tmp_path: Path) -> AsyncGenerator[Make]:
    """Makes functions out of the handlers beside this file."""
    made: list[Function] = []

    def _make(
        handler: str,
        *,
        environment: dict[str, str] | None = None,
        base: dict[str, str] | None = None,
        timeout: int = 30,
        limit: int = 1,
    ) -> Function:
        deployed = Deployed(
            name=f"test-{handler}",
            handler=f"tests.infra.handlers.{handler}",
            role_arn="arn:aws:iam::000000000000:role/test",
            function_arn="arn:aws:lambda:us-east-1:000000000000:function:test",
            memory_mb=256,
            timeout_seconds=timeout,
            environment=environment or {},
        )
        function = Function(deployed, {"PATH": "/usr/bin", **(base or {})}, tmp_path / "config", limit)
        made.append(function)
        return function

    yield _make
    for function in made:
        function.close()


async def call(function: Function, event: Any = None) -> tuple[bool, Any]:
    """Invoke and read the answer."""
    went_well, answer = await function.invoke("request-1", json.dumps(event).encode())
    return went_well, json.loads(answer)


async def test_a_handler_gets_the_event_its_context_and_the_deployed_environment(make: Make) -> None:
    went_well, answer = await call(make("echo", environment=INSIDE), {"a": [1]})
    assert went_well
    assert (answer["event"], answer["request_id"], answer["user"]) == ({"a": [1]}, "request-1", "worker")


async def test_a_handler_has_its_role_and_no_other_credentials(make: Make, tmp_path: Path) -> None:
    _, seen = await call(make("profile"))
    assert seen["AWS_PROFILE"] == "test-profile"
    assert seen["AWS_CONFIG_FILE"] == str(tmp_path / "config")
    assert not {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} & set(seen)


async def test_calls_follow_each_other_in_one_warm_process(make: Make) -> None:
    function = make("echo")
    assert (await call(function))[1]["pid"] == (await call(function))[1]["pid"]


async def test_overlapping_calls_get_processes_of_their_own_up_to_the_limit(make: Make) -> None:
    function = make("echo", limit=2)
    await function.warm()
    answers = await asyncio.gather(*(call(function) for _ in range(6)))
    assert all(went_well for went_well, _ in answers)
    assert len({answer["pid"] for _, answer in answers}) <= 2


async def test_an_exception_is_answered_as_lambda_answers_it(make: Make) -> None:
    went_well, answer = await call(make("fail"))
    assert not went_well
    assert (answer["errorType"], answer["errorMessage"]) == ("ValueError", "out of cheese")


async def test_a_handler_that_is_not_there_fails_its_calls_and_nothing_else(make: Make) -> None:
    went_well, answer = await call(make("nobody"))
    assert not went_well
    assert answer["errorType"] == "AttributeError"


async def test_a_process_that_dies_fails_its_call_and_is_replaced(make: Make) -> None:
    function = make("die")
    for _ in range(2):
        went_well, answer = await call(function)
        assert not went_well
        assert answer["errorType"] == "Runtime.ExitError"


async def test_a_call_that_passes_its_timeout_is_killed(make: Make) -> None:
    went_well, answer = await call(make("hang", timeout=1))
    assert not went_well
    assert "timed out after 1" in answer["errorMessage"]


async def test_an_outside_function_can_import_neither_the_data_layer_nor_the_driver(make: Make) -> None:
    _, outcomes = await call(make("inside_only"))
    assert set(outcomes) == {"psycopg", "tocsin_data.db"}
    assert all("not packaged with an outside function" in outcome for outcome in outcomes.values())


async def test_an_inside_function_can(make: Make) -> None:
    _, outcomes = await call(make("inside_only", environment=INSIDE))
    assert outcomes == {"psycopg": "imported", "tocsin_data.db": "imported"}


async def test_what_checks_from_a_region_that_is_cut_off_reaches_aws_alone(make: Make, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as near, socket.create_server(("127.0.0.1", 0)) as aws:
        here, gateway = near.getsockname()[1], aws.getsockname()[1]
        machine = Machine(tmp_path, first_port=gateway)
        base = {"TOCSIN_HOME": str(tmp_path), "TOCSIN_PORT": str(gateway)}
        checking = make("connect", environment={"CHECK_REGION": REGION}, base=base)
        other = make("connect", environment={"CHECK_REGION": REGIONS[1]}, base=base)

        async def reached(function: Function) -> list[bool]:
            return (await call(function, [here, gateway]))[1]

        assert await reached(checking) == [True, True]
        cut_off.cut(machine, REGION)
        assert (await reached(checking), await reached(other)) == ([False, True], [True, True])
        cut_off.cut(machine, REGION, [gateway])
        assert await reached(checking) == [True, False]
        cut_off.cut(machine, REGION, [here], connections=1)
        assert [await reached(checking), await reached(checking)] == [[False, True], [True, True]]
        cut_off.reconnect_all(machine)
        assert await reached(checking) == [True, True]


@pytest.mark.parametrize(
    "path",
    [
        "/-/cut-off/eu-west-9",
        "/-/reconnect/..%2Fkeys",
        "/-/cut-off/us-east-1?port=http",
        "/-/cut-off/us-east-1?connections=few",
    ],
)
async def test_only_what_is_there_can_be_cut_off(tmp_path: Path, path: str) -> None:
    async with TestClient(TestServer(application(Machine(tmp_path)))) as client:
        answer = await client.post(path)
        assert answer.status == 422
        assert await answer.text()
    assert not list(tmp_path.rglob("*"))
