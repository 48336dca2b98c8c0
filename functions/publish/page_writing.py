"""Pages written to their bucket: what changes every minute, and the rest where something else has changed.

A page's folder is `pages/<slug>/`. Its documents have one manifest, those of each month another, so that a page of
thousands of reports is written month by month, over several invocations if need be. `status.json` has none: it says
itself of which snapshot it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from pydantic import Field, ValidationError

from functions.publish import pages
from functions.publish.bucket import Bucket, OvertakenError
from functions.publish.folder import Folder, Found, NewerError, Wanted, Written, marked
from functions.publish.pages.document import ASSET_SECONDS, Document
from tocsin.contracts.message import Instant, Message
from tocsin.contracts.page_objects import ASSETS_PREFIX, MANIFESTS_PREFIX, PAGES_PREFIX
from tocsin.platform import clock
from tocsin_data.db import Database
from tocsin_data.services import page_snapshots
from tocsin_data.services.page_site import Site
from tocsin_data.services.page_snapshots import PublicPage, Published, Reading

TRIES: Final = 4
GRACE_SECONDS: Final = 5
WAITED_FOR: Final = 100
"""So many reports at most are written before what links to them."""
AGAIN: Final = " again"
"""Makes a month's fingerprint another, so that the next full writing looks at it again."""


class About(Message):
    """What a page's manifest tells its next writer."""

    substance: str
    full_at: Instant
    looks: str
    months: dict[str, str] = Field(default_factory=dict[str, str])


@dataclass(slots=True)
class Counts:
    """What was done: pages written in full, or but for their status alone; objects written and deleted."""

    full: int = 0
    brief: int = 0
    put: int = 0
    deleted: int = 0
    overtaken: int = 0
    unfinished: list[PublicPage] = field(default_factory=list[PublicPage])


@dataclass(frozen=True, slots=True)
class Press:
    """Writes pages read from a database to a bucket, until `ends_at` of the stopwatch."""

    db: Database
    bucket: Bucket
    site: Site
    ends_at: float
    counts: Counts = field(default_factory=Counts)

    def is_late(self) -> bool:
        """Whether time is up."""
        return clock.seconds() >= self.ends_at

    def publish(self, page: PublicPage) -> None:
        """Write a page as of now. Whoever is overtaken by a newer number leaves the page to it.

        Raises ClientError and BotoCoreError, and what renderers raise.
        """
        folder = _folder(self.bucket, page.slug)
        found = folder.read()
        before = _published(found)
        reading = page_snapshots.read(self.db, page, self.site, before)
        if reading is None:
            return
        try:
            if reading.is_full and not self._write_all(page, folder, found, reading, before):
                self.counts.unfinished.append(page)
            self._write_live(page, reading)
        except NewerError:
            self.counts.overtaken += 1
            return
        self.counts.full += reading.is_full
        self.counts.brief += not reading.is_full

    def empty(self, slug: str, number: int) -> bool:
        """Delete whatever is in a folder of this number or an older one; False when there was no time for all."""
        prefixes = (f"{PAGES_PREFIX}{slug}/", f"{MANIFESTS_PREFIX}{slug}/")
        keys = [key for prefix in prefixes for key in self.bucket.keys(prefix)]
        found = self.bucket.at_once({key: partial(self._delete, key, number) for key in keys})
        self.counts.deleted += sum(is_gone is True for is_gone in found.values())
        return all(is_gone is not None for is_gone in found.values())

    def _delete(self, key: str, number: int) -> bool | None:
        """Delete an object unless a newer number has written it; None when there was no time."""
        if self.is_late():
            return None
        there = self.bucket.head(key)
        if there is None or there.number > number:
            return False
        try:
            self.bucket.delete(key, there.etag)
        except OvertakenError:
            return False  # a newer one has come, or another has emptied it
        return True

    def _write_all(
        self, page: PublicPage, folder: Folder, found: Found, reading: Reading, before: Published | None
    ) -> bool:
        """Write documents that have changed; whether that was all. What links to reports comes after them, unless there
        are so many that nobody can wait for it.
        """
        months = dict(before.months) if before is not None else {}
        is_first = sum(len(reports) for reports in reading.months.values()) > WAITED_FOR
        if not is_first:
            self._write_months(page, reading, months)
        documents = self._documents(reading)
        is_all = self._write_page(folder, found, reading, documents, months)
        if is_first and is_all:
            self._write_months(page, reading, months)
            is_all = self._write_page(folder, folder.read(), reading, documents, months)
        return is_all and _are_done(reading, months)

    def _write_page(
        self, folder: Folder, found: Found, reading: Reading, documents: Mapping[str, Document], months: dict[str, str]
    ) -> bool:
        """As long as months are missing the substance is not kept, so that the next publication writes them."""
        substance = reading.substance if _are_done(reading, months) else ""
        about = About(substance=substance, full_at=reading.snapshot.as_of, looks=looks(), months=months)
        kept = frozenset(logo.path for logo in reading.logos)
        wanted = Wanted(documents, kept, about.model_dump(mode="json"))
        return self._write(folder, found, reading.snapshot.number, wanted).is_all

    def _documents(self, reading: Reading) -> dict[str, Document]:
        logos = {
            logo.path: Document(logo.content, logo.content_type, ASSET_SECONDS)
            for logo in reading.logos
            if logo.content is not None
        }
        return {**pages.render(reading.snapshot), **logos}

    def _write_months(self, page: PublicPage, reading: Reading, months: dict[str, str]) -> None:
        """Write months that have changed, one at least, and note what they look like now."""
        report_ids = {str(report_id) for report_id in reading.report_ids}
        for n, (month, reports) in enumerate(reading.months.items()):
            if n and self.is_late():
                return
            elsewhere = report_ids - {str(report.id) for report in reports}
            documents = pages.render_month(reading.snapshot, month, reports) if reports else {}
            shelf = _month(self.bucket, page.slug, month)
            wanted = Wanted(documents, spared=_spared(elsewhere))
            written = self._write(shelf, shelf.read(), reading.snapshot.number, wanted)
            if not written.is_all:
                return
            months.pop(month, None)
            if month in reading.fingerprints or not written.is_settled:
                months[month] = reading.fingerprints.get(month, "") + ("" if written.is_settled else AGAIN)

    def _write(self, folder: Folder, found: Found, number: int, wanted: Wanted) -> Written:
        """However long it took to come here, some of it is written: whoever is asked anew would come no further."""
        ends_at = max(self.ends_at, clock.seconds() + GRACE_SECONDS)
        written = folder.write(found, number, wanted, lambda: clock.seconds() >= ends_at)
        self.counts.put += written.put
        self.counts.deleted += written.deleted
        return written

    def _write_live(self, page: PublicPage, reading: Reading) -> None:
        """Raises NewerError."""
        number = reading.snapshot.number
        for path, document in pages.render_live(reading.snapshot).items():
            key, content = f"{PAGES_PREFIX}{page.slug}/{path}", marked(document, number)
            for _ in range(TRIES):
                there = self.bucket.head(key)
                if there is not None and there.number == number:
                    break  # it had arrived, but its answer had not
                if there is not None and there.number > number:
                    raise NewerError
                try:
                    self.bucket.put(key, content, number, None if there is None else there.etag)
                except OvertakenError:
                    continue
                self.counts.put += 1
                break


def _are_done(reading: Reading, months: Mapping[str, str]) -> bool:
    """Whether every month was written as it is now."""
    return all(
        months.get(month, "").removesuffix(AGAIN) == fingerprint for month, fingerprint in reading.fingerprints.items()
    )


def put_assets(bucket: Bucket) -> None:
    """Put what all pages share where it is not; what pages have linked to before stays for who still has these."""
    for name, document in pages.assets().items():
        try:
            bucket.put(f"{ASSETS_PREFIX}{name}", document, 0, None)
        except OvertakenError:
            continue  # its name is its content's hash: it is there


@cache
def looks() -> str:
    """What everything looks like: other where a renderer or a template is another."""
    root = Path(pages.__file__).parent
    files = sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    digest = sha256()
    for path in files:
        digest.update(f"{path.relative_to(root)}\n".encode())
        digest.update(path.read_bytes())
    for name in sorted(pages.assets()):
        digest.update(name.encode())
    return digest.hexdigest()[:16]


def _published(found: Found) -> Published | None:
    """What the manifest says was published, as far as it needs no writing anew."""
    manifest = found.manifest
    try:
        about = About.model_validate(manifest.about)
    except ValidationError:
        return None
    if about.looks != looks():
        return Published("", about.full_at, dict.fromkeys(about.months, ""))
    if manifest.pending:
        return Published("", about.full_at, about.months)
    return Published(about.substance, about.full_at, about.months, frozenset(manifest.entries))


def _folder(bucket: Bucket, slug: str) -> Folder:
    return Folder(bucket, f"{PAGES_PREFIX}{slug}/", f"{MANIFESTS_PREFIX}{slug}/page.json")


def _month(bucket: Bucket, slug: str, month: str) -> Folder:
    return Folder(bucket, f"{PAGES_PREFIX}{slug}/", f"{MANIFESTS_PREFIX}{slug}/{month}.json")


def _spared(elsewhere: set[str]) -> Callable[[str], bool]:
    """Documents of reports that are published, but began in another month now."""
    return lambda path: path.count("/") > 0 and path.split("/")[1] in elsewhere
