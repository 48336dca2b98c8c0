"""`tocsin policies`: who is paged after whom, changed step by step or as a document."""

from typing import Annotated, Any, Final, cast
from uuid import UUID

import typer

from cli import documents, targets
from cli.api import Api, Json
from cli.durations import seconds
from cli.failures import NotFound
from cli.session import Session, command
from tocsin.domain.incident import Severity

PATH: Final = "/v1/escalation-policies"
LISTED: Final = ("name", "steps", "rounds", "version", "updated_at", "id")
SHOWN: Final = ("name", "team_id", "rounds", "round_delay", "fallback", "time_zone", "version", "updated_at", "id")
STEPS: Final = ("step", "after", "pages", "again", "only", "step_id")
VERSIONS: Final = ("version", "created_at", "by", "changes")
SENT: Final = ("name", "team_id", "rounds", "round_delay_seconds", "time_zone", "fallback", "steps", "version")

app = typer.Typer(name="policies", help="Who is paged after whom.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(metavar="POLICY", help="Its name, or its id.")]
Step = Annotated[str, typer.Argument(metavar="STEP", help="Its number, from 1, or its id.")]
At = Annotated[int | None, typer.Option(min=1, help="The number it shall have.")]
To = Annotated[
    list[str] | None,
    typer.Option(
        help="Whom it pages, several times: an address, schedule:NAME, next:NAME, team:NAME, destination:NAME."
    ),
]
After = Annotated[str | None, typer.Option(help="How long after the step before it: 0s, 5m, 2h.")]
Again = Annotated[int | None, typer.Option(min=0, help="How often it pages again.")]
Every = Annotated[str | None, typer.Option(help="How long between these: 2m.")]
InTurn = Annotated[
    bool | None, typer.Option("--in-turn/--all-at-once", help="One of them, the next with each incident; or all.")
]
Only = Annotated[list[Severity] | None, typer.Option("--severity", help="Only for these, several times.")]
UntilResolved = Annotated[
    bool | None, typer.Option("--until-resolved/--until-acknowledged", help="Until when it still pages.")
]


@command(app, "list")
def list_policies(session: Session) -> None:
    """List escalation policies by name."""
    found = session.api.pages(PATH)
    if not session.output.as_json:
        found = ({**policy, "steps": len(policy["steps"])} for policy in found)
    session.output.items(found, LISTED, none="No escalation policies.")


@command(app, "show")
def show(
    session: Session,
    policy: Which,
    version: Annotated[int | None, typer.Option("--version", min=1, help="As it was in this version.")] = None,
    versions: Annotated[bool, typer.Option("--versions", help="What was changed when, and by whom.")] = False,
    document: Annotated[
        bool, typer.Option("--document", help="As JSON to edit, and to give back with `update -f`.")
    ] = False,
) -> None:
    """Show a policy with its steps."""
    api, output = session.api, session.output
    path = f"{PATH}/{find(api, policy)}"
    if versions:
        _show_versions(session, api.get(f"{path}/versions", {"limit": 200})["items"])
        return
    found = api.get(path if version is None else f"{path}/versions/{version}")
    if document:
        output.document({name: found[name] for name in SENT})
    elif output.as_json:
        output.item(found, ())
    else:
        called = targets.names(api)
        told = [targets.told(target, called) for target in found["fallback"]]
        output.item({**found, "fallback": told or ["none"], "round_delay": _span(found["round_delay_seconds"])}, SHOWN)
        output.line("")
        lines = [_step_line(number, step, called) for number, step in enumerate(found["steps"], 1)]
        output.items(lines, STEPS, none="No steps.")


@command(app, "create")
def create(session: Session, file: documents.Given) -> None:
    """Create a policy from a document; targets may be addresses and names."""
    body = _body(session.api, file)
    body.pop("version", None)
    made = session.api.create(PATH, body)
    session.output.done(made, f"Created {made['name']} ({made['id']}).")


@command(app, "update")
def update(session: Session, policy: Which, file: documents.Given) -> None:
    """Make a document the new version of a policy; what runs keeps the version it has.

    If the document says which version it was, a change that somebody else made meanwhile is not lost.
    """
    api = session.api
    path = f"{PATH}/{find(api, policy)}"
    body = _body(api, file)
    version = body.pop("version", None) or api.get(path)["version"]
    _say(session, _send(api, "PUT", path, version, body))


@command(app, "duplicate")
def duplicate(
    session: Session, policy: Which, name: Annotated[str, typer.Argument(help="What to call the copy.")]
) -> None:
    """Create a policy like another."""
    made = session.api.create(f"{PATH}/{find(session.api, policy)}/duplicate", {"name": name})
    session.output.done(made, f"Created {made['name']} ({made['id']}).")


@command(app, "delete")
def delete(
    session: Session,
    policy: Which,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Take a policy out of use."""
    api = session.api
    found = api.get(f"{PATH}/{find(api, policy)}")
    if not yes and not session.output.as_json:
        typer.confirm(f"Delete {found['name']}?", abort=True, err=True)
    api.call("DELETE", f"{PATH}/{found['id']}")
    session.output.done(found, f"Deleted {found['name']}.")


@command(app, "insert")
def insert(
    session: Session,
    policy: Which,
    to: To = None,
    at: At = None,
    after: After = None,
    again: Again = None,
    every: Every = None,
    in_turn: InTurn = None,
    severity: Only = None,
    until_resolved: UntilResolved = None,
) -> None:
    """Put a step into a policy, at the end unless its number is given."""
    api = session.api
    found = api.get(f"{PATH}/{find(api, policy)}")
    body = _changes(api, {}, to or [], after, again, every, in_turn, severity, until_resolved)
    body["position"] = None if at is None else at - 1
    _say(session, _send(api, "POST", f"{PATH}/{found['id']}/steps", found["version"], body))


@command(app, "change")
def change(
    session: Session,
    policy: Which,
    step: Step,
    to: To = None,
    after: After = None,
    again: Again = None,
    every: Every = None,
    in_turn: InTurn = None,
    severity: Only = None,
    until_resolved: UntilResolved = None,
) -> None:
    """Change what a step does; what is left out stays."""
    api = session.api
    found = api.get(f"{PATH}/{find(api, policy)}")
    number = _number(found, step)
    body = _changes(api, found["steps"][number], to, after, again, every, in_turn, severity, until_resolved)
    _say(session, _send(api, "PATCH", _path(found, number), found["version"], body))


@command(app, "move")
def move(
    session: Session, policy: Which, step: Step, at: Annotated[int, typer.Option(min=1, help="Its new number.")]
) -> None:
    """Let a step have another number."""
    api = session.api
    found = api.get(f"{PATH}/{find(api, policy)}")
    path = f"{_path(found, _number(found, step))}/move"
    _say(session, _send(api, "POST", path, found["version"], {"position": at - 1}))


@command(app, "copy")
def copy(session: Session, policy: Which, step: Step, at: At = None) -> None:
    """Put a copy of a step right after it, or where it has a number."""
    api = session.api
    found = api.get(f"{PATH}/{find(api, policy)}")
    path = f"{_path(found, _number(found, step))}/duplicate"
    _say(session, _send(api, "POST", path, found["version"], {"position": None if at is None else at - 1}))


@command(app, "remove")
def remove(session: Session, policy: Which, step: Step) -> None:
    """Take a step out of a policy."""
    api = session.api
    found = api.get(f"{PATH}/{find(api, policy)}")
    _say(session, _send(api, "DELETE", _path(found, _number(found, step)), found["version"], None))


def find(api: Api, named: str) -> UUID:
    """The id of a policy by its id or name; raises NotFound."""
    try:
        return UUID(named)
    except ValueError:
        wanted = named.strip().casefold()
    for found in api.pages(PATH):
        if str(found["name"]).casefold() == wanted:
            return UUID(found["id"])
    raise NotFound(f"There is no escalation policy {named} here: see `tocsin policies list`.")


def _send(api: Api, method: str, path: str, version: object, body: Json | None) -> Json:
    return api.call(method, path, body, headers={"If-Match": f'"{version}"'}).document


def _say(session: Session, made: Json) -> None:
    session.output.done(made, f"{made['name']} is at version {made['version']} now, with {len(made['steps'])} steps.")


def _changes(
    api: Api,
    step: Json,
    to: list[str] | None,
    after: str | None,
    again: int | None,
    every: str | None,
    in_turn: bool | None,
    severity: list[Severity] | None,
    until_resolved: bool | None,
) -> Json:
    """What options say of a step; conditions that they leave out stay as the step has them."""
    conditions = dict(step.get("conditions") or {})
    if severity is not None:
        conditions["severities"] = [one.value for one in severity]
    if until_resolved is not None:
        conditions["while"] = "not_resolved" if until_resolved else "not_acknowledged"
    given: dict[str, Any] = {
        "targets": None if to is None else [targets.target(api, one) for one in to],
        "delay_seconds": None if after is None else seconds(after),
        "retries": again,
        "retry_interval_seconds": None if every is None else seconds(every),
        "round_robin": in_turn,
        "conditions": None if severity is None and until_resolved is None else conditions,
    }
    return {name: value for name, value in given.items() if value is not None}


def _number(policy: Json, step: str) -> int:
    """The place of a step, from 0, by its number or id; raises NotFound."""
    steps: list[Json] = policy["steps"]
    for place, found in enumerate(steps):
        if step in {str(place + 1), found["step_id"]}:
            return place
    raise NotFound(f"{policy['name']} has no step {step}: see `tocsin policies show`.")


def _path(policy: Json, place: int) -> str:
    return f"{PATH}/{policy['id']}/steps/{policy['steps'][place]['step_id']}"


def _body(api: Api, file: str) -> Json:
    """A document with the addresses and names in it put into ids."""
    body = documents.read(file)
    body |= {name: _all(api, body[name]) for name in ("fallback",) if name in body}
    steps: object = body.get("steps")
    for step in cast("list[object]", steps) if isinstance(steps, list) else []:
        if isinstance(step, dict) and "targets" in step:
            found = cast("Json", step)
            found["targets"] = _all(api, found["targets"])
    return body


def _all(api: Api, given: object) -> object:
    if not isinstance(given, list):
        return given
    return [targets.resolved(api, one) for one in cast("list[object]", given)]


def _show_versions(session: Session, items: list[Json]) -> None:
    if not session.output.as_json:
        items = [
            {
                **one,
                "by": one["created_by_name"] or one["created_by"],
                "changes": [change["text"] for change in one["changes"]],
            }
            for one in items
        ]
    session.output.items(items, VERSIONS, none="No versions.")


def _step_line(number: int, step: Json, called: dict[str, str]) -> Json:
    told = [targets.told(target, called) for target in step["targets"]]
    again = f"{step['retries']} times, every {_span(step['retry_interval_seconds'])}" if step["retries"] else ""
    return {
        "step": number,
        "after": _span(step["delay_seconds"]),
        "pages": f"{'in turn: ' if step['round_robin'] else ''}{', '.join(told)}",
        "again": again,
        "only": "; ".join(_only(step["conditions"])),
        "step_id": step["step_id"],
    }


def _only(conditions: Json) -> list[str]:
    said = [" or ".join(conditions[name]) for name in ("severities", "urgencies") if conditions[name]]
    said += [f"{', '.join(t['days'])} {t['starts']}-{t['ends']}" for t in conditions["times"]]
    return [*said, "until resolved"] if conditions["while"] == "not_resolved" else said


def _span(found: int) -> str:
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if found and found % size == 0:
            return f"{found // size}{unit}"
    return f"{found}s"
