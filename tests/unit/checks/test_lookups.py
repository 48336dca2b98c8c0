"""Looking names up in threads: what is shared, and that dead names keep no others waiting."""

import asyncio
import socket
from ipaddress import ip_address
from threading import Event

import pytest

from tests.support.checked import checked
from tocsin.checks.reach import LOOKUPS, Reach, SystemResolver
from tocsin.domain.monitor import Reason
from tocsin.platform.addresses import Address

FOUND = ip_address("93.184.216.34")


async def test_a_name_that_is_being_looked_up_is_not_looked_up_again() -> None:
    asked: list[str] = []
    go = Event()

    def ask(name: str, _: socket.AddressFamily) -> list[Address]:
        asked.append(name)
        go.wait(5)
        return [FOUND]

    resolver = SystemResolver(ask)
    waiting = [asyncio.create_task(resolver("a.example", socket.AF_INET)) for _ in range(5)]
    await asyncio.sleep(0)
    waiting.pop().cancel()
    go.set()
    assert await asyncio.gather(*waiting) == [[FOUND]] * 4
    assert asked == ["a.example"]


async def test_names_that_nobody_answers_for_keep_no_others_waiting() -> None:
    def ask(name: str, _: socket.AddressFamily) -> list[Address]:
        if name.startswith("dead"):
            Event().wait(0.05)
            raise socket.gaierror(socket.EAI_AGAIN, "no")
        return [FOUND]

    resolver = SystemResolver(ask, slow_seconds=0.02)
    names = [f"dead{number}.example" for number in range(LOOKUPS + 20)]
    first = await asyncio.gather(*(resolver(n, socket.AF_INET) for n in names), return_exceptions=True)
    assert {type(each) for each in first} == {socket.gaierror}
    again = [asyncio.create_task(resolver(n, socket.AF_INET)) for n in names]
    await asyncio.sleep(0)
    assert await asyncio.wait_for(resolver("well.example", socket.AF_INET), 1) == [FOUND]
    assert sum(task.done() for task in again) < len(again)
    await asyncio.gather(*again, return_exceptions=True)


async def test_the_system_itself_is_asked() -> None:
    found = await checked(Reach(), kind="http", url="http://localhost/")
    assert found.reason is Reason.FORBIDDEN_ADDRESS


@pytest.mark.parametrize("version", ["4", "any"])
async def test_an_address_is_not_looked_up(version: str) -> None:
    async def resolve(_: str, __: object) -> list[Address]:
        raise AssertionError

    found = await checked(Reach(resolve=resolve), kind="http", url="http://10.0.0.1/", ip_version=version)
    assert found.reason is Reason.FORBIDDEN_ADDRESS
