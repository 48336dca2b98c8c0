"""A resolver on loopback, which answers by UDP what a test makes of a question."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import dns.message

type Reply = Callable[[dns.message.Message], bytes | None]


class Resolver(asyncio.DatagramProtocol):
    """Answers each question with what `reply` makes of it, so many times."""

    def __init__(self, reply: Reply, times: int = 1) -> None:
        self._reply = reply
        self._times = times
        self.asked = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """From asyncio."""
        self._transport = transport

    def datagram_received(self, data: bytes, addr: object) -> None:
        """From asyncio."""
        self.asked += 1
        reply = self._reply(dns.message.from_wire(data))
        if reply is not None:
            for _ in range(self._times):
                self._transport.sendto(reply, addr)  # pyright: ignore - asyncio hands it over as the base of all


@asynccontextmanager
async def resolving(reply: Reply, times: int = 1) -> AsyncGenerator[tuple[int, Resolver]]:
    """A resolver on loopback; answers its port."""
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_datagram_endpoint(
        lambda: Resolver(reply, times), local_addr=("127.0.0.1", 0)
    )
    try:
        yield transport.get_extra_info("sockname")[1], protocol
    finally:
        transport.close()
