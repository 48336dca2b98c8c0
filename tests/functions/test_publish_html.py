"""Documents of pages as text: how large they are, and that what people wrote is nothing but text in them."""

import gzip
import re
from html.parser import HTMLParser
from time import process_time
from typing import Final

import pytest

from functions.publish import pages
from functions.publish.pages import html
from tests.web import samples
from tests.web.serving import documents
from tocsin.contracts.page_snapshot import AffectedComponent, PageTheme, SnapshotMonth
from tocsin.domain.status_page import ComponentStatus, Impact, ReportStatus

MOST_BYTES: Final = 30 * 1024
EVIL: Final = """</title><script>alert(1)</script>"'><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}&lt;\u202e\x00]]>"""
MANY_REPORTS: Final = 5_000


class Elements(HTMLParser):
    """Every element of a document with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.found.append((tag, dict(attrs)))


def elements(text: bytes) -> list[tuple[str, dict[str, str | None]]]:
    return Elements(text.decode()).found


@pytest.mark.parametrize(("troubles", "index", "uptime"), [(0.05, 12, 11), (0.3, 18, 30), (1.0, 18, 60)])
def test_fifty_components_with_their_days_take_less_than_30_kb(troubles: float, index: int, uptime: int) -> None:
    """Of a page whose days were bad with that chance; every document alone, in kB as it is sent."""
    names = [f"Component number {number} of {number * 7919 % 1000}" for number in range(50)]
    parts = [
        samples.component(number, name, description=f"What {name} does", days=samples.days(number, troubles))
        for number, name in enumerate(names)
    ]
    shown = samples.outage().model_copy(update={"components": parts, "groups": []})
    found = {path: each.content for path, each in documents(shown).items() if path.endswith(".html")}
    assert found["index.html"].count(b'<div class="bars"') == 50
    sizes = {path: len(gzip.compress(content, mtime=0)) / 1000 for path, content in found.items()}
    assert sizes["index.html"] < index
    assert sizes.pop("uptime/index.html") < uptime, "it has a row for every day that was unlike the one before"
    assert max(sizes.values()) < MOST_BYTES / 1024


def test_nothing_that_people_write_becomes_markup() -> None:
    clean = {path: elements(document.content) for path, document in _documents("x").items()}
    for path, document in _documents(EVIL).items():
        assert [tag for tag, _ in elements(document.content)] == [tag for tag, _ in clean[path]], path
        assert b"<script>alert" not in document.content
        for tag, attributes in elements(document.content):
            assert not [name for name in attributes if name.startswith("on") or name == "style"], f"{path}: {tag}"
            assert not str(attributes.get("href")).lower().startswith("javascript:"), path
            assert (tag == "script") == ("src" in attributes and tag != "img"), f"{path}: {tag}"


def _documents(text: str) -> dict[str, pages.Document]:
    """Documents of a page that says `text` wherever somebody could have written it."""
    said = samples.report(20, text, [(ReportStatus.INVESTIGATING, text)], component_ids=[samples.an_id(0)])
    part = samples.component(0, text, ComponentStatus.MAJOR_OUTAGE, description=text, group_id=samples.an_id(100))
    shown = samples.page(
        name=text,
        description=text,
        support_url=f"javascript:{text}",
        components=[part],
        groups=[samples.group(0, text, description=text)],
        reports=[said],
        theme=PageTheme(logo_alt=text),
        months=[SnapshotMonth(month="2026-11", reports=1, updated_at=samples.NOW)],
    )
    found = documents(shown)
    return {path: document for path, document in found.items() if path.endswith((".html", ".svg"))}


def test_every_document_names_only_what_its_policy_allows() -> None:
    for path, document in documents(samples.outage()).items():
        if path.endswith(".html"):
            for tag, attributes in elements(document.content):
                assert "style" not in attributes, f"{path}: {tag}"
                assert tag not in {"style", "iframe", "object", "embed", "base"}, path
                if tag in {"script", "img", "source"} or attributes.get("rel") in {"stylesheet", "icon"}:
                    asked = attributes.get("src") or attributes.get("href") or ""
                    assert asked.startswith(("/assets/", "data:image/svg+xml,", "./", "../")), f"{path}: {asked}"


def test_links_within_a_page_lead_to_its_documents() -> None:
    found = documents(samples.outage())
    others = {"history.atom", "history.rss", "maintenance.ics", "api/v2/summary.json"}
    months = {f"history/{month.month}/index.html" for month in samples.page().months}
    for path, document in found.items():
        if not path.endswith(".html") or path == "404.html":
            continue
        folder = path.rpartition("/")[0].split("/") if "/" in path else []
        for tag, attributes in elements(document.content):
            link = attributes.get("href") or ""
            if tag != "a" or link.startswith(("#", "http")):
                continue
            parts = list(folder)
            for step in link.partition("#")[0].split("/"):
                if step == "..":
                    parts.pop()
                elif step not in {"", "."}:
                    parts.append(step)
            target = "/".join(parts)
            wanted = f"{target}/index.html".lstrip("/") if link.partition("#")[0].endswith("/") else target
            assert wanted in set(found) | others | months, f"{path}: {link}"


def test_the_history_tells_the_newest_reports_by_month_and_names_the_months_before() -> None:
    shown = samples.page(reports=[*samples.past(), *samples.older()])
    text = documents(shown)["history/index.html"].content.decode()
    assert re.findall(r'<h2 id="m-([^"]+)"', text) == ["2026-11", "2026-10", "2026-09", "2026-07", "2026-06", "2026-04"]
    assert text.count("<article") == sum(month.reports for month in shown.months)
    assert "Earlier months" not in text
    text = documents(samples.page(reports=samples.past()[:2]))["history/index.html"].content.decode()
    assert '<p class="rest"><a href="2026-11/">All 3 reports of this month</a></p>' in text
    assert "Earlier months" in text
    assert re.findall(r'<li><a href="([\d-]+)/">', text) == ["2026-10", "2026-09", "2026-07", "2026-06", "2026-04"]


def test_a_component_that_is_gone_keeps_its_name_in_old_reports() -> None:
    gone, known, never = samples.an_id(77), samples.an_id(1), samples.an_id(78)
    moved = [AffectedComponent(id=gone, name="Fax", old_status=samples.OK, new_status=ComponentStatus.MAJOR_OUTAGE)]
    told = samples.report(
        20,
        "No fax",
        [(ReportStatus.INVESTIGATING, "We look into it.")],
        component_ids=[gone, known, never],
        affected=moved,
    )
    found = documents(samples.page(reports=[told]))
    assert b"Affected: <bdi>Fax</bdi>, <bdi>API</bdi></p>" in found["index.html"].content
    assert b"<bdi>Fax</bdi>: Operational" in found[f"reports/{told.id}/index.html"].content


def test_a_title_of_ten_thousand_letters_is_whole_on_its_own_page_alone() -> None:
    told = samples.report(20, "w" * 10_000, [(ReportStatus.INVESTIGATING, "v" * 50_000)])
    found = documents(samples.page(reports=[told]))
    assert len(found["index.html"].content) < 40_000
    assert b"w" * 10_000 in found[f"reports/{told.id}/index.html"].content
    assert b"v" * 50_000 in found[f"reports/{told.id}/index.html"].content


def test_thousands_of_reports_and_hundreds_of_components_are_written_in_seconds() -> None:
    began = process_time()
    ended = [(ReportStatus.INVESTIGATING, "We look into it."), (ReportStatus.RESOLVED, "It is over.")]
    reports = [samples.report(number, f"Report {number}", ended) for number in range(MANY_REPORTS)]
    month = html.render_month(samples.page(), "2026-11", reports)
    assert len(month) == MANY_REPORTS + 1
    parts = [samples.component(number, f"Component {number}") for number in range(500)]
    document = html.render(samples.page(components=parts, groups=[], reports=reports[:200]))["index.html"]
    assert document.content.count(b'class="brief') == 10
    assert len(gzip.compress(document.content, mtime=0)) < 10 * MOST_BYTES
    assert process_time() - began < 20


def test_documents_of_months_do_not_change_with_what_only_the_first_page_shows() -> None:
    calm = samples.page()
    loud = calm.model_copy(
        update={"number": 9, "as_of": samples.NOW.replace(minute=50), "indicator": Impact.CRITICAL, "reports": []}
    )
    reports = calm.reports
    assert html.render_month(calm, "2026-11", reports) == html.render_month(loud, "2026-11", reports)


@pytest.mark.parametrize(
    ("accent", "shown"),
    [
        ("#7a1fa2", True),
        ("#ffff00", False),
        ("#123", False),
        ("red;}body{display:none", False),
        ("#7a1fa2\n", False),
        (None, False),
    ],
    ids=["readable", "too light", "short", "hostile", "two lines", "none"],
)
def test_a_colour_is_used_only_if_text_in_it_can_be_read(accent: str | None, *, shown: bool) -> None:
    found = html.render(samples.page(theme=PageTheme(accent=accent)))
    assert ("theme.css" in found) == shown
    assert (b"theme.css" in found["index.html"].content) == shown
    if shown:
        assert b"--accent:#7a1fa2;--on-accent:#ffffff" in found["theme.css"].content


def test_badges_tell_the_state_in_words_and_keep_names_short() -> None:
    part = samples.component(3, "<b>" + "long " * 50, ComponentStatus.PARTIAL_OUTAGE)
    found = pages.render(samples.page(components=[part], groups=[], indicator=Impact.MAJOR))
    badge = found[f"badges/{part.id}.svg"]
    assert badge.content_type == "image/svg+xml"
    assert b"partial outage" in badge.content
    assert b"&lt;b&gt;long" in badge.content
    assert len(re.findall(rb"long", badge.content)) < 30
    assert b"partial system outage" in found["badges/status.svg"].content


def test_the_form_sends_what_ingest_reads() -> None:
    found = html.render(samples.page())["subscribe/index.html"].content
    forms = [attributes for tag, attributes in elements(found) if tag == "form"]
    assert [(form["method"], form["action"]) for form in forms] == [("post", samples.page().subscribe_url)] * 3
    sent: dict[str, set[str | None]] = {}
    for tag, attributes in elements(found):
        if tag == "input":
            sent.setdefault(str(attributes["name"]), set()).add(attributes.get("value"))
    assert sent["channel"] == {"email", "webhook", "slack"}
    assert sent["kinds"] == {"incident", "maintenance"}
    assert sent["components"] == {str(part.id) for part in samples.page().components}
    assert sent.keys() - {"channel", "kinds", "components"} == {"address", "secret", "website"}


def test_an_uptime_whose_checks_are_not_counted_yet_claims_no_number() -> None:
    """Uptime has every minute at once; what it rests on is counted by the hour."""
    shown = samples.outage()
    first = next(part for part in shown.components if part.figures and part.figures.uptime_90_days is not None)
    assert first.figures
    young = first.figures.model_copy(update={"checks": 0, "first_at": None, "last_at": None})
    parts = [first.model_copy(update={"figures": young})]
    text = documents(shown.model_copy(update={"components": parts, "groups": []}))["index.html"].content.decode()
    assert "Checks are counted hourly" in text
    assert "No checks have been made yet" not in text
    assert "0 live checks" not in text
