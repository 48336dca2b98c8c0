"""What a resolver answers: taken from the network and read in small steps, as whoever answers may mean harm.

dnspython reads a message as a whole, on the event loop, before anything can be asked of it, and takes seconds for one
that is made for that. Here a header is looked at first, nothing but the answers to the question is read, and others
have their turn in between.
"""

import asyncio
import socket
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

import dns.exception
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.wire
from dns.rdtypes.ANY.CNAME import CNAME

from tocsin.checks.attempt import Attempt, Failed, of_system
from tocsin.checks.wire import connect
from tocsin.domain.monitor import Reason
from tocsin.platform import clock
from tocsin.platform.addresses import Address

TRIES: Final = 3
"""UDP loses packets: the question is asked again within the timeout, as resolvers do."""
MAX_BYTES: Final = 16_384
MAX_RECORDS: Final = 200
A_TURN: Final = 4
"""After so many records, each a millisecond at worst, others have their turn."""
MAX_ALIASES: Final = 16
HEADER: Final = 12
TRUNCATED: Final = 0x02
WITHOUT_QUESTION: Final = {dns.rcode.FORMERR, dns.rcode.SERVFAIL, dns.rcode.NOTIMP, dns.rcode.REFUSED}
"""Those who answer so need not repeat the question."""
NOT_DNS: Final = "What the resolver answered is not DNS."
type Held = Mapping[tuple[dns.name.Name, int], list[dns.rdata.Rdata]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what was answered to it, as it came."""

    name: dns.name.Name
    kind: dns.rdatatype.RdataType
    wire: bytes

    @property
    def rcode(self) -> int:
        """How it went, as the header says."""
        return self.wire[3] & 0x0F

    async def values(self) -> list[dns.rdata.Rdata]:
        """The values of the name, its aliases followed; nothing where there is none. Raises Failed."""
        name: dns.name.Name = self.name
        held = await self._held()
        for _ in range(MAX_ALIASES):
            found = held.get((name, self.kind))
            aliases = held.get((name, dns.rdatatype.CNAME))
            if found or not aliases:
                return found or []
            name = cast(CNAME, aliases[0]).target
        raise Failed(Reason.PROTOCOL_ERROR, "The resolver's answer leads in a circle, or too far.")

    async def _held(self) -> Held:
        count = int.from_bytes(self.wire[6:8])
        if count > MAX_RECORDS:
            detail = f"The resolver's answer has {count:,} records; {MAX_RECORDS} are read at most."
            raise Failed(Reason.UNEXPECTED_ANSWER, detail)
        held: dict[tuple[dns.name.Name, int], list[dns.rdata.Rdata]] = defaultdict(list)
        try:
            parser = dns.wire.Parser(self.wire, HEADER)
            parser.get_name(decompress=True)
            parser.get_bytes(4)
            for index in range(count):
                self._read(parser, held)
                if index % A_TURN == A_TURN - 1:
                    await asyncio.sleep(0)
        except (dns.exception.DNSException, ValueError):
            raise Failed(Reason.PROTOCOL_ERROR, NOT_DNS) from None
        return held

    def _read(self, parser: dns.wire.Parser, held: dict[tuple[dns.name.Name, int], list[dns.rdata.Rdata]]) -> None:
        name = parser.get_name(decompress=True)
        kind, of_class = parser.get_uint16(), parser.get_uint16()
        parser.get_bytes(4)
        length = parser.get_uint16()
        if of_class != dns.rdataclass.IN or kind not in (self.kind, dns.rdatatype.CNAME):
            parser.get_bytes(length)
            return
        with parser.restrict_to(length):
            held[name, kind].append(
                dns.rdata.from_wire_parser(dns.rdataclass.IN, dns.rdatatype.RdataType.make(kind), parser)
            )


async def ask(name: dns.name.Name, kind: dns.rdatatype.RdataType, address: Address, port: int, seconds: float) -> Asked:
    """Ask by UDP, and by TCP for what does not fit. Raises Failed and TimeoutError."""
    query = dns.message.make_query(name, kind).to_wire()
    for left in reversed(range(TRIES)):
        try:
            async with asyncio.timeout(seconds / TRIES):
                wire = await _by_udp(query, address, port)
            if wire[2] & TRUNCATED:
                async with asyncio.timeout(seconds / TRIES):
                    wire = await _by_tcp(query, address, port, seconds / TRIES)
        except TimeoutError:
            if left == 0:
                raise
        except OSError as error:
            raise of_system(error) from None
        else:
            return Asked(name, kind, wire)
    raise TimeoutError


async def _by_udp(query: bytes, address: Address, port: int) -> bytes:
    """The first datagram of the resolver that answers this question; others are passed over."""
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_DGRAM) as sock:
        sock.setblocking(False)
        await loop.sock_connect(sock, (str(address), port))
        await loop.sock_sendall(sock, query)
        while True:
            wire = await loop.sock_recv(sock, MAX_BYTES + 1)
            if _answers(query, wire):
                _refuse_beyond(len(wire))
                return wire
            await asyncio.sleep(0)


async def _by_tcp(query: bytes, address: Address, port: int, seconds: float) -> bytes:
    started, received = clock.seconds(), bytearray()
    async with await connect([address], port, Attempt(), seconds) as wire:
        await wire.send(len(query).to_bytes(2) + query)
        while len(received) < 2 or len(received) < 2 + int.from_bytes(received[:2]):
            piece = await wire.receive()
            if not piece or clock.seconds() - started > seconds:
                raise Failed(Reason.PROTOCOL_ERROR, NOT_DNS)
            received += piece
            if len(received) >= 2:
                _refuse_beyond(int.from_bytes(received[:2]))
    found = bytes(received[2 : 2 + int.from_bytes(received[:2])])
    if not _answers(query, found):
        raise Failed(Reason.PROTOCOL_ERROR, NOT_DNS)
    return found


def _refuse_beyond(size: int) -> None:
    if size > MAX_BYTES:
        detail = f"The resolver's answer has more than {MAX_BYTES:,} bytes, which are read at most."
        raise Failed(Reason.UNEXPECTED_ANSWER, detail)


def _answers(query: bytes, wire: bytes) -> bool:
    """Whether this is an answer to this question; its name may be spelled in other case."""
    if len(wire) < HEADER or wire[:2] != query[:2] or wire[2] & 0xF8 != 0x80:
        return False
    questions = int.from_bytes(wire[4:6])
    if questions == 0:
        return wire[3] & 0x0F in WITHOUT_QUESTION
    asked, seen = query[HEADER:], wire[HEADER : len(query)]
    return questions == 1 and seen[-4:] == asked[-4:] and seen.lower() == asked.lower()
