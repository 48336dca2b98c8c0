"""`tocsin status components`: what a page tells of, in which order, and what somebody says it is."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Final

import typer

from cli.api import Api, Json
from cli.commands import monitors, routes, status_groups, status_pages
from cli.commands.status_pages import OfPage
from cli.durations import instant
from cli.failures import NotFound, Usage
from cli.session import Session, command
from tocsin.domain.status_page import ComponentStatus

LISTED: Final = ("status", "name", "group", "made_of", "override", "override_until_at", "id")
SENT: Final = (
    "name", "description", "group_id", "monitor_ids", "service_ids", "shows_uptime", "shows_latency",
    "only_if_degraded",
)  # fmt: skip

app = typer.Typer(name="components", help="What a page tells of.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(metavar="COMPONENT", help="Its name, or its id.")]
Description = Annotated[str | None, typer.Option(help="What it is, in a sentence.")]
Group = Annotated[str | None, typer.Option(help="The group it is in, by name; a new one is made.")]
Monitors = Annotated[
    list[str] | None, typer.Option("--monitor", help="A monitor it is made of, by name or id; several times.")
]
Services = Annotated[
    list[str] | None, typer.Option("--service", help="A service it is made of, by name or id; several times.")
]
Uptime = Annotated[bool | None, typer.Option("--uptime/--no-uptime", help="Whether its days are shown.")]
Latency = Annotated[bool | None, typer.Option("--latency/--no-latency", help="Whether its latency is shown.")]
Degraded = Annotated[
    bool | None, typer.Option("--only-if-degraded/--always", help="Whether it is shown only while something is wrong.")
]


@command(app, "list")
def list_components(session: Session, page: OfPage = None) -> None:
    """List the components of a page in their order, with what the public is told of each."""
    api, output = session.api, session.output
    path = status_pages.path_of(api, page)
    told = {one["id"]: one for one in api.get(f"{path}/status")["components"]}
    groups = {group["id"]: group["name"] for group in api.get(f"{path}/component-groups")["items"]}
    found = [one | {"told": told.get(one["id"])} for one in api.get(f"{path}/components")["items"]]
    output.items(found if output.as_json else _lines(found, groups), LISTED, none="No components.")


@command(app, "add")
def add(
    session: Session,
    name: Annotated[str, typer.Argument(help="What the public calls it.")],
    page: OfPage = None,
    description: Description = None,
    group: Group = None,
    monitor: Monitors = None,
    service: Services = None,
    uptime: Uptime = None,
    latency: Latency = None,
    only_if_degraded: Degraded = None,
) -> None:
    """Add a component to a page, last: made of monitors and services, or kept by hand."""
    api = session.api
    path = status_pages.path_of(api, page)
    given = _given(api, path, description, group, monitor, service, uptime, latency, only_if_degraded)
    made = api.create(f"{path}/components", {"name": name, **given})
    session.output.done(made, f"Added {made['name']} ({made['id']}).")


@command(app, "edit")
def edit(
    session: Session,
    component: Which,
    page: OfPage = None,
    name: Annotated[str | None, typer.Option(help="What the public calls it from now on.")] = None,
    description: Description = None,
    group: Group = None,
    no_group: Annotated[bool, typer.Option("--no-group", help="Take it out of its group.")] = False,
    monitor: Monitors = None,
    service: Services = None,
    by_hand: Annotated[bool, typer.Option("--by-hand", help="It is made of nothing any more.")] = False,
    uptime: Uptime = None,
    latency: Latency = None,
    only_if_degraded: Degraded = None,
) -> None:
    """Change what is given of a component; monitors and services that are given take the place of all it had."""
    api = session.api
    path = status_pages.path_of(api, page)
    found = find(api, path, component)
    given = _given(api, path, description, group, monitor, service, uptime, latency, only_if_degraded)
    if name is not None:
        given["name"] = name
    if no_group:
        given["group_id"] = None
    if by_hand or monitor or service:
        given.setdefault("monitor_ids", [])
        given.setdefault("service_ids", [])
    if not given:
        raise Usage("Say what to change: --name, --description, --group, --monitor, --service, ….")
    body = {field: found[field] for field in SENT} | given
    version = {"If-Match": f'"{found["version"]}"'}
    made = api.call("PUT", f"{path}/components/{found['id']}", body, headers=version).document
    session.output.done(made, f"{made['name']} is at version {made['version']} now.")


@command(app, "move")
def move(
    session: Session,
    component: Which,
    page: OfPage = None,
    before: Annotated[str | None, typer.Option(help="The component it shall come before, by name or id.")] = None,
    after: Annotated[str | None, typer.Option(help="The component it shall come after, by name or id.")] = None,
    group: Annotated[str | None, typer.Option(help="The group it shall be the last of, by name.")] = None,
) -> None:
    """Show a component elsewhere: before or after another, in its group, or last in a group."""
    if sum(where is not None for where in (before, after, group)) != 1:
        raise Usage("Say where to: one of --before, --after and --group.")
    api = session.api
    path = status_pages.path_of(api, page)
    moved = find(api, path, component)["id"]
    neighbour = before or after
    other = None if neighbour is None else find(api, path, neighbour)["id"]
    if other == moved:
        raise Usage("A component can't come before or after itself.")
    into = None if group is None else status_groups.find_or_make(api, path, group)
    version = api.get(path)["version"]
    items = _moved(_order(api, path), moved, other, into, behind=after is not None)
    made = api.call("PUT", f"{path}/order", {"items": items}, headers={"If-Match": f'"{version}"'}).document
    session.output.done(made, f"Moved {component}.")


@command(app, "set")
def put(
    session: Session,
    component: Which,
    status: Annotated[ComponentStatus, typer.Argument(help="What it is, whatever monitors and reports say.")],
    page: OfPage = None,
    until: Annotated[
        str | None, typer.Option(help="Until when: 2h from now, or 2026-12-24T22:00; else until `clear`.")
    ] = None,
) -> None:
    """Say what a component is."""
    api = session.api
    path = status_pages.path_of(api, page)
    found = find(api, path, component)
    ends_at = None if until is None else instant(until, datetime.now(UTC), ahead=True)
    body = {"status": status.value, "until": ends_at}
    made = api.call("PUT", f"{path}/components/{found['id']}/override", body, is_repeatable=True).document
    session.output.done(made, f"{made['name']} is told as {status.value.replace('_', ' ')}.")


@command(app, "clear")
def clear(session: Session, component: Which, page: OfPage = None) -> None:
    """Take back what somebody said of a component: reports, monitors and services tell again."""
    api = session.api
    path = status_pages.path_of(api, page)
    found = find(api, path, component)
    made = api.call("DELETE", f"{path}/components/{found['id']}/override", is_repeatable=True).document
    session.output.done(made, f"{made['name']} is told by what it is made of.")


@command(app, "delete")
def delete(
    session: Session,
    component: Which,
    page: OfPage = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Take a component off its page; reports that name it go on naming it."""
    api = session.api
    path = status_pages.path_of(api, page)
    found = find(api, path, component)
    if not yes and not session.output.as_json:
        typer.confirm(f"Delete {found['name']}?", abort=True, err=True)
    api.call("DELETE", f"{path}/components/{found['id']}")
    session.output.done(found, f"Deleted {found['name']}.")


def find(api: Api, path: str, named: str) -> Json:
    """A component of a page by its name or id; raises NotFound."""
    for one in api.get(f"{path}/components")["items"]:
        if named.casefold() in {one["id"], one["name"].casefold()}:
            return one
    raise NotFound(f"There is no component {named!r} on this page.")


def _given(
    api: Api,
    path: str,
    description: str | None,
    group: str | None,
    monitor: Sequence[str] | None,
    service: Sequence[str] | None,
    uptime: bool | None,
    latency: bool | None,
    only_if_degraded: bool | None,
) -> Json:
    given: dict[str, Any] = {
        "description": description,
        "monitor_ids": [str(monitors.find(api, one)) for one in monitor] if monitor else None,
        "service_ids": [routes.find(api, one) for one in service] if service else None,
        "shows_uptime": uptime,
        "shows_latency": latency,
        "only_if_degraded": only_if_degraded,
        "group_id": None if group is None else status_groups.find_or_make(api, path, group),
    }
    return {field: value for field, value in given.items() if value is not None}


def _order(api: Api, path: str) -> list[Json]:
    """All groups and components as they are ordered now."""
    components = api.get(f"{path}/components")["items"]
    places = [(group["position"], group) for group in api.get(f"{path}/component-groups")["items"]]
    places += [(one["position"], one) for one in components if one["group_id"] is None]
    grouped: dict[str, list[str]] = {}
    for one in components:
        if one["group_id"] is not None:
            grouped.setdefault(one["group_id"], []).append(one["id"])
    items: list[Json] = []
    for _, one in sorted(places, key=lambda place: place[0]):
        is_group = "is_collapsed" in one
        found = {"group_id": one["id"], "component_ids": grouped.get(one["id"], [])}
        items.append(found if is_group else {"component_id": one["id"]})
    return items


def _moved(items: list[Json], moved: str, other: str | None, group_id: str | None, *, behind: bool) -> list[Json]:
    """The order with a component before or behind another, or last in a group."""
    left = [
        {**item, "component_ids": [i for i in item.get("component_ids", []) if i != moved]}
        for item in items
        if item.get("component_id") != moved
    ]
    if group_id is not None:
        for item in left:
            if item.get("group_id") == group_id:
                item["component_ids"].append(moved)
        return left
    for number, item in enumerate(left):
        if item.get("component_id") == other:
            left.insert(number + behind, {"component_id": moved})
            break
        if other in item["component_ids"]:
            item["component_ids"].insert(item["component_ids"].index(other) + behind, moved)
            break
    return left


def _lines(found: Sequence[Json], groups: dict[str, str]) -> Iterator[Json]:
    for one in found:
        parts = [f"{len(one[field])} {kind}(s)" for field, kind in _SOURCES if one[field]]
        override = one["override"] or {"status": None, "until": None}
        yield {
            **one,
            "status": one["told"] and one["told"]["status"],
            "group": groups.get(one["group_id"]),
            "made_of": ", ".join(parts) or "by hand",
            "override": override["status"],
            "override_until_at": override["until"],
        }


_SOURCES: Final = (("monitor_ids", "monitor"), ("service_ids", "service"))
