"""From a page's snapshot to its documents, by their paths below the page's own folder: pure functions, listed here.

Every minute `status.json` is written, of the rest what has other content than before. A document that shows `as_of`
or figures is so written every five minutes at most and at every change; one that does not, only when its words change.
So reports, months, feeds and the sitemap show neither, and badges nothing but statuses.
"""

from collections.abc import Callable, Sequence

from functions.publish.pages import (
    asset_files,
    badges,
    calendar_file,
    crawling,
    feeds,
    html,
    shields,
    status_json,
    statuspage,
)
from functions.publish.pages.document import Document
from tocsin.contracts.page_snapshot import PageSnapshot, SnapshotReport

type OfPage = Callable[[PageSnapshot], dict[str, Document]]
type OfMonth = Callable[[PageSnapshot, str, Sequence[SnapshotReport]], dict[str, Document]]
"""Of the snapshot it may read what is not `as_of`, components' statuses and figures, or reports: `render_month`."""

OF_EVERY_MINUTE: tuple[OfPage, ...] = (status_json.render,)
OF_PAGES: tuple[OfPage, ...] = (
    html.render,
    badges.render,
    shields.render,
    statuspage.render,
    feeds.render,
    calendar_file.render,
    crawling.render,
)
OF_MONTHS: tuple[OfMonth, ...] = (html.render_month,)
ASSETS: tuple[Callable[[], dict[str, Document]], ...] = (asset_files.render,)


def render_live(snapshot: PageSnapshot) -> dict[str, Document]:
    """What is written every minute."""
    return _all(OF_EVERY_MINUTE, snapshot)


def render(snapshot: PageSnapshot) -> dict[str, Document]:
    """The page's documents, but for those of months and of single reports."""
    return _all(OF_PAGES, snapshot)


def render_month(snapshot: PageSnapshot, month: str, reports: Sequence[SnapshotReport]) -> dict[str, Document]:
    """A month's document, and those of each report that began in it: `history/<month>/…`, `reports/<id>/…`.

    `reports` are all that began in the month (YYYY-MM, in the page's zone), newest first, with all their updates.
    """
    return {path: document for renderer in OF_MONTHS for path, document in renderer(snapshot, month, reports).items()}


def assets() -> dict[str, Document]:
    """What all pages share, by names that hold the content's hash: `status.<hash>.css`."""
    return {name: document for renderer in ASSETS for name, document in renderer().items()}


def _all(renderers: Sequence[OfPage], snapshot: PageSnapshot) -> dict[str, Document]:
    return {path: document for renderer in renderers for path, document in renderer(snapshot).items()}
