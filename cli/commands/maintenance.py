"""`tocsin maintenance`: windows and silences, in which what comes in is seen and pages nobody."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

import typer

from cli.api import Json
from cli.commands import monitors
from cli.commands.routes import find, label_of
from cli.durations import instant, seconds
from cli.session import Session, command
from tocsin.domain.maintenance import WindowKind

PATH: Final = "/v1/maintenance-windows"
LISTED: Final = ("kind", "name", "covers", "open_until_at", "next_at", "recurrence", "cancelled_at", "id")

app = typer.Typer(name="maintenance", help="Windows and silences: seen, but nobody is paged.", no_args_is_help=True)

Which = Annotated[UUID, typer.Argument(metavar="WINDOW", help="Its id, as `maintenance list` shows it.")]


@command(app, "list")
def list_windows(
    session: Session,
    active: Annotated[bool, typer.Option("--active", help="Only those that are open now.")] = False,
) -> None:
    """List windows and silences, those made last first."""
    found: Iterable[Json] = session.api.get(f"{PATH}/active")["items"] if active else session.api.pages(PATH)
    items = found if session.output.as_json else _lines(found)
    session.output.items(items, LISTED, none="No window is open." if active else "No windows.")


@command(app, "create")
def create(
    session: Session,
    name: Annotated[str, typer.Argument(help="What is done, or why it is quiet.")],
    lasting: Annotated[str, typer.Option("--for", help="How long: 30m, 2h, 1d.")],
    start: Annotated[str, typer.Option("--from", help="When it opens: 2026-12-24T22:00, or 2h from now.")] = "0s",
    service: Annotated[
        list[str] | None, typer.Option("--service", help="A service it covers, by name or id; several times.")
    ] = None,
    label: Annotated[
        list[str] | None, typer.Option("--label", help="A label that what it covers has, as host=db1; several times.")
    ] = None,
    monitor: Annotated[
        list[str] | None, typer.Option("--monitor", help="A monitor it covers, by name or id; several times.")
    ] = None,
    everything: Annotated[bool, typer.Option("--everything", help="It covers all services.")] = False,
    silence: Annotated[bool, typer.Option("--silence", help="A silence: no work is announced by it.")] = False,
    recurs: Annotated[str | None, typer.Option(help="When it opens again, as RFC 5545: FREQ=WEEKLY;BYDAY=SA.")] = None,
    time_zone: Annotated[str, typer.Option(help="Whose local times it keeps: Europe/Berlin.")] = "UTC",
) -> None:
    """Make a window, open from now on unless told otherwise."""
    starts_at = instant(start, datetime.now(UTC), ahead=True)
    ends_at = datetime.fromisoformat(starts_at) + timedelta(seconds=seconds(lasting))
    body: dict[str, Any] = {
        "kind": (WindowKind.SILENCE if silence else WindowKind.MAINTENANCE).value,
        "name": name,
        "service_ids": [find(session.api, one) for one in service or []],
        "labels": dict(label_of(text) for text in label or []),
        "monitor_ids": [str(monitors.find(session.api, one)) for one in monitor or []],
        "everything": everything,
        "time_zone": time_zone,
        "starts_at": starts_at,
        "ends_at": ends_at.isoformat(),
        "recurrence": recurs,
    }
    made = session.api.create(PATH, body)
    session.output.done(made, f"Made the {made['kind']} {made['name']} ({made['id']}).")


@command(app, "end")
def end(session: Session, window: Which) -> None:
    """End a window that is open now; what it muted pages if it is still there. A recurring one opens again."""
    made = session.api.call("POST", f"{PATH}/{window}/end").document
    session.output.done(made, f"Ended {made['name']}.")


@command(app, "cancel")
def cancel(session: Session, window: Which) -> None:
    """End a window for good, open or not."""
    made = session.api.call("POST", f"{PATH}/{window}/cancel").document
    session.output.done(made, f"Cancelled {made['name']}.")


def _lines(found: Iterable[Json]) -> Iterator[Json]:
    for one in found:
        parts = [f"{len(one['service_ids'])} service(s)"] if one["service_ids"] else []
        parts += [f"{len(one['monitor_ids'])} monitor(s)"] if one["monitor_ids"] else []
        parts += [f"{name}={value}" for name, value in one["labels"].items()]
        yield {
            **one,
            "covers": ", ".join(parts) or "everything",
            "open_until_at": one["open"] and one["open"]["ends_at"],
            "next_at": one["upcoming"][0]["starts_at"] if one["upcoming"] else None,
        }
