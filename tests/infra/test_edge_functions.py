"""The functions at the edge, run by node: which object an address means, and what is answered as not found."""

import json
import subprocess
from typing import Any

import pytest

from functions.publish import pages
from infra import edge_code
from infra.inputs import BadInput
from tests.infra.conftest import ROOT
from tests.web import samples
from tests.web.serving import documents

NODE = ROOT / ".venv/bin/node"
DOMAINS = {"status.acme.example": "acme"}
MISSING = "/assets/missing.html"
REPORT = "0199f7a8-0000-7000-8000-000000000001"
SHARED, OWN = "d111111abcdef8.cloudfront.net", "status.acme.example"


def ran(kind: str, events: list[dict[str, Any]], domains: dict[str, str] = DOMAINS) -> list[Any]:
    """What a function answers to events, one after the other."""
    source = edge_code.code(kind, domains, MISSING)
    script = f"{source}\nprocess.stdout.write(JSON.stringify({json.dumps(events)}.map(handler)));"
    done = subprocess.run([NODE, "-e", script], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def asked(host: str, uri: str) -> dict[str, Any]:
    """The event of a request."""
    return {"request": {"method": "GET", "uri": uri, "querystring": {}, "headers": {"host": {"value": host}}}}


def means(host: str, uris: list[str]) -> list[str]:
    """The objects that addresses mean, or, after an arrow, where they send on to."""
    answers = ran("request", [asked(host, uri) for uri in uris])
    return [f"→ {one['headers']['location']['value']}" if "statusCode" in one else one["uri"] for one in answers]


@pytest.mark.parametrize(("host", "base"), [(SHARED, "/acme/"), (OWN, "/"), ("STATUS.acme.example:443", "/")])
def test_addresses_of_a_page(host: str, base: str) -> None:
    expected = {
        "": "/pages/acme/index.html",
        "index.html": "/pages/acme/index.html",
        "history/": "/pages/acme/history/index.html",
        "history": f"→ {base}history/",
        "history/2026-11/": "/pages/acme/history/2026-11/index.html",
        "history/2026-11": f"→ {base}history/2026-11/",
        "subscribe/done/": "/pages/acme/subscribe/done/index.html",
        f"reports/{REPORT}/": f"/pages/acme/reports/{REPORT}/index.html",
        f"reports/{REPORT}": f"→ {base}reports/{REPORT}/",
        f"incidents/{REPORT}": f"→ {base}reports/{REPORT}/",
        f"incidents/{REPORT}/": f"→ {base}reports/{REPORT}/",
        "status.json": "/pages/acme/status.json",
        "api/v2/scheduled-maintenances/active.json": "/pages/acme/api/v2/scheduled-maintenances/active.json",
        f"badges/{REPORT}.svg": f"/pages/acme/badges/{REPORT}.svg",
        "api/v2/summary": "/pages/acme/api/v2/summary.json",
        "api/v2/incidents/unresolved": "/pages/acme/api/v2/incidents/unresolved.json",
        "api/v2/scheduled-maintenances": "/pages/acme/api/v2/scheduled-maintenances.json",
        "api/v2/nowhere": "/pages/acme/404.html",
        **dict.fromkeys(["rss", "feed", "feed.rss", "feed/rss"], "/pages/acme/history.rss"),
        **dict.fromkeys(["feed.atom", "feed/atom"], "/pages/acme/history.atom"),
        "404.html": "/pages/acme/404.html",
        "nowhere": "/pages/acme/404.html",
        "nowhere/": "/pages/acme/404.html",
        "reports/": "/pages/acme/404.html",
        "../other/index.html": "/pages/acme/404.html",
        "%2e%2e/other/index.html": "/pages/acme/404.html",
        ".env": "/pages/acme/404.html",
        "/evil.example/history": "/pages/acme/404.html",
    }
    assert dict(zip(expected, means(host, [f"{base}{path}" for path in expected]), strict=True)) == expected


def test_addresses_below_no_page() -> None:
    expected = {
        "/": MISSING,
        "/index.html": MISSING,
        "/favicon.ico": MISSING,
        "//evil.example": MISSING,
        "//evil.example/": MISSING,
        "/Acme/": MISSING,
        "/ab": MISSING,
        "/acme": "→ /acme/",
        "/pages/acme/index.html": "/pages/pages/acme/index.html",
    }
    assert dict(zip(expected, means(SHARED, list(expected)), strict=True)) == expected


def test_a_domain_leads_to_its_own_page_alone() -> None:
    assert means(OWN, ["/other/", "/other/status.json"]) == [
        "/pages/acme/404.html",
        "/pages/acme/other/status.json",
    ]


def test_every_document_of_a_page_is_found_at_its_address() -> None:
    paths = sorted(documents(samples.outage()))
    addresses = [f"/acme/{path.removesuffix('index.html')}" for path in paths]
    assert means(SHARED, addresses) == [f"/pages/acme/{path}" for path in paths]


@pytest.mark.parametrize(
    ("host", "uri", "status"),
    [
        (SHARED, "/pages/acme/404.html", 404),
        (SHARED, "/acme/nowhere", 404),
        (OWN, "/nowhere", 404),
        (SHARED, MISSING, 404),
        (SHARED, "/", 404),
        (SHARED, "/pages/acme/index.html", 200),
        (SHARED, "/acme/", 200),
        (OWN, "/", 200),
        (OWN, "/history/", 200),
    ],
)
def test_what_is_not_there_is_answered_as_not_found(host: str, uri: str, status: int) -> None:
    response = {"statusCode": 200, "statusDescription": "OK", "headers": {"content-type": {"value": "text/html"}}}
    (answer,) = ran("response", [{**asked(host, uri), "response": response}])
    assert answer["statusCode"] == status
    assert answer["headers"] == response["headers"]


def test_what_has_not_changed_is_left_alone() -> None:
    unchanged = {"statusCode": 304, "statusDescription": "Not Modified", "headers": {}}
    assert ran("response", [{**asked(SHARED, "/acme/404.html"), "response": unchanged}]) == [unchanged]


def test_publish_and_cloudfront_call_what_is_missing_by_one_name() -> None:
    assert edge_code.missing_path().removeprefix("/assets/") in pages.assets()


def test_as_many_domains_as_may_be_given_have_room() -> None:
    domains = {f"status-{n}.a-rather-long-name.example.com": f"a-rather-long-slug-{n}" for n in range(60)}
    assert len(edge_code.code("request", domains, MISSING).encode()) < edge_code.MOST_BYTES
    longest = {f"{n}{'a' * 60}.{'b' * 63}.{'c' * 63}.example": f"{n}{'d' * 60}" for n in range(60)}
    with pytest.raises(BadInput, match="pages_domains: they are too long for a function at the edge"):
        edge_code.code("request", longest, MISSING)
