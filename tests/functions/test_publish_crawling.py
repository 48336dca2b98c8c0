"""Badges as shields.io reads them, and what search engines are told."""

import json
from datetime import timedelta
from typing import Annotated, Any, Final, Literal
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import BaseModel, ConfigDict, Field

from functions.publish.folder import marked
from functions.publish.pages import badges, crawling, digest, shields
from tests.support.snapshots import snapshots
from tests.web import samples
from tests.web.serving import documents
from tocsin.contracts.page_snapshot import PageSnapshot
from tocsin.domain.status_page import ComponentStatus, Impact

URL: Final = "https://status.acme.example"
SITEMAP: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Endpoint(BaseModel):
    """What shields.io takes of an endpoint, and nothing else (`services/endpoint-common.js`)."""

    model_config = ConfigDict(extra="forbid", strict=True)

    schemaVersion: Literal[1]  # noqa: N815 - its names
    label: str
    message: Annotated[str, Field(min_length=1)]
    color: str
    cacheSeconds: Annotated[int, Field(ge=300)]  # noqa: N815 - its names


def badge(snapshot: PageSnapshot, name: str) -> dict[str, Any]:
    return json.loads(shields.render(snapshot)[f"badges/{name}.json"].content)


def addresses(snapshot: PageSnapshot) -> dict[str, str | None]:
    """What the sitemap names, and when it last changed."""
    root = ElementTree.fromstring(crawling.render(snapshot)["sitemap.xml"].content)  # noqa: S314 - our own
    return {url.findtext(f"{SITEMAP}loc") or "": url.findtext(f"{SITEMAP}lastmod") for url in root}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(snapshots())
def test_whatever_a_page_says_shields_can_draw_its_badges(snapshot: PageSnapshot) -> None:
    found = shields.render(snapshot)
    assert found.keys() == {"badges/status.json", *(f"badges/{part.id}.json" for part in snapshot.components)}
    for document in found.values():
        Endpoint.model_validate_json(document.content)
        assert document.content_type == "application/json"
        assert len(document.content) < 600
    later = snapshot.model_copy(update={"number": snapshot.number + 1, "as_of": snapshot.as_of + timedelta(hours=1)})
    assert shields.render(later) == found
    assert crawling.render(later) == crawling.render(snapshot)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(snapshots())
def test_whatever_a_page_says_its_pictures_are_well_formed(snapshot: PageSnapshot) -> None:
    found = badges.render(snapshot)
    assert found.keys() == {path.replace(".json", ".svg") for path in shields.render(snapshot)}
    names = {"status": snapshot.name} | {str(part.id): part.name for part in snapshot.components}
    for path, document in found.items():
        picture = ElementTree.fromstring(document.content)  # noqa: S314 - our own
        label = digest.line(names[path.removeprefix("badges/").removesuffix(".svg")], badges.LONGEST)
        assert (picture.get("aria-label") or "").startswith(f"{label}: ")
        assert {element.tag.rpartition("}")[2] for element in picture.iter()} <= {
            *("svg", "title", "clipPath", "rect", "g", "path", "text"),
        }


def test_badges_say_how_the_page_and_its_components_are() -> None:
    snapshot = samples.outage()
    assert badge(snapshot, "status") == {
        "schemaVersion": 1,
        "label": "Acme",
        "message": "partial system outage",
        "color": "#b84a0a",
        "cacheSeconds": 300,
    }
    said = {part.name: badge(snapshot, str(part.id))["message"] for part in snapshot.components}
    assert said["Website"] == "operational"
    assert said["Dashboard"] == "degraded performance"
    quiet = badge(samples.page(), "status")
    assert (quiet["message"], quiet["color"]) == ("all systems operational", "#15803d")


@pytest.mark.parametrize("status", ComponentStatus)
def test_every_status_has_a_word_and_a_colour(status: ComponentStatus) -> None:
    snapshot = samples.page({0: status})
    assert Endpoint.model_validate(badge(snapshot, str(samples.an_id(0)))).color.startswith("#")
    assert snapshot.indicator is Impact.NONE


def test_the_sitemap_names_what_there_is_by_full_addresses() -> None:
    snapshot = samples.outage()
    found = addresses(snapshot)
    assert found[f"{URL}/"] is None
    assert found[f"{URL}/history/"] == "2026-11-21T20:17:42Z"
    assert found[f"{URL}/reports/{snapshot.reports[0].id}/"] == "2026-11-21T19:57:42Z"
    months = {f"history/{month.month}/index.html" for month in snapshot.months}
    there = documents(snapshot).keys() | months
    assert all(f"{address.removeprefix(f'{URL}/')}index.html" in there for address in found)
    in_folder = addresses(samples.page(url="https://status.example/acme", reports=[], months=[]))
    assert list(in_folder) == ["https://status.example/acme/", "https://status.example/acme/history/"]


def test_robots_are_told_where_the_sitemap_is() -> None:
    document = crawling.render(samples.page())["robots.txt"]
    assert document.content.decode().splitlines() == ["User-agent: *", "Allow: /", "", f"Sitemap: {URL}/sitemap.xml"]
    assert marked(document, 7).content.endswith(b"\n# 7\n")


@pytest.mark.parametrize("hidden", [{"is_indexed": False}, {"is_demo": True}], ids=["not indexed", "demo"])
def test_a_page_that_is_not_to_be_found_says_so_and_has_no_sitemap(hidden: dict[str, bool]) -> None:
    snapshot = samples.page(**hidden)
    found = crawling.render(snapshot)
    assert found.keys() == {"robots.txt"}
    assert found["robots.txt"].content == b"User-agent: *\nDisallow: /\n"
    assert b'<meta name="robots" content="noindex">' in documents(snapshot)["index.html"].content
