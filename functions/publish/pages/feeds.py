"""What a page has told, as feeds: Atom (RFC 4287) and RSS 2.0, in the shape of Statuspage's own.

Programs read the newest update's status from the first `<strong>` of an entry's HTML, and a maintenance's times from
`pubDate` and `maintenanceEndDate`, which is of no standard. What stands between is HTML in XML: escaped once for each.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Final
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement
from zoneinfo import ZoneInfo

from functions.publish.pages import digest
from functions.publish.pages.document import Document
from functions.publish.pages.words import Words, catalogue
from tocsin.contracts.page_snapshot import PageSnapshot, SnapshotReport, SnapshotUpdate
from tocsin.domain.status_page import ReportKind, ReportStatus

ATOM_PATH: Final = "history.atom"
RSS_PATH: Final = "history.rss"
MOST_REPORTS: Final = 25
MOST_OF_A_REPORT: Final = 10_000
"""So many characters of HTML an entry may be, the newest update first, which is always whole."""
ATOM: Final = "http://www.w3.org/2005/Atom"
ATOM_TYPE: Final = "application/atom+xml"
RSS_TYPE: Final = "application/rss+xml"
SCHEDULED: Final = "THIS IS A SCHEDULED EVENT"
"""What programs tell maintenance by."""


def render(snapshot: PageSnapshot) -> dict[str, Document]:
    """`history.atom` and `history.rss`, of the same reports."""
    words = Words(snapshot.language, ZoneInfo(snapshot.time_zone))
    reports = digest.newest(snapshot, None, MOST_REPORTS)
    contents = [_content(snapshot, report, words) for report in reports]
    told = list(zip(reports, contents, strict=True))
    return {
        ATOM_PATH: _document(_atom(snapshot, words, told), ATOM_TYPE),
        RSS_PATH: _document(_rss(snapshot, words, told), RSS_TYPE),
    }


def _atom(snapshot: PageSnapshot, words: Words, told: Sequence[tuple[SnapshotReport, str]]) -> Element:
    tag, folder = _tag(snapshot)
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": snapshot.language})
    _text(feed, "id", f"{tag}:{folder}/history")
    _link(feed, "alternate", "text/html", snapshot.url)
    _link(feed, "self", ATOM_TYPE, f"{snapshot.url}/{ATOM_PATH}")
    _text(feed, "title", _title(snapshot, words))
    _text(feed, "updated", _atom_instant(_changed_at(snapshot, told)))
    _text(SubElement(feed, "author"), "name", digest.line(snapshot.name))
    for report, content in told:
        entry = SubElement(feed, "entry")
        _text(entry, "id", f"{tag}:Incident/{report.id.hex}")
        _text(entry, "published", _atom_instant(_published_at(report)))
        _text(entry, "updated", _atom_instant(report.updated_at))
        _link(entry, "alternate", "text/html", digest.incident_url(snapshot, report))
        _text(entry, "title", digest.line(report.title))
        _text(entry, "content", content, {"type": "html"})
    return feed


def _rss(snapshot: PageSnapshot, words: Words, told: Sequence[tuple[SnapshotReport, str]]) -> Element:
    rss = Element("rss", {"version": "2.0", "xmlns:atom": ATOM})
    channel = SubElement(rss, "channel")
    _text(channel, "title", _title(snapshot, words))
    _text(channel, "link", snapshot.url)
    _link(channel, "self", RSS_TYPE, f"{snapshot.url}/{RSS_PATH}", "atom:link")
    _text(channel, "description", words("page.title", name=digest.line(snapshot.name)))
    _text(channel, "language", snapshot.language)
    _text(channel, "pubDate", _rss_instant(_changed_at(snapshot, told)))
    for report, content in told:
        item = SubElement(channel, "item")
        _text(item, "title", digest.line(report.title))
        _text(item, "description", content)
        _text(item, "pubDate", _rss_instant(report.scheduled_for or _published_at(report)))
        if report.scheduled_until is not None:
            _text(item, "maintenanceEndDate", _rss_instant(report.scheduled_until))
        _text(item, "link", digest.incident_url(snapshot, report))
        _text(item, "guid", report.id.urn, {"isPermaLink": "false"})
    return rss


def _content(snapshot: PageSnapshot, report: SnapshotReport, words: Words) -> str:
    """A report as HTML: when it is planned for, and its updates, newest first."""
    updates = digest.within((_update(update, words) for update in report.updates), len, MOST_OF_A_REPORT)
    parts = [_planned(report, words), *updates]
    if not updates:
        parts.append(f"<p><strong>{_status(report.status, words)}</strong></p>")
    elif len(updates) < len(report.updates):
        url = escape(digest.incident_url(snapshot, report))
        left = words("report.earlier", count=len(report.updates) - len(updates))
        parts.append(f'<p><a href="{url}">{escape(left)}</a></p>')
    return "".join(parts)


def _update(update: SnapshotUpdate, words: Words) -> str:
    body = escape(digest.clean(update.body).strip()).replace("\n", "<br />")
    when = f"{_day(update.display_at, words)}, {_time(update.display_at, words)} {_zone(update.display_at, words)}"
    return f"<p><small>{when}</small><br><strong>{_status(update.status, words)}</strong> - {body}</p>"


def _planned(report: SnapshotReport, words: Words) -> str:
    """The line that says of maintenance to come when it is to be."""
    begins, ends = report.scheduled_for, report.scheduled_until
    if report.kind is not ReportKind.MAINTENANCE or report.status is not ReportStatus.SCHEDULED or begins is None:
        return ""
    text = f"{SCHEDULED} {_day(begins, words)}, {_time(begins, words)}"
    if ends is not None:
        same_day = words.local(begins).date() == words.local(ends).date()
        text += f" - {'' if same_day else _day(ends, words) + ', '}{_time(ends, words)}"
    return f"<p><strong>{text} {_zone(ends or begins, words)}</strong></p>"


def _status(status: ReportStatus, words: Words) -> str:
    return escape(words(f"report.{status}"))


def _day(instant: datetime, words: Words) -> str:
    local = words.local(instant)
    return f"{catalogue(words.language)['months.short'][local.month - 1]} <var data-var='date'>{local.day}</var>"


def _time(instant: datetime, words: Words) -> str:
    return f"<var data-var='time'>{words.local(instant):%H:%M}</var>"


def _zone(instant: datetime, words: Words) -> str:
    return escape(words.zone_name(instant))


def _title(snapshot: PageSnapshot, words: Words) -> str:
    return words("feed.title", name=digest.line(snapshot.name))


def _tag(snapshot: PageSnapshot) -> tuple[str, str]:
    """The start of tag URIs (RFC 4151) on the page's host, and its folder there, which tells pages of a host apart."""
    parts = urlsplit(snapshot.url)
    return f"tag:{parts.hostname},2005", parts.path.rstrip("/")


def _published_at(report: SnapshotReport) -> datetime:
    """When the report was first told."""
    return min((update.display_at for update in report.updates), default=report.created_at)


def _changed_at(snapshot: PageSnapshot, told: Sequence[tuple[SnapshotReport, str]]) -> datetime:
    return max((report.updated_at for report, _ in told), default=snapshot.updated_at)


def _atom_instant(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _rss_instant(instant: datetime) -> str:
    return format_datetime(instant.astimezone(UTC))


def _text(parent: Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    SubElement(parent, name, attributes or {}).text = text


def _link(parent: Element, relation: str, kind: str, address: str, name: str = "link") -> None:
    SubElement(parent, name, {"rel": relation, "type": kind, "href": address})


def _document(root: Element, kind: str) -> Document:
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return Document(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode(), f"{kind}; charset=utf-8")
