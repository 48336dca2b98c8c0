"""Which services depend on which: never on themselves, over however many others."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

MAX_DEPENDENCIES: Final = 50
type Edges = Mapping[UUID, Collection[UUID]]
"""Each service with those it depends on."""


def cycle(edges: Edges, service_id: UUID) -> Sequence[UUID]:
    """The shortest way from a service back to itself, both ends included, or nothing when there is none."""
    before: dict[UUID, UUID] = {}
    layer = [service_id]
    while layer:
        following: list[UUID] = []
        for here in layer:
            for there in sorted(edges.get(here, ())):
                if there == service_id:
                    return _way(before, service_id, here)
                if there not in before:
                    before[there] = here
                    following.append(there)
        layer = following
    return ()


def _way(before: Mapping[UUID, UUID], start: UUID, end: UUID) -> Sequence[UUID]:
    way = [start, end] if end != start else [start]
    while way[-1] != start:
        way.append(before[way[-1]])
    return tuple(reversed(way)) if len(way) > 1 else (start, start)
