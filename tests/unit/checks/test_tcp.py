"""TCP checks: what is sent, and what is looked for in what comes back."""

import asyncio

import pytest

from tests.support import hostile
from tests.support.checked import Authority, Serve, checked, serving
from tocsin.checks.reach import Reach
from tocsin.checks.tcp import BadEscape, escape, unescape
from tocsin.domain.monitor import CheckStatus, Reason


def saying(*pieces: bytes) -> Serve:
    """A server that says something unasked, piece by piece, and waits."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        await reader.read()

    return serve


async def echoing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say back what is said, once."""
    writer.write(await reader.read(1_000))
    await writer.drain()
    await reader.read()


async def test_a_port_that_answers_is_up(reach: Reach) -> None:
    async with serving(hostile.silent) as port:
        found = await checked(reach, kind="tcp", host="localhost", port=port)
    assert (found.status, found.address) == (CheckStatus.UP, "127.0.0.1")
    assert found.timings is not None
    assert (found.timings.tls, found.timings.first_byte) == (None, None)


@pytest.mark.parametrize(
    ("pieces", "expect", "reason"),
    [
        ((b"220 mail ESMTP\r\n",), "^220 ", None),
        ((b"22", b"0 ma", b"il"), "mail$", None),
        ((b"\xff\x00\x01",), r"\xff\x00", None),
        (("grüße".encode(),), "grü", Reason.TIMEOUT),  # its ü is one byte of Latin-1, and two of UTF-8
        ((b"554 no\r\n",), "^220", Reason.TIMEOUT),
        ((b"a" * 70_000,), "b", Reason.UNEXPECTED_ANSWER),
    ],
)
async def test_what_is_expected(reach: Reach, pieces: tuple[bytes, ...], expect: str, reason: Reason | None) -> None:
    timeout = 0.3 if reason is Reason.TIMEOUT else 10
    async with serving(saying(*pieces)) as port:
        found = await checked(reach, kind="tcp", host="127.0.0.1", port=port, expect=expect, timeout=timeout)
    assert found.reason is reason, found
    assert reason is None or found.excerpt


async def test_what_is_sent_by_tls_holds_secrets_and_bytes(trusted: Authority, reach: Reach) -> None:
    spec = {"host": "localhost", "tls": True, "send": r"AUTH {{key}}\r\n\x00", "expect": r"^AUTH a\\n\r\n\x00$"}
    async with serving(echoing, trusted.server()) as port:
        found = await checked(reach, kind="tcp", port=port, secrets={"key": r"a\n"}, **spec)
    assert found.status is CheckStatus.UP, found
    assert found.certificate is not None


async def test_who_closes_has_not_said_it(reach: Reach) -> None:
    async def closing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"bye")
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async with serving(closing) as port:
        said = await checked(reach, kind="tcp", host="127.0.0.1", port=port, expect="welcome")
    assert (said.reason, said.excerpt) == (Reason.UNEXPECTED_ANSWER, "bye")
    async with serving(hostile.hanging_up) as port:
        nothing = await checked(reach, kind="tcp", host="127.0.0.1", port=port, send="x", expect="welcome")
    assert nothing.reason is Reason.CONNECTION_CLOSED


@pytest.mark.parametrize("spec", [{"expect": "("}, {"send": r"\q"}, {"send": "a\\"}, {"host": "127.1"}])
async def test_what_can_not_be_read_is_told(reach: Reach, spec: dict[str, object]) -> None:
    async with serving(hostile.silent) as port:
        found = await checked(reach, **{"kind": "tcp", "host": "127.0.0.1", "port": port, **spec})
    assert (found.status, found.reason) == (CheckStatus.UNKNOWN, Reason.BAD_CONFIGURATION), found


def test_escapes() -> None:
    assert unescape(r"a\r\n\t\\n\x00\xFFü") == b"a\r\n\t\\n\x00\xff" + "ü".encode()
    assert unescape(escape(r"\x41\n")) == rb"\x41\n"
    with pytest.raises(BadEscape):
        unescape(r"\x4")
