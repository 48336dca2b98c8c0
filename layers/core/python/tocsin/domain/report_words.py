"""What reports say by themselves, in words for the public: names of components and of the page, and nothing else."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.domain.public_text import shortened
from tocsin.domain.status_page import ComponentStatus
from tocsin.domain.status_report import MAX_BODY, MAX_TITLE

PLACES: Final = ("components", "page")
"""What stands in braces in a template, and is filled in."""
_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
_NAMED: Final = 4
"""So many components are named; of more the rest are counted."""


@dataclass(frozen=True, slots=True)
class Words:
    """A title and the text of an update, with places to fill in."""

    title: str
    body: str


OPENED: Final[Mapping[ComponentStatus, Words]] = {
    ComponentStatus.OPERATIONAL: Words("Trouble at {page}", "We are looking into trouble at {page}."),
    ComponentStatus.DEGRADED: Words(
        "Degraded performance of {components}",
        "We see degraded performance of {components}, and are investigating.",
    ),
    ComponentStatus.PARTIAL_OUTAGE: Words(
        "Partial outage of {components}", "We see a partial outage of {components}, and are investigating."
    ),
    ComponentStatus.MAJOR_OUTAGE: Words(
        "Outage of {components}", "We see an outage of {components}, and are investigating."
    ),
    ComponentStatus.MAINTENANCE: Words("Maintenance of {components}", "Maintenance of {components} is under way."),
}
RESOLVED: Final = "The trouble with {components} is over."
WORSE: Final = "This affects {components} by now."
EASED: Final = "The trouble with {components} has eased."
PART_OVER: Final = "The trouble with {components} is over, and we go on with the rest."
BACK: Final = "The trouble with {components} is back, and we are investigating."
BEGUN: Final = "The scheduled maintenance has begun."
COMPLETE: Final = "The scheduled maintenance is complete."
CANCELLED: Final = "This maintenance was cancelled."


def filled(text: str, components: Sequence[str], page: str) -> str:
    """The text with its places filled in; without components the page stands for them."""
    values = {"components": listed(components) or page, "page": page}
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def opened(words: Words, components: Sequence[str], page: str) -> Words:
    """A title and a first update, as long as they may be."""
    title = shortened(filled(words.title, components, page), MAX_TITLE)
    return Words(title, shortened(filled(words.body, components, page), MAX_BODY))


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them."""
    if len(names) <= 1:
        return "".join(names)
    if len(names) > _NAMED + 1:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def unknown_places(text: str) -> list[str]:
    """What stands in braces and is nothing to fill in."""
    return [found for found in _PLACE.findall(text) if found not in PLACES]
