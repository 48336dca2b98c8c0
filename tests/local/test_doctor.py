"""`tocsin doctor` against the deployed whole: fine as it stands, and plain words when something is broken."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from local.deploy import Deployment
from tests.support.stack import Stack

pytestmark = pytest.mark.xdist_group("stack")
TOCSIN = Path(sys.executable).with_name("tocsin")


def doctor(stack: Stack, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the command as an operator does."""
    asked = [TOCSIN, "doctor", "--stage", "local", "--endpoint-url", stack.machine.gateway_url, *options]
    return subprocess.run(asked, capture_output=True, text=True, check=False, timeout=120)


def client(stack: Stack, service: str) -> Any:
    """A client of the emulated account's root."""
    return Deployment(stack.machine, stack.run.postgres.host).client(service)


def problems(stack: Stack) -> dict[str, dict[str, Any]]:
    """What it finds wrong, by what it is about; its exit code must say the same."""
    ended = doctor(stack, "--json")
    found = [json.loads(line) for line in ended.stdout.splitlines()]
    wrong = {finding["about"]: finding for finding in found if finding["verdict"] == "problem"}
    assert ended.returncode == (1 if wrong else 0), ended.stderr
    assert all(finding["advice"] for finding in wrong.values())
    return wrong


def test_the_whole_as_it_stands_is_fit_to_page_people(stack: Stack) -> None:
    ended = doctor(stack, "--strict")
    assert ended.returncode == 0, ended.stdout
    assert "Fit to page people." in ended.stdout


def test_a_message_that_was_given_up_is_a_problem(stack: Stack) -> None:
    sqs = client(stack, "sqs")
    url = sqs.get_queue_url(QueueName="tocsin-local-publications-dlq")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="{}")
    try:
        found = problems(stack)
    finally:
        sqs.purge_queue(QueueUrl=url)
    assert found["dead letters"]["said"] == "1 in publications-dlq"


def test_a_schedule_that_is_switched_off_is_a_problem(stack: Stack) -> None:
    events = client(stack, "events")
    events.disable_rule(Name="tocsin-local-every-minute")
    try:
        found = problems(stack)
    finally:
        events.enable_rule(Name="tocsin-local-every-minute")
    assert "tocsin-local-every-minute" in found["schedule"]["said"]


def test_a_database_that_is_down_is_a_problem(stack: Stack) -> None:
    stack.run.postgres.stop("immediate")
    try:
        found = problems(stack)
    finally:
        stack.run.postgres.start()
    assert set(found) == {"database"}
    assert problems(stack) == {}


def test_an_address_where_no_deployment_is_ends_with_2(stack: Stack) -> None:
    asked = [TOCSIN, "doctor", "--stage", "small", "--endpoint-url", stack.machine.gateway_url]
    ended = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2
    assert "no stack is called tocsin-small-application" in " ".join(ended.stderr.split())
