"""Feeds of pages as readers of feeds parse them, and as programs that were written for Statuspage's do."""

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any, Final
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings

from functions.publish.folder import marked
from functions.publish.pages import digest, feeds
from functions.publish.pages.document import Document
from tests.support.snapshots import HOSTILE, snapshots
from tests.web import samples
from tocsin.contracts.page_snapshot import PageSnapshot, SnapshotReport
from tocsin.domain.status_page import ReportKind, ReportStatus

URL: Final = "https://status.acme.example"
NOW: Final = samples.NOW
ATOM: Final = "{http://www.w3.org/2005/Atom}"
SAID: Final = re.compile(r"<strong>([^<]*)</strong> - (.*?)</p>", re.DOTALL)
"""How a status and its text are read from an entry, in the parsers that are public."""
PATHS: Final = ("history.atom", "history.rss")


def parsed(document: Document) -> Any:
    """The feed as feedparser has it, which says of nothing that it was malformed."""
    found = feedparser.parse(document.content, response_headers={"content-type": document.content_type})
    assert not found.bozo, found.bozo_exception
    return found


def contents(snapshot: PageSnapshot, path: str) -> list[str]:
    """The HTML of each entry, as it was before it was put into XML."""
    root = ElementTree.fromstring(feeds.render(snapshot)[path].content)  # noqa: S314 - our own
    found = root.iter(f"{ATOM}content") if path.endswith("atom") else root.iter("description")
    texts = [element.text or "" for element in found]
    return texts if path.endswith("atom") else texts[1:]


class Tags(HTMLParser):
    """The elements of some HTML, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it; none has an attribute but those we write."""
        assert dict(attrs).keys() <= {"data-var", "href"}
        self.names.append(tag)

    def handle_data(self, data: str) -> None:
        """Keep it."""
        self.text += data


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(snapshots())
def test_whatever_a_page_says_its_feeds_are_well_formed(snapshot: PageSnapshot) -> None:
    documents = feeds.render(snapshot)
    later = snapshot.model_copy(update={"number": snapshot.number + 1, "as_of": snapshot.as_of + timedelta(hours=1)})
    assert feeds.render(later) == documents
    for path in PATHS:
        found = parsed(marked(documents[path], 1_795_295_158_913))
        assert found.version == {"history.atom": "atom10", "history.rss": "rss20"}[path]
        assert len(found.entries) == len(snapshot.reports)
        for report, text in zip(snapshot.reports, contents(snapshot, path), strict=True):
            assert set(Tags(text).names) <= {"p", "small", "var", "br", "strong"}
            statuses = [unescape(status) for status, _ in SAID.findall(text)]
            assert statuses == [update.status.replace("_", " ").capitalize() for update in report.updates]


def test_atom_is_in_the_shape_of_statuspage() -> None:
    snapshot = samples.outage()
    report = snapshot.reports[0]
    document = feeds.render(snapshot)["history.atom"]
    assert document.content_type == "application/atom+xml; charset=utf-8"
    found = parsed(document)
    assert found.feed.id == "tag:status.acme.example,2005:/history"
    assert found.feed.title == "Acme Status - Incident History"
    assert found.feed.updated == "2026-11-21T19:57:42Z"
    assert found.feed.author == "Acme"
    assert [(link.rel, link.type, link.href) for link in found.feed.links] == [
        ("alternate", "text/html", URL),
        ("self", "application/atom+xml", f"{URL}/history.atom"),
    ]
    entry = found.entries[0]
    assert entry.id == f"tag:status.acme.example,2005:Incident/{report.id.hex}"
    assert (entry.published, entry.updated) == ("2026-11-21T19:46:42Z", "2026-11-21T19:57:42Z")
    assert (entry.title, entry.link) == (report.title, f"{URL}/incidents/{report.id}")
    assert contents(snapshot, "history.atom")[0] == (
        "<p><small>Nov <var data-var='date'>21</var>, <var data-var='time'>20:57</var> CET</small><br>"
        "<strong>Identified</strong> - A change to our load balancers sends requests to servers that are gone. "
        "We are taking it back.<br /><br />"
        "Orders that were placed through the website are kept and will be handled.</p>"
        "<p><small>Nov <var data-var='date'>21</var>, <var data-var='time'>20:46</var> CET</small><br>"
        "<strong>Investigating</strong> - Most requests to the API fail. We are looking into the cause.</p>"
    )


def test_rss_says_the_same() -> None:
    snapshot = samples.outage()
    report = snapshot.reports[0]
    document = feeds.render(snapshot)["history.rss"]
    assert document.content_type == "application/rss+xml; charset=utf-8"
    found = parsed(document)
    assert (found.feed.title, found.feed.link, found.feed.language) == ("Acme Status - Incident History", URL, "en")
    assert [link.href for link in found.feed.links if link.rel == "self"] == [f"{URL}/history.rss"]
    entry = found.entries[0]
    assert (entry.id, entry.guidislink) == (f"urn:uuid:{report.id}", False)
    assert (entry.title, entry.link) == (report.title, f"{URL}/incidents/{report.id}")
    assert entry.published == "Sat, 21 Nov 2026 19:46:42 +0000"
    assert contents(snapshot, "history.rss") == contents(snapshot, "history.atom")


def test_maintenance_to_come_says_when_it_is_to_be() -> None:
    begins = datetime.fromisoformat("2026-11-25T20:00:00+00:00")
    planned = samples.maintenance(22, "New certificates", ReportStatus.SCHEDULED, begins, "Soon.")
    snapshot = samples.page(reports=[planned], time_zone="Asia/Kolkata")
    (text,) = contents(snapshot, "history.rss")
    assert text.startswith(
        "<p><strong>THIS IS A SCHEDULED EVENT Nov <var data-var='date'>26</var>, <var data-var='time'>01:30</var>"
        " - <var data-var='time'>03:30</var> IST</strong></p>"
    )
    root = ElementTree.fromstring(feeds.render(snapshot)["history.rss"].content)  # noqa: S314 - our own
    dates = [root.findtext(f"channel/item/{name}") for name in ("pubDate", "maintenanceEndDate")]
    assert [parsedate_to_datetime(date or "") for date in dates] == [begins, begins + timedelta(hours=2)]
    over_night = samples.page(reports=[planned], time_zone="Europe/Berlin")
    assert "Nov <var data-var='date'>26</var>, <var data-var='time'>00:00</var> CET" not in text
    assert " - <var data-var='time'>23:00</var> CET" in contents(over_night, "history.atom")[0]
    begun = planned.model_copy(update={"status": ReportStatus.IN_PROGRESS})
    assert feeds.SCHEDULED not in contents(samples.page(reports=[begun]), "history.atom")[0]


def test_a_status_without_an_update_is_told_all_the_same() -> None:
    untold = samples.report(1, "Silence", [])
    assert contents(samples.page(reports=[untold]), "history.rss") == ["<p><strong>Investigating</strong></p>"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_people_wrote_is_read_as_they_wrote_it(text: str) -> None:
    told = samples.report(1, text, [(ReportStatus.INVESTIGATING, f"[{text}]")])
    snapshot = samples.page(name=f"Acme {text}", reports=[told])
    for path in PATHS:
        (entry,) = parsed(feeds.render(snapshot)[path]).entries
        assert "<script" not in entry.summary
        root = ElementTree.fromstring(feeds.render(snapshot)[path].content)  # noqa: S314 - our own
        # feedparser takes a title for HTML where it looks like it
        titles = [element.text or "" for element in root.iter() if element.tag.rpartition("}")[2] == "title"]
        assert titles == [f"{digest.line(f'Acme {text}')} Status - Incident History", digest.line(text)]
        (html,) = contents(snapshot, path)
        readable = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text).replace("\r\n", "")
        said = Tags(html).text.partition(" - [")[2].removesuffix("]")
        assert said == readable


def test_the_newest_twenty_five_are_told_and_no_more_text_than_is_read() -> None:
    reports = [
        samples.report(
            100 + number,
            f"Number {number}",
            [(ReportStatus.RESOLVED, "w" * 20_000)] * (200 if number < 30 else 1),
            started_at=NOW - timedelta(hours=number),
        )
        for number in range(5_000)
    ]
    snapshot = samples.page(reports=reports)
    documents = feeds.render(snapshot)
    for path in PATHS:
        assert [entry.title for entry in parsed(documents[path]).entries] == [f"Number {n}" for n in range(25)]
        assert len(documents[path].content) < 600_000
    first = contents(snapshot, "history.atom")[0]
    assert first.count("w") >= 20_000
    assert f'<a href="{URL}/incidents/{reports[0].id}">199 earlier updates</a>' in first


def test_a_page_without_reports_has_feeds_without_entries() -> None:
    for document in feeds.render(samples.page(reports=[])).values():
        found = parsed(document)
        assert found.entries == []
        assert found.feed.title == "Acme Status - Incident History"


def test_pages_of_one_host_have_feeds_of_their_own() -> None:
    ids = {
        parsed(feeds.render(samples.page(url=f"https://status.example:8443/{slug}"))["history.atom"]).feed.id
        for slug in ("acme", "umbrella")
    }
    assert ids == {"tag:status.example,2005:/acme/history", "tag:status.example,2005:/umbrella/history"}


def test_programs_written_for_statuspage_find_what_they_look_for() -> None:
    snapshot = samples.in_maintenance()
    found = parsed(feeds.render(snapshot)["history.atom"])
    keys = [re.search(r"Incident/(\w+)", entry.id) for entry in found.entries]
    assert [key and key.group(1) for key in keys] == [report.id.hex for report in snapshot.reports]
    newest = [SAID.findall(text)[0][0] for text in contents(snapshot, "history.atom")]
    assert newest == ["Scheduled", "In progress", "Resolved", "Resolved", "Completed"]
    over = {"Resolved", "Completed"}
    going_on = [each.title for each, status in zip(found.entries, newest, strict=True) if status not in over]
    assert going_on == ["New certificates", "Moving to new storage"]


def test_a_report_keeps_its_names_when_it_is_changed() -> None:
    def named(report: SnapshotReport) -> set[str]:
        snapshot = samples.page(reports=[report])
        return {parsed(document).entries[0].id for document in feeds.render(snapshot).values()}

    told = samples.past()[0]
    moved = told.model_copy(update={"title": "Other", "started_at": NOW, "updated_at": NOW, "updates": []})
    assert named(told) == named(moved)
    assert told.kind is ReportKind.INCIDENT
