"""Badges as pictures: the page's state, and each component's, for a README or a wiki."""

from functools import cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from functions.publish.pages import digest
from functions.publish.pages.document import SVG, Document
from functions.publish.pages.html import environment
from functions.publish.pages.view import LOOKS
from functions.publish.pages.words import Words
from tocsin.contracts.page_snapshot import PageSnapshot
from tocsin.domain.status_page import ComponentStatus

if TYPE_CHECKING:
    from jinja2 import Template

COLOURS: Final = {
    ComponentStatus.OPERATIONAL: "#15803d",
    ComponentStatus.DEGRADED: "#956000",
    ComponentStatus.PARTIAL_OUTAGE: "#b84a0a",
    ComponentStatus.MAJOR_OUTAGE: "#c11f2b",
    ComponentStatus.MAINTENANCE: "#2563c9",
}
"""With white letters on them, readable at this size (WCAG 2.2, 1.4.3)."""
LONGEST: Final = 40
NARROW: Final = frozenset("fijlrt.,:;'|!()[] ")
WIDE: Final = frozenset("mwMWOQGD@%")


def render(page: PageSnapshot) -> dict[str, Document]:
    """`badges/status.svg` and `badges/<component id>.svg`."""
    words = Words(page.language, ZoneInfo(page.time_zone))
    found = {"badges/status.svg": _badge(page.name, words(f"headline.{page.indicator}"), LOOKS[page.indicator])}
    for component in page.components:
        text = words(f"status.{component.status}")
        found[f"badges/{component.id}.svg"] = _badge(component.name, text, component.status)
    return found


def _badge(label: str, message: str, status: ComponentStatus) -> Document:
    label = digest.line(label, LONGEST)
    left = _width(label)
    text = _template().render(
        label=label, message=message.lower(), left=left, width=left + _width(message), colour=COLOURS[status]
    )
    return Document(text.encode(), SVG)


def _width(text: str) -> int:
    """About how wide a text of 11 px is with its margins; the picture stretches the letters to fit exactly."""
    letters = sum(4 if letter in NARROW else 10 if letter in WIDE or ord(letter) > 0x2E7F else 7 for letter in text)
    return letters + 14


@cache
def _template() -> "Template":
    return environment().get_template("badge.svg")
