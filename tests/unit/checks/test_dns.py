"""DNS checks against a resolver on loopback: what is asked, what the answer must hold, and what else may come."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from tests.support import hostile
from tests.support.checked import Serve, checked, serving
from tests.support.resolver import Reply, Resolver, resolving
from tocsin.checks.dns import read_resolver
from tocsin.checks.dns_answers import MAX_BYTES, MAX_RECORDS
from tocsin.checks.reach import Reach
from tocsin.domain.monitor import CheckStatus, Reason

ZONE = {
    "A": ["93.184.216.34", "93.184.216.35"],
    "AAAA": ["2606:2800:220:1::1"],
    "CAA": ['0 issue "ca.example"'],
    "MX": ["10 mail.example.com."],
    "NS": ["ns1.example.com."],
    "TXT": ['"v=spf1 include:_spf.example.com ~all"', '"two " "parts"'],
    "SRV": ["1 2 443 host.example.com."],
    "SOA": ["ns1.example.com. admin.example.com. 1 2 3 4 5"],
    "PTR": ["host.example.com."],
}


def zone(query: dns.message.Message) -> bytes:
    """What the zone holds, by an alias."""
    response = dns.message.make_response(query)
    question = query.question[0]
    kind = question.rdtype.name
    response.answer.append(dns.rrset.from_text(question.name, 60, "IN", "CNAME", "alias.example.net."))
    response.answer.append(dns.rrset.from_text("alias.example.net.", 60, "IN", kind, *ZONE[kind]))
    return response.to_wire()


@pytest.mark.parametrize(
    ("record_type", "expect", "match", "up"),
    [
        ("A", [], "all", True),
        ("A", ["93.184.216.34"], "all", True),
        ("A", ["93.184.216.34"], "exactly", False),
        ("A", ["93.184.216.35", "93.184.216.34"], "exactly", True),
        ("A", ["93.184.216.34", "192.0.2.1"], "all", False),
        ("A", ["93.184.216.34", "192.0.2.1"], "any", True),
        ("A", ["192.0.2.1"], "any", False),
        ("AAAA", ["2606:2800:220:0001:0:0:0:1"], "exactly", True),
        ("CAA", ['0 issue "ca.example"'], "exactly", True),
        ("MX", ["10 MAIL.example.com"], "exactly", True),
        ("MX", ["20 mail.example.com"], "any", False),
        ("NS", ["ns1.example.com"], "exactly", True),
        ("TXT", ["v=spf1 include:_spf.example.com ~all"], "all", True),
        ("TXT", ['"two parts"'], "all", True),
        ("SRV", ["1 2 443 host.example.com."], "exactly", True),
        ("SOA", ["ns1.example.com. admin.example.com. 1 2 3 4 5"], "exactly", True),
    ],
)
async def test_an_answer_and_what_it_must_hold(
    reach: Reach, record_type: str, expect: list[str], match: str, up: bool
) -> None:
    async with resolving(zone) as (port, _):
        spec = {"name": "www.example.com", "record_type": record_type, "expect": expect, "match": match}
        found = await checked(reach, kind="dns", resolver=f"127.0.0.1:{port}", **spec)
    assert (found.status is CheckStatus.UP) is up, found
    assert found.reason is (None if up else Reason.UNEXPECTED_ANSWER)
    assert found.address == "127.0.0.1"
    assert up or not any(text in (found.detail or "") for text in ZONE[record_type])
    assert up or (found.excerpt and ZONE[record_type][0] in found.excerpt)


async def test_an_address_is_asked_for_by_its_reverse_name(reach: Reach) -> None:
    asked: list[str] = []

    def reply(query: dns.message.Message) -> bytes:
        asked.append(str(query.question[0].name))
        return zone(query)

    async with resolving(reply) as (port, _):
        spec = {"name": "93.184.216.34", "record_type": "PTR", "expect": ["host.example.com"]}
        found = await checked(reach, kind="dns", resolver=f"127.0.0.1:{port}", **spec)
    assert (found.status, asked) == (CheckStatus.UP, ["34.216.184.93.in-addr.arpa."])


def refusing(code: dns.rcode.Rcode) -> Reply:
    """A resolver that answers nothing but a code."""

    def reply(query: dns.message.Message) -> bytes:
        response = dns.message.make_response(query)
        response.set_rcode(code)
        return response.to_wire()

    return reply


def in_a_circle(query: dns.message.Message) -> bytes:
    """Aliases of one another."""
    response = dns.message.make_response(query)
    name = query.question[0].name
    response.answer.append(dns.rrset.from_text(name, 60, "IN", "CNAME", "b.example."))
    response.answer.append(dns.rrset.from_text("b.example.", 60, "IN", "CNAME", str(name)))
    return response.to_wire()


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (refusing(dns.rcode.NOERROR), Reason.DNS_NO_ANSWER),
        (refusing(dns.rcode.NXDOMAIN), Reason.DNS_NO_SUCH_NAME),
        (refusing(dns.rcode.REFUSED), Reason.DNS_REFUSED),
        (refusing(dns.rcode.SERVFAIL), Reason.DNS_SERVER_FAILURE),
        (in_a_circle, Reason.PROTOCOL_ERROR),
        (lambda query: query.to_wire()[:2] + b"\x84\x00" + b"\xff" * 20, Reason.TIMEOUT),
        (lambda _: b"", Reason.TIMEOUT),
        (lambda _: None, Reason.TIMEOUT),
        (lambda query: b"\x00\x00" + zone(query)[2:], Reason.TIMEOUT),  # the answer to another's question
    ],
)
async def test_what_else_a_resolver_may_answer(reach: Reach, reply: Reply, reason: Reason) -> None:
    timeout = 0.4 if reason is Reason.TIMEOUT else 10
    async with resolving(reply) as (port, _):
        found = await checked(reach, kind="dns", name="example.com", resolver=f"127.0.0.1:{port}", timeout=timeout)
    assert (found.status, found.reason) == (CheckStatus.DOWN, reason), found


async def test_a_question_that_is_lost_is_asked_again(reach: Reach) -> None:
    lost: list[bytes] = []

    def reply(query: dns.message.Message) -> bytes | None:
        lost.append(b"")
        return zone(query) if len(lost) > 1 else None

    async with resolving(reply) as (port, _):
        found = await checked(reach, kind="dns", name="example.com", resolver=f"127.0.0.1:{port}", timeout=3)
    assert found.status is CheckStatus.UP


@asynccontextmanager
async def cut_and_by_tcp(by_tcp: Serve) -> AsyncGenerator[int]:
    """A resolver whose answers by UDP are cut; answers the port, the same for TCP."""

    def cut(query: dns.message.Message) -> bytes:
        response = dns.message.make_response(query)
        response.flags |= dns.flags.TC
        return response.to_wire()

    async with serving(by_tcp) as port:
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: Resolver(cut), local_addr=("127.0.0.1", port))
        try:
            yield port
        finally:
            transport.close()


async def test_an_answer_that_is_cut_is_asked_for_by_tcp(reach: Reach) -> None:
    async def by_tcp(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        length = int.from_bytes(await reader.readexactly(2))
        reply = zone(dns.message.from_wire(await reader.readexactly(length)))
        writer.write(len(reply).to_bytes(2) + reply)
        await writer.drain()

    async with cut_and_by_tcp(by_tcp) as port:
        found = await checked(reach, kind="dns", name="example.com", resolver=f"127.0.0.1:{port}")
    assert found.status is CheckStatus.UP, found


@pytest.mark.parametrize(
    ("records", "reason"),
    [(MAX_RECORDS, None), (MAX_RECORDS + 1, Reason.UNEXPECTED_ANSWER), (3_000, Reason.UNEXPECTED_ANSWER)],
)
async def test_so_many_records_are_read_and_no_more(reach: Reach, records: int, reason: Reason | None) -> None:
    async with resolving(lambda query: hostile.deep_names(query, records)) as (port, _):
        found = await checked(
            reach, kind="dns", name="a.example", record_type="PTR", resolver=f"127.0.0.1:{port}", timeout=9
        )
    assert found.reason is reason, found
    assert reason is None or "read at most" in str(found.detail)


async def test_so_long_an_answer_is_refused_by_tcp_before_it_is_read(reach: Reach) -> None:
    async def by_tcp(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(2)
        writer.write((MAX_BYTES + 1).to_bytes(2))
        await writer.drain()
        await reader.read()

    async with cut_and_by_tcp(by_tcp) as port:
        found = await checked(reach, kind="dns", name="example.com", resolver=f"127.0.0.1:{port}")
    assert (found.reason, found.detail) == (
        Reason.UNEXPECTED_ANSWER,
        "The resolver's answer has more than 16,384 bytes, which are read at most.",
    )


@pytest.mark.parametrize("sent", [b"", b"\x00", b"\x00\x03abc", b"\x00\x20" + b"\x00" * 32, b"\x10\x00" + b"\xff" * 20])
async def test_what_comes_by_tcp_and_is_no_answer_is_told(reach: Reach, sent: bytes) -> None:
    async def by_tcp(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(2)
        writer.write(sent)
        await writer.drain()

    async with cut_and_by_tcp(by_tcp) as port:
        found = await checked(reach, kind="dns", name="example.com", resolver=f"127.0.0.1:{port}")
    assert found.reason in {Reason.PROTOCOL_ERROR, Reason.CONNECTION_RESET}, found


async def test_a_record_that_is_broken_is_told(reach: Reach) -> None:
    async with resolving(lambda query: zone(query)[:-1]) as (port, _):
        found = await checked(reach, kind="dns", name="example.com", resolver=f"127.0.0.1:{port}")
    assert (found.status, found.reason) == (CheckStatus.DOWN, Reason.PROTOCOL_ERROR), found


async def test_nobody_at_the_port_is_told(reach: Reach) -> None:
    async with resolving(zone) as (port, _):
        pass
    found = await checked(reach, kind="dns", name="example.com", resolver=f"127.0.0.1:{port}")
    assert (found.status, found.reason) == (CheckStatus.DOWN, Reason.CONNECTION_REFUSED), found


async def test_a_flood_of_other_answers_does_not_keep_it_beyond_its_time(reach: Reach) -> None:
    async with resolving(lambda _: b"\x00" * 40, times=2_000) as (port, _):
        found = await checked(reach, kind="dns", name="example.com", resolver=f"127.0.0.1:{port}", timeout=0.4)
    assert (found.status, found.reason) == (CheckStatus.DOWN, Reason.TIMEOUT), found


async def test_the_place_has_a_resolver_of_its_own() -> None:
    async with resolving(zone) as (port, _):
        reach = Reach(nameservers=(f"127.0.0.1:{port}",))
        own = await checked(reach, kind="dns", name="example.com")
        named = await checked(reach, kind="dns", name="example.com", resolver=f"127.0.0.1:{port}")
    assert own.status is CheckStatus.UP
    assert named.reason is Reason.FORBIDDEN_ADDRESS


@pytest.mark.parametrize(
    "spec",
    [
        {"name": "a..b"},
        {"name": "x" * 70 + ".example"},
        {"expect": ["no address"]},
        {"record_type": "MX", "expect": ["mail.example.com"]},
        {"resolver": "127.1"},
        {"resolver": "127.0.0.1:0"},
        {"resolver": "127.0.0.1:65536"},
        {"resolver": "a b"},
    ],
)
async def test_what_can_not_be_asked_is_told(reach: Reach, spec: dict[str, object]) -> None:
    found = await checked(reach, **{"kind": "dns", "name": "example.com", "resolver": "127.0.0.1:9", **spec})
    assert (found.status, found.reason) == (CheckStatus.UNKNOWN, Reason.BAD_CONFIGURATION), found


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("1.1.1.1", "1.1.1.1", 53),
        ("1.1.1.1:5353", "1.1.1.1", 5353),
        ("2606:4700::1111", "2606:4700::1111", 53),
        ("[2606:4700::1111]:54", "2606:4700::1111", 54),
        ("[2606:4700::1111]", "2606:4700::1111", 53),
        ("one.example:54", "one.example", 54),
    ],
)
def test_how_resolvers_are_written(text: str, host: str, port: int) -> None:
    found, at = read_resolver(text)
    assert (found.name, at) == (host, port)
