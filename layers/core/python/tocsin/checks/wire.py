"""A connection to one vetted address: connects, becomes TLS, sends and receives, and never buffers what is not read.

The sockets are used as they are, without asyncio's transports: for TLS those cost as much CPU again as the handshake,
and what nobody reads stays with the kernel, so that a sender of gigabytes is held back by TCP itself.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Final, Self

from tocsin.checks.attempt import Attempt, of_system
from tocsin.platform import clock
from tocsin.platform.addresses import Address

PIECE: Final = 16_384
"""As much as a record of TLS holds. After each that need not be waited for, others have their turn."""


class Wire:
    """An open connection; `async with` closes it. `peer` is where it leads: address and port."""

    def __init__(self, sock: socket.socket, loop: asyncio.AbstractEventLoop, peer: tuple[Address, int]) -> None:
        self.peer = peer
        self._sock = sock
        self._loop = loop
        self._waited = True

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Drop the connection; what has not been read is refused."""
        self._sock.close()

    async def shake_hands(self, context: ssl.SSLContext, name: str) -> bytes | None:
        """Become TLS, expecting a certificate of this name; answers the certificate shown, in DER.

        Raises ssl.SSLError and OSError.
        """
        wrapped = context.wrap_socket(self._sock, server_hostname=name, do_handshake_on_connect=False)
        self._sock = wrapped
        await self._persist(wrapped.do_handshake)
        return wrapped.getpeercert(binary_form=True)

    async def send(self, data: bytes) -> None:
        """Send all of it. Raises OSError."""
        view = memoryview(data)
        while view:
            sent = await self._persist(lambda rest=view: self._sock.send(rest), sends=True)
            view = view[sent:]

    async def receive(self) -> bytes:
        """What there is, as soon as there is something; nothing at the end. Raises OSError."""
        if not self._waited:
            await asyncio.sleep(0)
        self._waited = False
        return await self._persist(lambda: self._sock.recv(PIECE))

    async def _persist[T](self, step: Callable[[], T], *, sends: bool = False) -> T:
        """Repeat a step until it need not wait for the network."""
        while True:
            try:
                return step()
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError) as error:
                # TLS may have to read before it can send, and the other way round: it says which.
                if isinstance(error, ssl.SSLWantWriteError) or (sends and isinstance(error, BlockingIOError)):
                    await self._ready(self._loop.add_writer, self._loop.remove_writer)
                else:
                    await self._ready(self._loop.add_reader, self._loop.remove_reader)

    async def _ready(self, add: Callable[..., None], remove: Callable[[int], bool]) -> None:
        self._waited = True
        number = self._sock.fileno()
        ready = self._loop.create_future()
        add(number, _wake, ready)
        try:
            await ready
        finally:
            remove(number)


async def connect(addresses: Sequence[Address], port: int, attempt: Attempt, seconds: float) -> Wire:
    """Connect to the first that answers; each gets its share of the seconds. Raises Failed for what the last said."""
    loop = asyncio.get_running_loop()
    ends = clock.seconds() + seconds
    failure: OSError | None = None
    for position, address in enumerate(addresses):
        attempt.address = str(address)
        share = (ends - clock.seconds()) / (len(addresses) - position)
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        try:
            sock = socket.socket(family, socket.SOCK_STREAM)
        except OSError as error:
            failure = error
            continue
        sock.setblocking(False)
        try:
            with attempt.timed("connect"):
                if position + 1 == len(addresses):
                    await loop.sock_connect(sock, (str(address), port))
                else:
                    async with asyncio.timeout(share):
                        await loop.sock_connect(sock, (str(address), port))
        except OSError as error:  # TimeoutError is one
            sock.close()
            failure = error
        except BaseException:
            sock.close()
            raise
        else:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return Wire(sock, loop, (address, port))
    raise of_system(failure or OSError()) from None


def _wake(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)
