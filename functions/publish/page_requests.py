"""Which pages a batch of requests wants written: those of organizations that somebody waits for first, then all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from pydantic import Field, Json

from functions.publish.bucket import Bucket
from functions.publish.page_writing import Press
from tocsin.contracts.edge import PAGES, PublishRequest
from tocsin.errors import QueueUnavailable, Unavailable
from tocsin.platform import clock, logs, queues
from tocsin.platform.settings import Settings
from tocsin_data.db import Contention, Database
from tocsin_data.services import page_snapshots
from tocsin_data.services.page_site import Site
from tocsin_data.services.page_snapshots import PublicPage

SERVICE: Final = "publish"


class PageSettings(Settings):
    """What publishing pages needs to know; without a bucket there are none. `page_domains` are domains by slugs."""

    pages_bucket: str | None = None
    pages_url: str = ""
    page_domains: Json[dict[str, str]] = Field(default_factory=dict[str, str])
    subscribe_url: str | None = None
    publications_queue_url: str | None = None
    pages_seconds: float = 8
    """How long an invocation begins with pages; what is left then is asked for anew."""


@dataclass(slots=True)
class _Round:
    """The pages that are wanted, and what has become of them. `after` is where the others begin.

    `gone` folders are to be emptied, of what is older than `number`.
    """

    waited: list[PublicPage]
    others: list[PublicPage]
    after: UUID | None
    gone: Sequence[str]
    number: int
    begun: int = 0
    failed: int = 0
    late: list[PublicPage] = field(default_factory=list[PublicPage])


def publish(db: Database, bucket: Bucket, known: PageSettings, requests: Sequence[PublishRequest]) -> None:
    """Write the pages that are wanted, those that somebody waits for first, and empty the folders of those that are
    public no more.

    A page that can't be written never keeps the others waiting: the sweep asks for it again within a minute. Raises
    Unavailable when the database is away.
    """
    began = clock.seconds()
    site = Site(known.pages_url, known.page_domains, known.subscribe_url)
    press = Press(db, bucket, site, began + known.pages_seconds)
    wanted = _wanted(press, requests)
    _write(press, wanted, wanted.waited)
    for slug in wanted.gone:
        _empty(press, slug, wanted.number)
    _write(press, wanted, wanted.others)
    _ask_again(known, wanted, press.counts.unfinished)
    counts = press.counts
    told = {"full": counts.full, "brief": counts.brief, "put": counts.put, "deleted": counts.deleted}
    more = {
        "overtaken": counts.overtaken,
        "failed": wanted.failed,
        "unfinished": len(counts.unfinished),
        "late": len(wanted.late),
    }
    seconds = round(clock.seconds() - began, 3)
    logs.logger(SERVICE).info("pages published", extra={"requests": len(requests), **told, **more, "seconds": seconds})
    logs.count(SERVICE, "PagesPublished", counts.full + counts.brief)
    logs.count(SERVICE, "PagesFailed", wanted.failed)


def _wanted(press: Press, requests: Sequence[PublishRequest]) -> _Round:
    """Which pages, and which folders are of what is public no more."""
    org_ids = {request.org_id for request in requests if request.org_id is not None}
    starts = {request.after_org_id for request in requests if request.org_id is None}
    waited, gone, number = page_snapshots.public(press.db, sorted(org_ids))
    if not starts:
        return _Round(waited, [], None, gone, number)
    after = None if None in starts else min(start for start in starts if start is not None)
    everything, _, _ = page_snapshots.public(press.db, None, after)
    return _Round(waited, [page for page in everything if page not in waited], after, gone, number)


def _write(press: Press, wanted: _Round, pages: Sequence[PublicPage]) -> None:
    """Write pages as long as there is time, one at least in all."""
    for page in pages:
        if wanted.begun and press.is_late():
            wanted.late.append(page)
        else:
            wanted.begun += 1
            wanted.failed += not _written(press, page)


def _empty(press: Press, slug: str, number: int) -> None:
    try:
        if press.empty(slug, number):
            page_snapshots.emptied(press.db, slug)
    except Exception:  # noqa: BLE001 - one folder that can't be emptied must not keep pages waiting
        logs.logger(SERVICE).exception("folder not emptied", extra={"slug": slug})
        logs.count(SERVICE, "PagesFailed")


def _written(press: Press, page: PublicPage) -> bool:
    try:
        press.publish(page)
    except Exception as error:
        if isinstance(error, Unavailable) and not isinstance(error, Contention):
            raise
        about = {"org_id": str(page.org_id), "page_id": str(page.id)}
        logs.logger(SERVICE).exception("page not published", extra=about)
        return False
    return True


def _ask_again(known: PageSettings, wanted: _Round, unfinished: Sequence[PublicPage]) -> None:
    """Have written what there was no time for: what was begun or somebody waits for, and all others from there on."""
    others = [page for page in wanted.late if page not in wanted.waited]
    org_ids = {page.org_id for page in [*unfinished, *(page for page in wanted.late if page in wanted.waited)]}
    requests = [PublishRequest(document=PAGES, org_id=org_id) for org_id in sorted(org_ids)]
    if others:
        before = [page.org_id for page in wanted.others if page.org_id < others[0].org_id]
        requests.append(PublishRequest(document=PAGES, after_org_id=before[-1] if before else wanted.after))
    if not requests or known.publications_queue_url is None:
        return
    try:
        queues.send(
            known.publications_queue_url,
            [queues.Outgoing(request.to_json(), str(request.org_id or PAGES)) for request in requests],
        )
    except QueueUnavailable as error:
        logs.logger(SERVICE).warning("the rest is left to the sweep", extra={"detail": str(error)})
