"""`tocsin routes`: the event rules of the organization and of its services, tried before they are made."""

from typing import Annotated, Any, Final
from uuid import UUID

import typer

from cli import documents
from cli.api import Api, Json
from cli.failures import NotFound, Usage
from cli.session import Session, command
from tocsin.domain.incident import Severity

RULES: Final = ("name", "condition", "does", "continues", "rule_id")
VERSIONS: Final = ("version", "updated_at", "updated_by", "time_zone", "rules")
DECIDED: Final = (
    "service_id",
    "policy_id",
    "severity",
    "urgency",
    "muted_by",
    "muted_until",
    "hold_seconds",
    "group_key",
)
TRACE: Final = ("decision", "rules_of", "version", "rule", "reason")
SENT: Final = ("time_zone", "rules", "version")

app = typer.Typer(name="routes", help="What becomes of events: rules in order.", no_args_is_help=True)

OfService = Annotated[
    str | None, typer.Option("--service", help="The rules of this service, by name or id; else the organization's.")
]


@command(app, "show")
def show(
    session: Session,
    service: OfService = None,
    document: Annotated[bool, typer.Option("--document", help="As JSON to edit, and to give back with `set`.")] = False,
    versions: Annotated[bool, typer.Option("--versions", help="What they were before, and who changed them.")] = False,
) -> None:
    """Show event rules in their order."""
    api, output = session.api, session.output
    path = _path(api, service)
    if versions:
        items: list[Json] = api.get(f"{path}/versions", {"limit": 200})["items"]
        lines = items if output.as_json else [{**one, "rules": len(one["rules"])} for one in items]
        output.items(lines, VERSIONS, none="Nobody has written any.")
        return
    found = api.get(path)
    if document:
        output.document({name: found[name] for name in SENT})
    elif output.as_json:
        output.item(found, ())
    else:
        output.line(f"version {found['version']}, times in {found['time_zone']}")
        output.items((_rule(rule) for rule in found["rules"]), RULES, none="No rules: events stay as they come.")


@command(app, "set")
def put(session: Session, file: documents.Given, service: OfService = None) -> None:
    """Make a document the new version of the rules.

    If the document says which version it was, a change that somebody else made meanwhile is not lost.
    """
    api = session.api
    path = _path(api, service)
    body = documents.read(file)
    version = body.pop("version", None) or api.get(path)["version"]
    made = api.call("PUT", path, body, headers={"If-Match": f'"{version}"'}).document
    session.output.done(made, f"The rules are at version {made['version']} now.")


@command(app, "test")
def try_out(
    session: Session,
    service: Annotated[str, typer.Option("--service", help="The service the event comes to, by name or id.")],
    summary: Annotated[str | None, typer.Option(help="What the event says.")] = None,
    source: Annotated[str | None, typer.Option(help="Where it happened.")] = None,
    severity: Annotated[Severity, typer.Option(help="How bad it is.")] = Severity.ERROR,
    label: Annotated[list[str] | None, typer.Option(help="A label, as name=value; several times.")] = None,
    file: Annotated[
        str | None, typer.Option("--file", "-f", help="Rules to try in the organization's place; - for standard input.")
    ] = None,
) -> None:
    """Show what would become of an event, and why; nothing happens."""
    labels = dict(label_of(text) for text in label or [])
    body: dict[str, Any] = {
        "event": {"summary": summary, "source": source, "severity": severity.value, "labels": labels},
        "service_id": find(session.api, service),
    }
    if file is not None:
        body["rules"] = {name: value for name, value in documents.read(file).items() if name != "version"}
    found = session.api.call("POST", "/v1/event-rules/test", body, is_repeatable=True).document
    session.output.item(found, DECIDED)
    if not session.output.as_json:
        session.output.items(found["trace"], TRACE, none="No rule and no window says anything about it.")


def find(api: Api, service: str) -> str:
    """The id of a service by its id or name; raises NotFound."""
    try:
        return str(UUID(service))
    except ValueError:
        for one in api.pages("/v1/services"):
            if one["name"].casefold() == service.casefold():
                return one["id"]
    raise NotFound(f"There is no service {service!r}.")


def _path(api: Api, service: str | None) -> str:
    return "/v1/event-rules" if service is None else f"/v1/services/{find(api, service)}/event-rules"


def _rule(rule: Json) -> Json:
    does = {name: value for name, value in rule["actions"].items() if value not in (None, False)}
    return {**rule, "does": ", ".join(f"{name}={value}" for name, value in does.items())}


def label_of(text: str) -> tuple[str, str]:
    """A label as somebody types it, name=value; raises Usage."""
    name, separator, value = text.partition("=")
    if not separator or not name:
        raise Usage(f"{text!r} is no label; it must look like team=payments.")
    return name, value
