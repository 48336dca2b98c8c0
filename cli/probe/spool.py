"""Results on disk until home has them: written ahead of every sending, sent in their order, each under its number.

A batch is a file whose name is its sequence. `sent` holds the number up to which home has answered; what is not above
it is done, whatever a crash has left lying about. A number is never given twice, and a batch that home may have got
without the answer having come back is sent again as it was: home knows it by what is in it.
"""

import gzip
import threading
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cli.probe.home import write_durably
from tocsin.contracts.checks import CheckResult, ShardReport
from tocsin.contracts.probes import ProbeBatch
from tocsin.platform.ids import new_id

SENT: Final = "sent"
SUFFIX: Final = ".json.gz"
REJECTED: Final = ".rejected"
MOST_REJECTED: Final = 20


@dataclass(frozen=True, slots=True)
class Spooled:
    """A batch to send: its number, and its body as it is posted."""

    sequence: int
    body: bytes


class Spool:
    """One folder of batches, at most `most_bytes` of them: the oldest go first, and are counted as lost.

    Threads may share it. Raises OSError for what the disk refuses.
    """

    def __init__(self, folder: Path, *, most_bytes: int) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self.lost = 0
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in folder.glob("*.new"):
            left.unlink()
        self._sent = self._read_sent()
        self._sizes = {_number(path): path.stat().st_size for path in folder.glob(f"*{SUFFIX}")}
        for done in [number for number in self._sizes if number <= self._sent]:
            self._remove(done)
        self._last = max([self._sent, *self._sizes])

    def __len__(self) -> int:
        return len(self._sizes)

    @property
    def size(self) -> int:
        """Bytes of what waits."""
        return sum(self._sizes.values())

    @property
    def last(self) -> int:
        """The highest number that was given."""
        return self._last

    def append(self, results: Sequence[CheckResult], reports: Sequence[ShardReport], sent_at: datetime) -> int:
        """Write a batch under the next number, which is answered; then it survives the power going out."""
        with self._lock:
            sequence = self._last + 1
            batch = ProbeBatch(
                batch_id=new_id(), sequence=sequence, sent_at=sent_at, results=list(results), reports=list(reports)
            )
            body = gzip.compress(batch.to_json().encode(), 6, mtime=0)
            self._make_room(len(body))
            write_durably(self._path(sequence), body)
            self._last, self._sizes[sequence] = sequence, len(body)
            return sequence

    def oldest(self) -> Spooled | None:
        """What to send next; a file that can't be read any more is put aside."""
        with self._lock:
            while self._sizes:
                sequence = min(self._sizes)
                try:
                    body = self._path(sequence).read_bytes()
                    is_whole = bool(gzip.decompress(body))
                except (OSError, EOFError, zlib.error):
                    is_whole, body = False, b""
                if is_whole:
                    return Spooled(sequence, body)
                self._put_aside(sequence)
            return None

    def acknowledge(self, sequence: int) -> None:
        """Home has a batch, and had those before it."""
        with self._lock:
            self._end(sequence)

    def reject(self, sequence: int) -> None:
        """Home will never take a batch: keep it for people, at most twenty, and go on with the next."""
        with self._lock:
            self._put_aside(sequence)

    def _make_room(self, size: int) -> None:
        while self._sizes and self.size + size > self._most_bytes:
            self._end(min(self._sizes))
            self.lost += 1

    def _put_aside(self, sequence: int) -> None:
        path = self._path(sequence)
        with suppress(FileNotFoundError):
            path.replace(path.with_name(f"{path.name}{REJECTED}"))
        self._sizes.pop(sequence, None)
        self.lost += 1
        for old in sorted(self._folder.glob(f"*{REJECTED}"))[:-MOST_REJECTED]:
            old.unlink(missing_ok=True)
        self._mark(sequence)

    def _end(self, sequence: int) -> None:
        """Note that a batch is done before its file goes. A disk with no room for the note may have some afterwards; if
        not, the next one takes its place: what has no file is not sent again.
        """
        try:
            self._mark(sequence)
        except OSError:
            self._remove(sequence)
            with suppress(OSError):
                self._mark(sequence)
        else:
            self._remove(sequence)

    def _mark(self, sequence: int) -> None:
        self._sent = max(self._sent, sequence)
        write_durably(self._folder / SENT, str(self._sent).encode())

    def _remove(self, sequence: int) -> None:
        self._path(sequence).unlink(missing_ok=True)
        self._sizes.pop(sequence, None)

    def _read_sent(self) -> int:
        try:
            return int((self._folder / SENT).read_text())
        except FileNotFoundError:
            return 0

    def _path(self, sequence: int) -> Path:
        return self._folder / f"{sequence:020}{SUFFIX}"


def _number(path: Path) -> int:
    return int(path.name.removesuffix(SUFFIX))
