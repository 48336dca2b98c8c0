"""What became of a status report since somebody read it, for who comes second."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from tocsin.errors import StaleVersion
from tocsin_data.db import Tx
from tocsin_data.sql import actor_names, report_changes
from tocsin_data.sql.report_changes import Entry

MOST_MISSED: Final = 20
WORDS: Final[Mapping[str, str]] = {
    "status_report.published": "it was published",
    "status_report.discarded": "it was discarded",
    "status_report.restored": "it became a draft again",
    "status_report.update_edited": "the text of an update was changed",
    "status_report.update_deleted": "an update was deleted",
}
"""What each action did, where the fields it changed don't say it better."""
UNTOLD: Final = frozenset({"version", "updated_at", "last_update", "monitoring_at", "resolved_at", "is_automatic"})
"""Fields that change with others."""


def stale(tx: Tx, report_id: UUID, current: int, version: int) -> StaleVersion:
    """What to raise for somebody who has read another version than the current: it says what they have missed."""
    at = f"The report is at version {current} by now"
    if version > current:
        return StaleVersion(f"{at}; there is no version {version} yet.")
    entries = report_changes.since(tx, report_id, version, MOST_MISSED)
    names = actor_names.names(tx, [entry.actor for entry in entries])
    told = [_told(entry, names.get(entry.actor)) for entry in entries]
    said = "; ".join(
        f"in version {one['version']}, by {one['by_name'] or one['by']}, {' and '.join(one['changes'])}" for one in told
    )
    return StaleVersion(f"{at}; you have changed version {version}. Since then: {said or 'it was changed'}.", told)


def _told(entry: Entry, name: str | None) -> dict[str, Any]:
    return {
        "version": entry.after["version"],
        "created_at": entry.at.isoformat(),
        "by": entry.actor,
        "by_name": name,
        "changes": list(_changes(entry)),
    }


def _changes(entry: Entry) -> Iterator[str]:
    if entry.action == "status_report.update_added":
        yield f"an update said {entry.after['status']}"
        return
    if entry.action in WORDS:
        yield WORDS[entry.action]
        return
    before = entry.before or {}
    changed = [name for name, value in entry.after.items() if name not in UNTOLD and before.get(name) != value]
    listed = ", ".join(name.replace("_", " ") for name in changed) or "its first update"
    yield f"{listed} {'were' if len(changed) > 1 else 'was'} changed"
