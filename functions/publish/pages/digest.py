"""How much of a page goes into the documents that programs read: text without what their formats cannot hold, and no
more reports and updates than a reader would want to fetch every minute.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from tocsin.contracts.page_snapshot import PageSnapshot, SnapshotReport
from tocsin.domain.status_page import OVER, ReportKind

LONGEST_LINE: Final = 500
_NOT_IN_XML: Final = re.compile("[^\t\n\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def clean(text: str) -> str:
    """Text with the characters that XML 1.0 has (section 2.2) alone, and lines that end in LF."""
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str, most: int = LONGEST_LINE) -> str:
    """Such a text in one line, of at most so many characters."""
    joined = " ".join(clean(text).split())
    return joined if len(joined) <= most else joined[: most - 1].rstrip() + "…"


def newest(snapshot: PageSnapshot, kind: ReportKind | None, most: int) -> list[SnapshotReport]:
    """The newest reports, newest first; of too many those that are not over come before the others."""
    reports = [report for report in snapshot.reports if kind in {None, report.kind}]
    chosen = {report.id for report in sorted(reports, key=lambda report: report.status in OVER)[:most]}
    return [report for report in reports if report.id in chosen]


def within[T](items: Iterable[T], size: Callable[[T], int], most: int) -> list[T]:
    """The first items that together are no larger than `most`; one at least, if there is any."""
    found: list[T] = []
    left = most
    for item in items:
        left -= size(item)
        if left < 0 and found:
            break
        found.append(item)
    return found


def incident_url(snapshot: PageSnapshot, report: SnapshotReport) -> str:
    """Where a report is, in the way that Statuspage links to it."""
    return f"{snapshot.url}/incidents/{report.id}"
