"""What search engines read: whether they may come, and what there is to find.

`robots.txt` counts at a host's root alone; of a page in a folder the HTML says so itself. The sitemap names addresses
in full, and is worth reading from either place.
"""

from datetime import UTC, datetime
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from functions.publish.pages.document import Document
from tocsin.contracts.page_snapshot import PageSnapshot

SITEMAP: Final = "sitemap.xml"
NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def render(snapshot: PageSnapshot) -> dict[str, Document]:
    """`robots.txt`, and `sitemap.xml` where the page is meant to be found."""
    if not is_found(snapshot):
        return {"robots.txt": Document(b"User-agent: *\nDisallow: /\n", "text/plain; charset=utf-8")}
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {snapshot.url}/{SITEMAP}\n"
    return {
        "robots.txt": Document(robots.encode(), "text/plain; charset=utf-8"),
        SITEMAP: Document(_sitemap(snapshot), "application/xml"),
    }


def is_found(snapshot: PageSnapshot) -> bool:
    """Whether search engines may show the page: one that is made up is not to be taken for a real one."""
    return snapshot.is_indexed and not snapshot.is_demo


def _sitemap(snapshot: PageSnapshot) -> bytes:
    root = Element("urlset", {"xmlns": NAMESPACE})
    _add(root, f"{snapshot.url}/", None)
    _add(root, f"{snapshot.url}/history/", max((month.updated_at for month in snapshot.months), default=None))
    for month in snapshot.months:
        _add(root, f"{snapshot.url}/history/{month.month}/", month.updated_at)
    for report in snapshot.reports:
        _add(root, f"{snapshot.url}/reports/{report.id}/", report.updated_at)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _add(root: Element, address: str, changed_at: datetime | None) -> None:
    url = SubElement(root, "url")
    SubElement(url, "loc").text = address
    if changed_at is not None:
        SubElement(url, "lastmod").text = f"{changed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
