"""A folder of the bucket under a manifest: only what has changed is written, what is gone is deleted, and an older
snapshot never comes over a newer one, whoever is killed or overtaken when.

Who wants to write claims the folder first: the manifest gets their number, and as `pending` every path they may touch;
no claim is laid over that of a newer number. Then they write and delete, each object only as they know it. Last the
manifest says what is there. Who finds `pending` paths (somebody was killed, or is still at it) looks at these objects
themselves and writes them all, even those that are as wanted: no two numbers' objects have the same ETag, so what the
other sends from then on is refused.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final

from pydantic import Field, ValidationError

from functions.publish.bucket import Bucket, OvertakenError, Stored
from functions.publish.pages.document import Document
from tocsin.contracts.message import Message

TRIES: Final = 5
GONE_SECONDS: Final = 900
"""For so long it is made sure that what was deleted stays away; no publisher is overtaken for longer."""
JSON: Final = "application/json"


class Entry(Message):
    """An object as it was written: the hash of what it holds, and its ETag."""

    hash: str
    etag: str


class Manifest(Message):
    """What is in a folder. `pending` paths may hold anything; `gone` ones were deleted, when in milliseconds.

    `about` is what the writer wants to know of it next time.
    """

    number: int = 0
    about: dict[str, Any] = Field(default_factory=dict[str, Any])
    entries: dict[str, Entry] = Field(default_factory=dict[str, Entry])
    pending: list[str] = Field(default_factory=list[str])
    gone: dict[str, int] = Field(default_factory=dict[str, int])


class NewerError(Exception):
    """A newer snapshot is being written, or has been."""


@dataclass(frozen=True, slots=True)
class Found:
    """A manifest as it was read, and its ETag; none where there is none."""

    manifest: Manifest
    etag: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a folder is to hold: documents by their paths, and what was there before and stays.

    `about` is kept with the manifest once all of it is written; `spared` are paths never deleted.
    """

    documents: Mapping[str, Document]
    kept: frozenset[str] = frozenset()
    about: Mapping[str, Any] | None = None
    spared: Callable[[str], bool] = lambda _: False


@dataclass(frozen=True, slots=True)
class Written:
    """How many objects were written and deleted, and whether that was all; time may have run out.

    Not `is_settled`: it must be looked at again soon, since of what was deleted something may come back.
    """

    put: int = 0
    deleted: int = 0
    is_all: bool = True
    is_settled: bool = True


@dataclass(frozen=True, slots=True)
class Folder:
    """Objects below a prefix (with a slash at its end), and the key of their manifest, which is no such object."""

    bucket: Bucket
    prefix: str
    manifest_key: str

    def read(self) -> Found:
        """What is there, as its manifest says; one that can't be read counts as none."""
        stored = self.bucket.get(self.manifest_key)
        if stored is None:
            return Found(Manifest(), None)
        try:
            return Found(Manifest.model_validate_json(stored.content), stored.etag)
        except ValidationError:
            # whatever there is, all of it is written anew
            return Found(Manifest(number=stored.number), stored.etag)

    def write(self, found: Found, number: int, wanted: Wanted, is_late: Callable[[], bool]) -> Written:
        """Make the folder hold what is wanted of a snapshot's number, as far as there is time.

        Raises NewerError where a newer number has been before, at the latest by when this is done.
        """
        for _ in range(TRIES):
            manifest = found.manifest
            if manifest.number > number:
                raise NewerError
            work = _Work.of(manifest, wanted)
            if work.is_none and (wanted.about is None or manifest.about == wanted.about):
                return Written()
            pending = sorted({*manifest.pending, *work.touched} - {*work.forgotten})
            claim = manifest.model_copy(update={"number": number, "pending": pending})
            try:
                # without anything to write the claim is the end of it
                etag = self._put(claim if work.touched else _ended(claim, work, wanted), number, found.etag)
            except OvertakenError:
                found = self.read()
                continue
            return self._do(Found(claim, etag), work, wanted, is_late) if work.touched else Written()
        raise NewerError

    def _do(self, claim: Found, work: "_Work", wanted: Wanted, is_late: Callable[[], bool]) -> Written:
        number = claim.manifest.number
        seen = {
            path: _Seen(path, None if path in work.unknown or entry is None else entry.etag, path in work.unknown)
            for path in work.touched
            for entry in [claim.manifest.entries.get(path)]
        }
        puts = {p: partial(self._place, seen[p], d, number, is_late) for p, d in work.puts.items()}
        deletes = {p: partial(self._remove, seen[p], number, is_late) for p in work.deletes}
        placed = {path: entry for path, entry in self.bucket.at_once(puts).items() if entry is not None}
        removed = {path for path, is_gone in self.bucket.at_once(deletes).items() if is_gone}
        ended = _ended(claim.manifest, work, wanted, placed, removed)
        try:
            self._put(ended, number, claim.etag)
        except OvertakenError as error:
            raise NewerError from error
        return Written(len(placed), len(removed), not ended.pending, not ended.pending and not ended.gone)

    def _put(self, manifest: Manifest, number: int, etag: str | None) -> str:
        document = Document(manifest.to_json().encode(), JSON, 0)
        return self.bucket.put(self.manifest_key, document, number, etag)

    def _place(self, seen: "_Seen", document: Document, number: int, is_late: Callable[[], bool]) -> Entry | None:
        """Write an object; None when there is no time left. Raises NewerError."""
        if is_late():
            return None
        key, content = self.prefix + seen.path, marked(document, number)
        etag = self._etag(seen, number)
        for _ in range(TRIES):
            try:
                return Entry(hash=hashed(document), etag=self.bucket.put(key, content, number, etag))
            except OvertakenError:
                there = self._again(key, number)
                if there is not None and there.number == number:
                    return Entry(hash=hashed(document), etag=there.etag)  # it had arrived, but its answer had not
                etag = there and there.etag
        raise NewerError

    def _remove(self, seen: "_Seen", number: int, is_late: Callable[[], bool]) -> bool:
        """Delete an object; False when there is no time left. Raises NewerError."""
        if is_late():
            return False
        key = self.prefix + seen.path
        etag = self._etag(seen, number)
        for _ in range(TRIES):
            if etag is None:
                return True
            try:
                self.bucket.delete(key, etag)
            except OvertakenError:
                there = self._there(key, number)
                etag = there and there.etag
            else:
                return True
        raise NewerError

    def _etag(self, seen: "_Seen", number: int) -> str | None:
        if not seen.is_unknown:
            return seen.etag
        there = self._there(self.prefix + seen.path, number)
        return there and there.etag

    def _again(self, key: str, number: int) -> Stored | None:
        """What is there after somebody else was. What is gone may be so by a newer number's doing, and must stay so."""
        there = self._there(key, number)
        if there is None and self.read().manifest.number != number:
            raise NewerError
        return there

    def _there(self, key: str, number: int) -> Stored | None:
        there = self.bucket.head(key)
        if there is not None and there.number > number:
            raise NewerError
        return there


@dataclass(frozen=True, slots=True)
class _Seen:
    """A path, and the ETag of what the manifest says is there; unless that is unknown."""

    path: str
    etag: str | None
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be written, deleted and forgotten; of `unknown` paths nobody knows what is there."""

    puts: Mapping[str, Document]
    deletes: Collection[str]
    forgotten: Collection[str]
    unknown: frozenset[str]

    @classmethod
    def of(cls, manifest: Manifest, wanted: Wanted) -> "_Work":
        """What of the wanted is not there."""
        pending = set(manifest.pending)
        puts = {
            path: document
            for path, document in wanted.documents.items()
            if path in pending or path not in manifest.entries or manifest.entries[path].hash != hashed(document)
        }
        known = {*manifest.entries, *pending, *manifest.gone}
        others = sorted(known - {*wanted.documents, *wanted.kept})
        forgotten = [path for path in others if wanted.spared(path)]
        deletes = [path for path in others if not wanted.spared(path)]
        return cls(puts, deletes, forgotten, frozenset({*pending, *manifest.gone}))

    @property
    def touched(self) -> list[str]:
        """The paths it may change."""
        return sorted({*self.puts, *self.deletes})

    @property
    def is_none(self) -> bool:
        """Whether all is as wanted."""
        return not self.puts and not self.deletes and not self.forgotten


def hashed(document: Document) -> str:
    """A document's hash, in which its type and its time in caches count too."""
    about = f"{document.content_type}\n{document.cache_seconds}\n".encode()
    return sha256(about + document.content).hexdigest()[:24]


def marked(document: Document, number: int) -> Document:
    """The document of a snapshot's number, other than that of every other number, and the same to who reads it."""
    content, kind = document.content, document.content_type.partition(";")[0]
    if kind == JSON:
        # white space says it in binary, since JSON has no comments
        mark = f"\n{number:b}\n".replace("0", " ").replace("1", "\t").encode()
    elif kind == "text/calendar":
        # among the calendar's properties: RFC 5545 has them before its parts
        ends = (content.find(end) for end in (b"\r\nBEGIN:", b"\r\nEND:VCALENDAR"))
        place = min(end for end in ends if end >= 0)
        return Document(
            content[:place] + f"\r\nX-TOCSIN-NUMBER:{number}".encode() + content[place:],
            document.content_type,
            document.cache_seconds,
        )
    elif kind == "text/plain":
        mark = f"# {number}\n".encode()
    else:
        mark = f"<!-- {number} -->\n".encode()
    return Document(content + mark, document.content_type, document.cache_seconds)


def _ended(
    claim: Manifest,
    work: _Work,
    wanted: Wanted,
    placed: Mapping[str, Entry] = MappingProxyType({}),
    removed: Collection[str] = (),
) -> Manifest:
    """The manifest at the end: what was written is there, what was not stays pending."""
    lost = {*removed, *work.forgotten}
    left = [path for path in claim.pending if path not in placed and path not in lost]
    entries = {path: entry for path, entry in claim.entries.items() if path not in lost} | dict(placed)
    return Manifest(
        number=claim.number,
        about=claim.about if left or wanted.about is None else dict(wanted.about),
        entries=entries,
        pending=left,
        gone={
            path: at
            for path in removed
            if claim.number - (at := claim.gone.get(path, claim.number)) < GONE_SECONDS * 1_000
        },
    )
