"""An alert of the Prometheus world as an event: identity, severity, words. Used by both Alertmanager protocols."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from functions.ingest.body import Json, cut, kind
from tocsin.domain.incident import Severity

SUMMARY_LENGTH: Final = 1024
SOURCE_LENGTH: Final = 1024

SEVERITIES: Final[dict[str, Severity]] = {
    **dict.fromkeys(("critical", "page", "fatal", "emergency", "disaster", "p1"), Severity.CRITICAL),
    **dict.fromkeys(("error", "major", "high", "p2"), Severity.ERROR),
    **dict.fromkeys(("warning", "warn", "minor", "medium", "average", "p3"), Severity.WARNING),
    **dict.fromkeys(
        ("info", "information", "informational", "notice", "low", "none", "debug", "p4", "p5"), Severity.INFO
    ),
}


class BadAlert(Exception):
    """This alert can't be taken in; the text says why."""


def label_set(alert: dict[str, Json], field: str) -> dict[str, str]:
    """Labels or annotations, without empty values (a label without a value is no label)."""
    value = alert.get(field)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadAlert(f"{field} must be an object of strings, not {kind(value)}")
    labels: dict[str, str] = {}
    for name, text in value.items():
        if not isinstance(text, str):
            raise BadAlert(f"{field}.{cut(name, 100)} must be a string, not {kind(text)}")
        if not name:
            raise BadAlert(f'invalid {"label set" if field == "labels" else field}: invalid name ""')
        if text:
            labels[name] = text
    return labels


def instant(alert: dict[str, Json], field: str) -> datetime | None:
    """An instant in RFC 3339; None when unset, which Go writes as year 1."""
    value = alert.get(field)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise BadAlert(f"{field} must be a time in RFC 3339, not {kind(value)}")
    try:
        parsed = datetime.fromisoformat(value)
        if parsed.year == 1:
            return None
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadAlert(f'{field} must be a time in RFC 3339, not "{cut(value, 100)}"') from error


def identity(labels: Mapping[str, str]) -> str:
    """An alert is its full label set: the hex SHA-256 of its sorted labels."""
    canonical = json.dumps(sorted(labels.items()), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def severity(labels: Mapping[str, str]) -> Severity:
    """The severity by its label; an unknown word is an error, so that it pages."""
    return SEVERITIES.get(labels.get("severity", "").strip().lower(), Severity.ERROR)


def summary(labels: Mapping[str, str], annotations: Mapping[str, str]) -> str:
    """What a page says: the summary, else the description, else the alert's name, else its labels."""
    for text in (annotations.get("summary"), annotations.get("description"), labels.get("alertname")):
        if text and text.strip():
            return cut(text.strip(), SUMMARY_LENGTH)
    return cut(", ".join(f"{name}={value}" for name, value in sorted(labels.items())), SUMMARY_LENGTH)


def source(labels: Mapping[str, str]) -> str | None:
    """Where it is wrong: the instance, else the job."""
    found = labels.get("instance") or labels.get("job")
    return cut(found, SOURCE_LENGTH) if found else None


def texts(alert: dict[str, Json], *fields: str) -> dict[str, str]:
    """Those of the fields that hold a text, kept for people to read and never relied upon."""
    found = {field: alert.get(field) for field in fields}
    return {field: value for field, value in found.items() if isinstance(value, str) and value}
