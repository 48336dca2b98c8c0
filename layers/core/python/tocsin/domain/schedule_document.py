"""Layers as documents of JSON, in which they are stored."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from tocsin.domain.restriction import Restriction
from tocsin.domain.rotation import Carried, Layer, Unit


def written(layers: Sequence[Layer]) -> list[dict[str, Any]]:
    """Layers as a document."""
    return [_layer_written(layer) for layer in layers]


def read(documents: Sequence[Mapping[str, Any]]) -> tuple[Layer, ...]:
    """The layers of a document that `written` made."""
    return tuple(_layer_read(document) for document in documents)


def _layer_written(layer: Layer) -> dict[str, Any]:
    return {
        "layer_id": str(layer.layer_id),
        "name": layer.name,
        "unit": layer.unit.value,
        "length": layer.length,
        "handoff": _time_written(layer.handoff),
        "starts_on": layer.starts_on.isoformat(),
        "anchor_index": layer.anchor_index,
        "participants": [None if entry is None else str(entry) for entry in layer.participants],
        "restrictions": [_restriction_written(restriction) for restriction in layer.restrictions],
        "ends_at": None if layer.ends_at is None else layer.ends_at.isoformat(),
        "carried": None if layer.carried is None else _carried_written(layer.carried),
    }


def _layer_read(document: Mapping[str, Any]) -> Layer:
    ends_at, carried = document["ends_at"], document["carried"]
    return Layer(
        UUID(document["layer_id"]),
        document["name"],
        Unit(document["unit"]),
        document["length"],
        time.fromisoformat(document["handoff"]),
        date.fromisoformat(document["starts_on"]),
        document["anchor_index"],
        tuple(None if entry is None else UUID(entry) for entry in document["participants"]),
        tuple(_restriction_read(restriction) for restriction in document["restrictions"]),
        None if ends_at is None else datetime.fromisoformat(ends_at),
        None if carried is None else _carried_read(carried),
    )


def _restriction_written(restriction: Restriction) -> dict[str, Any]:
    return {
        "start": _time_written(restriction.start),
        "end": _time_written(restriction.end),
        "start_day": restriction.start_day,
        "end_day": restriction.end_day,
    }


def _restriction_read(document: Mapping[str, Any]) -> Restriction:
    start, end = time.fromisoformat(document["start"]), time.fromisoformat(document["end"])
    return Restriction(start, end, document["start_day"], document["end_day"])


def _carried_written(carried: Carried) -> dict[str, Any]:
    return {
        "position": carried.position,
        "label": carried.label,
        "starts_at": carried.starts_at.isoformat(),
        "until": carried.until.isoformat(),
    }


def _carried_read(document: Mapping[str, Any]) -> Carried:
    starts_at, until = datetime.fromisoformat(document["starts_at"]), datetime.fromisoformat(document["until"])
    return Carried(document["position"], document["label"], starts_at, until)


def _time_written(at: time) -> str:
    return at.isoformat(timespec="minutes")
