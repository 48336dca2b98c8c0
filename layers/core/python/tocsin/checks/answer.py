"""An HTTP/1.1 answer as it is read: status, headers and the beginning of its body, each within bounds.

The grammar is llhttp's (by httptools), strict: what other servers and clients could read differently is refused.
"""

import re
import zlib
from codecs import decode
from typing import Final

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from tocsin.checks.attempt import Failed
from tocsin.domain.monitor import Reason

MAX_HEAD: Final = 32_768
"""Bytes of all that comes before the body, interim answers (1xx) included."""
MAX_BODY: Final = 1_000_000
"""Bytes of a body that are read, and that a compressed one is inflated to; assertions see so much of it."""
BEGINNING: Final = 10_000
MAX_WIRE: Final = 1_300_000
"""Bytes that are received for it, its chunks' framing included."""
MAX_PIECES: Final = 20_000
"""Times that something is received, and chunks: who sends byte by byte is not listened to for ever."""
INFORMATION: Final = range(100, 200)
SWITCHING: Final = 101
WITHOUT_BODY: Final = (204, 304)
CHARSET: Final = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})""", re.I)
UTF_8: Final = ("utf-8", "utf8", "us-ascii")
CHARSETS: Final = frozenset(
    {"utf-8", "utf8", "us-ascii", "iso-8859-1", "latin1", "iso-8859-2", "iso-8859-15", "windows-1250", "windows-1251"}
    | {"windows-1252", "utf-16", "utf-16le", "utf-16be", "shift_jis", "euc-jp", "euc-kr", "gbk", "gb2312", "gb18030"}
    | {"big5", "koi8-r"}
)
"""Those whose decoder is quick on any input; Python knows others that aren't."""


class Answer:
    """Fed with what is received until `done`; `head_only` for the answer to HEAD.

    Without `whole` no more is kept of a body than an excerpt needs: hundreds are read at the same time.
    """

    def __init__(self, *, head_only: bool, whole: bool = True) -> None:
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self.done = False
        self.cut = False
        """Whether there was more of the body than is read."""
        self._kept = MAX_BODY if whole else BEGINNING
        self._read = 0
        self._head_only = head_only
        self._in_head = True
        self._received = 0
        self._pieces = 0
        self._body = bytearray()
        self._members = 0
        self._inflate: zlib._Decompress | None = None  # pyright: ignore[reportPrivateUsage] - it has no other name
        self._parser = HttpResponseParser(self)

    def feed(self, data: bytes) -> None:
        """Take what was received; nothing means that the other side has closed. Raises Failed."""
        if not data:
            self._end()
            return
        self._received += len(data)
        self._pieces += 1
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade:
            self.done = True
        except HttpParserError as error:
            self._raised(error)
        if self._in_head and not self.done:
            self._bound_head()
        elif self._received > MAX_WIRE or self._pieces > MAX_PIECES:
            self.cut = self.cut or not self.done
            self.done = True

    def header(self, name: str) -> str | None:
        """A header by its name in lower case, several of them joined by commas."""
        found = [value for each, value in self.headers if each == name]
        return ", ".join(found) if found else None

    @property
    def body(self) -> bytes:
        """What was read of the body, inflated."""
        return bytes(self._body)

    def text(self) -> str:
        """The body as its header says that it is encoded, else as UTF-8; what is neither becomes U+FFFD."""
        return decode(self._body, self._charset(), "replace")

    def utf8(self) -> bytes:
        """The same as UTF-8."""
        return self.body if self._charset() in UTF_8 else self.text().encode(errors="replace")

    def beginning(self) -> str:
        """What an excerpt is made of; nothing of what can't be read."""
        return decode(self._body[:BEGINNING], self._charset(), "replace") if self.encoding() is None else ""

    def _charset(self) -> str:
        found = CHARSET.search(self.header("content-type") or "")
        charset = found[1].lower() if found else "utf-8"
        return charset if charset in CHARSETS else "utf-8"

    def encoding(self) -> str | None:
        """What the body is still encoded by, after the inflating done here."""
        given = (self.header("content-encoding") or "identity").strip().lower()
        return None if given in ("identity", "gzip", "x-gzip") else given

    def on_header(self, name: bytes, value: bytes) -> None:
        """From the parser."""
        self.headers.append((name.decode("latin-1").lower(), value.decode("latin-1")))

    def on_headers_complete(self) -> None:
        """From the parser."""
        self.status = self._parser.get_status_code()
        if self.status in INFORMATION and self.status != SWITCHING:
            self.headers.clear()
            return
        self._in_head = False
        if self._head_only or self.status in WITHOUT_BODY or self.status == SWITCHING:
            self.done = True
        elif (self.header("content-encoding") or "").strip().lower() in ("gzip", "x-gzip"):
            self._inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)

    def on_body(self, data: bytes) -> None:
        """From the parser."""
        if self.done:
            return
        self._pieces += 1
        room = MAX_BODY - self._read
        found = data if self._inflate is None else self._inflated(data, room + 1)
        if len(found) > room:
            self.cut = self.done = True
        self._read += len(found)
        self._body += found[: max(0, min(room, self._kept - len(self._body)))]

    def on_message_complete(self) -> None:
        """From the parser."""
        if self._in_head:
            return
        if self._inflate is not None and self._read and not self._members and not self.cut:
            raise Failed(Reason.PROTOCOL_ERROR, "The body is a gzip that ends too early.")
        self.done = True

    def _inflated(self, data: bytes, most: int) -> bytes:
        found = bytearray()
        while data and self._inflate is not None and len(found) < most:
            try:
                found += self._inflate.decompress(data, most - len(found))
            except zlib.error:
                if self._members:  # padding after what was compressed, which browsers pass over too
                    break
                raise Failed(Reason.PROTOCOL_ERROR, "The body is not the gzip that it says it is.") from None
            if not self._inflate.eof:
                break
            self._members += 1
            data = self._inflate.unused_data
            self._inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
        return bytes(found)

    def _raised(self, error: HttpParserError) -> None:
        cause = error.__cause__ or error.__context__
        if isinstance(cause, Failed):
            raise cause
        if self.done:  # what follows a whole answer is nobody's concern
            return
        words = str(error).strip() or "no reason given"
        raise Failed(Reason.PROTOCOL_ERROR, f"The answer is not HTTP/1.1: {words[:200]}.") from None

    def _bound_head(self) -> None:
        if self._received > MAX_HEAD or self._pieces > MAX_PIECES:
            raise Failed(Reason.HEADERS_TOO_LARGE, f"The answer's headers are longer than {MAX_HEAD:,} bytes.")

    def _end(self) -> None:
        if self._received == 0:
            raise Failed(Reason.CONNECTION_CLOSED, "The other side closed the connection without an answer.")
        if self._in_head:
            raise Failed(Reason.CONNECTION_CLOSED, "The other side closed the connection within the headers.")
        chunked = "chunked" in (self.header("transfer-encoding") or "").lower()
        if chunked or self.header("content-length") is not None:
            raise Failed(Reason.CONNECTION_CLOSED, "The other side closed the connection within the body.")
        self.done = True
