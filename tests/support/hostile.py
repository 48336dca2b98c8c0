"""Servers that do harm to those who check them: each is one way of it."""

import asyncio
import gzip
import socket
import struct
from collections.abc import Awaitable, Callable
from functools import cache

import dns.message

ENDLESS = 10**10
"""Ten gigabytes, which nobody ever sends: who reads them all is stopped by a timeout."""


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Take a request and never answer."""
    while await reader.read(65_536):
        pass


async def closing(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Take a request and close."""
    await reader.readuntil(b"\r\n\r\n")


async def resetting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Take a request and reset the connection: what is unread at the closing makes the kernel do it."""
    await reader.readuntil(b"\r\n\r\n")
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def dripping(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send the head of an answer byte by byte, slowly."""
    await reader.readuntil(b"\r\n\r\n")
    for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx":
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.1)


async def endless_headers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send headers for ever."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Header: " + b"a" * 900 + b"\r\n")
        await writer.drain()


async def endless_header(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send one header for ever."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nX-Header: ")
    while True:
        writer.write(b"a" * 9_000)
        await writer.drain()


async def endless_interim(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Announce an answer for ever."""
    await reader.readuntil(b"\r\n\r\n")
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n")
        await writer.drain()


async def endless_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send ten gigabytes."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {ENDLESS}\r\n\r\n".encode())
    while True:
        writer.write(b"a" * 65_536)
        await writer.drain()


async def endless_chunks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send a body in chunks of one byte, for ever."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"1\r\na\r\n" * 5_000)
        await writer.drain()


@cache
def _bomb() -> bytes:
    return gzip.compress(bytes(20_000_000), 9)


async def bomb(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send twenty megabytes in twenty kilobytes."""
    await reader.readuntil(b"\r\n\r\n")
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(_bomb())}\r\n\r\n"
    writer.write(head.encode() + _bomb())
    await writer.drain()
    await reader.read()


async def not_tls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer a TLS hello with something else."""
    await reader.read(100)
    writer.write(b"SSH-2.0-OpenSSH_9.9\r\n" * 20)
    await writer.drain()
    await reader.read()


async def flooding(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send without being asked, for ever."""
    while True:
        writer.write(b"abaab" * 10_000)
        await writer.drain()


async def in_small_pieces(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send a byte at a time, as fast as it goes."""
    while True:
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(0)


async def hanging_up(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Close at the first byte that comes."""
    await reader.read(1)


def deep_names(query: dns.message.Message, records: int) -> bytes:
    """An answer of PTR records, each of them a hundred labels in four bytes: the rest is pointed to."""
    asked = query.to_wire()
    found = bytearray(asked[:2] + b"\x81\x80\x00\x01" + records.to_bytes(2) + bytes(4) + asked[12:])
    head = b"\xc0\x0c" + struct.pack("!HHI", 12, 1, 60)
    deep = len(found) + len(head) + 2
    labels = b"\x01a" * 100 + b"\x00"
    found += head + struct.pack("!H", len(labels)) + labels
    for index in range(1, records):
        found += head + struct.pack("!HBHH", 5, 2, index, 0xC000 | deep)
    return bytes(found)


ALL: dict[str, Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]] = {
    "silent": silent,
    "closing": closing,
    "resetting": resetting,
    "dripping": dripping,
    "endless_headers": endless_headers,
    "endless_header": endless_header,
    "endless_interim": endless_interim,
    "endless_body": endless_body,
    "endless_chunks": endless_chunks,
    "bomb": bomb,
    "not_tls": not_tls,
    "hanging_up": hanging_up,
}
