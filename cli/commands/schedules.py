"""`tocsin schedules`: who is on call when, what is laid over it, and calendars of it."""

from datetime import UTC, datetime
from typing import Annotated, Final, cast
from uuid import UUID

import typer

from cli import documents, output, people
from cli.api import Api, Json
from cli.durations import instant
from cli.failures import NotFound, Usage
from cli.session import Session, command

PATH: Final = "/v1/schedules"
LISTED: Final = ("name", "time_zone", "layers", "version", "updated_at", "id")
SHOWN: Final = ("name", "description", "time_zone", "team_id", "version", "effective_at", "updated_at", "id")
LAYERS: Final = ("name", "turn", "handoff", "starts_on", "participants", "hours", "layer_id")
VERSIONS: Final = ("version", "effective_at", "time_zone", "layers", "created_by")
SHIFTS: Final = ("starts_at", "ends_at", "who", "why")
OVERRIDES: Final = ("kind", "name", "who", "starts_at", "ends_at", "cancelled_at", "version", "id")
CALENDARS: Final = ("who", "created_by", "created_at", "last_used_at", "revoked_at", "id")
SENT: Final = ("name", "description", "team_id", "time_zone", "layers", "version")

app = typer.Typer(name="schedules", help="Who is on call when.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(metavar="SCHEDULE", help="Its name, or its id.")]
Since = Annotated[str | None, typer.Option(help="From when: 2026-12-24T18:00Z, or 7d ago. Now unless given.")]
Until = Annotated[str | None, typer.Option(help="Until when: 2027-01-02, or 30d ahead. Two weeks unless given.")]


@command(app, "list")
def list_schedules(session: Session) -> None:
    """List schedules by name."""
    found = session.api.pages(PATH)
    if not session.output.as_json:
        found = ({**schedule, "layers": len(schedule["layers"])} for schedule in found)
    session.output.items(found, LISTED, none="No schedules.")


@command(app, "show")
def show(
    session: Session,
    schedule: Which,
    document: Annotated[
        bool, typer.Option("--document", help="As JSON to edit, and to give back with `update -f`.")
    ] = False,
    versions: Annotated[bool, typer.Option("--versions", help="What it was before, and who changed it.")] = False,
) -> None:
    """Show a schedule with its layers."""
    api, output = session.api, session.output
    found = api.get(f"{PATH}/{find(api, schedule)}")
    if versions:
        items: list[Json] = api.get(f"{PATH}/{found['id']}/versions", {"limit": 200})["items"]
        lines = items if output.as_json else [{**one, "layers": len(one["layers"])} for one in items]
        output.items(lines, VERSIONS, none="No versions.")
    elif document:
        output.document({name: found[name] for name in SENT})
    elif output.as_json:
        output.item(found, ())
    else:
        output.item(found, SHOWN)
        output.line("\nlayers, the last one on top")
        called = _names(api)
        output.items([_layer(layer, called) for layer in found["layers"]], LAYERS, none="None: nobody is on call.")


@command(app, "create")
def create(session: Session, file: documents.Given) -> None:
    """Create a schedule from a document; participants may be addresses of members."""
    body = _body(session.api, file)
    body.pop("version", None)
    made = session.api.create(PATH, body)
    session.output.done(made, f"Created {made['name']} ({made['id']}).")


@command(app, "update")
def update(session: Session, schedule: Which, file: documents.Given) -> None:
    """Make a document the new version of a schedule, for the future alone.

    If the document says which version it was, a change that somebody else made meanwhile is not lost.
    """
    api = session.api
    path = f"{PATH}/{find(api, schedule)}"
    body = _body(api, file)
    version = body.pop("version", None) or api.get(path)["version"]
    made = api.call("PUT", path, body, headers={"If-Match": f'"{version}"'}).document
    session.output.done(made, f"{made['name']} is at version {made['version']} now.")


@command(app, "delete")
def delete(
    session: Session,
    schedule: Which,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Take a schedule out of use."""
    api = session.api
    found = api.get(f"{PATH}/{find(api, schedule)}")
    if not yes and not session.output.as_json:
        typer.confirm(f"Delete {found['name']}?", abort=True, err=True)
    api.call("DELETE", f"{PATH}/{found['id']}")
    session.output.done(found, f"Deleted {found['name']}.")


@command(app, "shifts")
def shifts(session: Session, schedule: Which, since: Since = None, until: Until = None) -> None:
    """Show who is on call when, and why."""
    api = session.api
    _show_shifts(session, api.get(f"{PATH}/{find(api, schedule)}/shifts", _window(since, until)))


@command(app, "preview")
def preview(
    session: Session,
    file: documents.Given,
    schedule: Annotated[
        str | None, typer.Argument(metavar="[SCHEDULE]", help="The one it would change; a new one unless given.")
    ] = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Show the shifts a document would give; nothing is saved."""
    api = session.api
    body = _body(api, file)
    body.pop("version", None)
    path = f"{PATH}/preview" if schedule is None else f"{PATH}/{find(api, schedule)}/preview"
    _show_shifts(session, api.call("POST", path, body, query=_window(since, until), is_repeatable=True).document)


@command(app, "override")
def override(
    session: Session,
    schedule: Which,
    until: Annotated[str | None, typer.Option(help="Until when: 8h, or 2026-12-25T09:00.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="From when, now unless given: 2h, or an instant.")] = None,
    member: Annotated[str | None, typer.Option("--member", help="Who takes over: their address or id.")] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help="Nobody is on call.")] = False,
    name: Annotated[str | None, typer.Option(help="What for.")] = None,
    file: Annotated[
        str | None, typer.Option("--file", "-f", metavar="FILE", help="Or a document, for a temporary schedule.")
    ] = None,
) -> None:
    """Put somebody, or nobody, on call for a while; or lay a temporary schedule over it."""
    api, now = session.api, datetime.now(UTC)
    if file is not None:
        body = _body(api, file)
    else:
        if until is None or (member is None) != nobody:
            raise Usage("Say until when, and who: --member with an address or id, or --nobody.")
        user_id = None if member is None else str(people.find(api, member))
        body = {"user_id": user_id, "ends_at": instant(until, now, ahead=True), "name": name}
    if since is not None:
        body["starts_at"] = instant(since, now, ahead=True)
    made = api.create(f"{PATH}/{find(api, schedule)}/overrides", body)
    session.output.done(
        made,
        f"It holds from {output.instant(made['starts_at'])} until {output.instant(made['ends_at'])} ({made['id']}).",
    )


@command(app, "overrides")
def overrides(
    session: Session,
    schedule: Which,
    every: Annotated[bool, typer.Option("--all", help="Also what is over or was cancelled.")] = False,
    cancel: Annotated[UUID | None, typer.Option(metavar="ID", help="Let this one hold no more.")] = None,
) -> None:
    """List what is laid over a schedule, newest first; or cancel one."""
    api = session.api
    path = f"{PATH}/{find(api, schedule)}/overrides"
    if cancel is not None:
        gone = api.call("POST", f"{path}/{cancel}/cancel").document
        session.output.done(gone, f"It holds no more since {output.instant(gone['cancelled_at'])}.")
        return
    found = api.pages(path, {"all": "true"} if every else None)
    if not session.output.as_json:
        called = _names(api)
        found = ({**one, "who": _who(one, called)} for one in found)
    session.output.items(found, OVERRIDES, none="No overrides.")


@command(app, "calendar")
def calendar(
    session: Session,
    schedule: Which,
    member: Annotated[str | None, typer.Option("--member", help="Only the shifts of this member.")] = None,
    everybody: Annotated[bool, typer.Option("--everybody", help="All shifts.")] = False,
    rotate: Annotated[UUID | None, typer.Option(metavar="ID", help="Give this one another address.")] = None,
    revoke: Annotated[UUID | None, typer.Option(metavar="ID", help="End this one.")] = None,
) -> None:
    """List the calendars of a schedule; or make one to subscribe to, its secret address shown this once."""
    api, output = session.api, session.output
    path = f"{PATH}/{find(api, schedule)}/calendars"
    if revoke is not None:
        output.done(api.call("POST", f"{path}/{revoke}/revoke").document, f"{revoke} is revoked.")
    elif rotate is not None:
        made = api.create(f"{path}/{rotate}/rotate")
        output.secret(made, made["url"], "Its new address, which is not shown again:")
    elif member is not None or everybody:
        user_id = None if member is None else str(people.find(api, member))
        made = api.create(path, {"user_id": user_id})
        output.secret(made, made["url"], f"The address of calendar {made['id']}; it is not shown again:")
    else:
        items: list[Json] = api.get(path)["items"]
        if not output.as_json:
            called = _names(api)
            items = [{**one, "who": called.get(one["user_id"], "everybody")} for one in items]
        output.items(items, CALENDARS, none="No calendars.")


def find(api: Api, named: str) -> UUID:
    """The id of a schedule by its id or name; raises NotFound."""
    try:
        return UUID(named)
    except ValueError:
        wanted = named.strip().casefold()
    for found in api.pages(PATH):
        if str(found["name"]).casefold() == wanted:
            return UUID(found["id"])
    raise NotFound(f"There is no schedule {named} here: see `tocsin schedules list`.")


def _body(api: Api, file: str) -> Json:
    """A document with the addresses of members in it put into ids; what is wrong with it the API says."""
    body = documents.read(file)
    layers: object = body.get("layers")
    for layer in cast("list[object]", layers) if isinstance(layers, list) else []:
        if isinstance(layer, dict):
            rotation = cast("Json", layer)
            participants: object = rotation.get("participants")
            if isinstance(participants, list):
                rotation["participants"] = [_member(api, one) for one in cast("list[object]", participants)]
    if "user_id" in body:
        body["user_id"] = _member(api, body["user_id"])
    return body


def _member(api: Api, named: object) -> object:
    return str(people.find(api, named)) if isinstance(named, str) and "@" in named else named


def _window(since: str | None, until: str | None) -> dict[str, str | None]:
    now = datetime.now(UTC)
    return {
        "since": None if since is None else instant(since, now, ahead=False),
        "until": None if until is None else instant(until, now, ahead=True),
    }


def _show_shifts(session: Session, found: Json) -> None:
    output = session.output
    if output.as_json:
        output.item(found, ())
        return
    output.items([{**s, "who": who(s), "why": why(s)} for s in found["items"]], SHIFTS, none="Nobody is on call.")
    for warning in found["warnings"]:
        output.note(f"warning: {warning['detail']}")


def who(shift: Json | None) -> str:
    """Whose shift it is, for people."""
    if shift is None or shift["user_id"] is None:
        return "nobody"
    return str(shift["user_name"] or "a former member")


def why(shift: Json) -> str:
    """The reason of a shift, for people."""
    reason = shift["reason"]
    version = f", version {reason['version']}" if reason["version"] else ""
    return f"{reason['kind']} {reason['name'] or reason['id']}{version}"


def _names(api: Api) -> dict[str | None, str]:
    return {found["user_id"]: found["name"] for found in api.pages(people.MEMBERS)}


def _who(override: Json, called: dict[str | None, str]) -> str:
    if override["kind"] == "temporary":
        return f"{len(override['layers'])} layers"
    return "nobody" if override["user_id"] is None else called.get(override["user_id"], "a former member")


def _layer(layer: Json, called: dict[str | None, str]) -> Json:
    participants = ["nobody" if one is None else called.get(one, "a former member") for one in layer["participants"]]
    turn = layer["unit"].removesuffix("s") if layer["length"] == 1 else f"{layer['length']} {layer['unit']}"
    hours = [
        " ".join(part for part in (r["start_day"], r["start"], "to", r["end_day"], r["end"]) if part)
        for r in layer["restrictions"]
    ]
    return {**layer, "turn": turn, "participants": participants, "hours": hours or ["always"]}
