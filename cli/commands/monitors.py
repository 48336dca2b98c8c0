"""`tocsin monitors`: what is checked and what it is now; kept as a document, tried at once, paused and resumed."""

import json
import os
import re
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, cast
from uuid import UUID

import typer

from cli import documents
from cli.api import Api, Json
from cli.failures import Failure, NotFound, Usage
from cli.session import Session, command
from tocsin.contracts.api_monitors import MonitorsDocument
from tocsin.domain.monitor import CheckStatus, MonitorKind

PATH: Final = "/v1/monitors"
LISTED: Final = ("status", "name", "kind", "target", "last_checked_at", "notes", "id")
SHOWN: Final = (
    "name", "status", "since", "notes", "kind", "target", "description", "tags", "severity", "regions", "interval",
    "timeout", "quorum", "secret_names", "slug", "expected_at", "late_at", "version", "updated_at", "id",
)  # fmt: skip
REGIONS: Final = ("region", "status", "since", "last_status", "last_reason", "last_latency_ms", "last_checked_at")
RESULTS: Final = (
    "region", "status", "reason", "http_status", "dns", "connect", "tls", "first_byte", "total", "address", "detail",
)  # fmt: skip
PINGS: Final = ("received_at", "action", "exit_status", "duration_ms")
PINGS_SHOWN: Final = 5
LOCATIONS: Final = "/v1/private-locations"
PRIVATE: Final = "private:"
IMPORTED: Final = ("action", "name", "changes")
VARIABLE: Final = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
WAIT_SECONDS: Final = 60
ASK_SECONDS: Final = 0.5

app = typer.Typer(name="monitors", help="What is checked from regions, or reports by itself.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(metavar="MONITOR", help="Its name, or its id.")]
FailIfDown = Annotated[bool, typer.Option("--fail-if-down", help="End with 1 when one that is shown is down.")]
File = Annotated[str, typer.Option("--file", "-f", metavar="FILE", help="A YAML document; - for standard input.")]


class Down(Failure):
    """A monitor is down, and the command was to end so."""


@command(app, "list")
def list_monitors(
    session: Session,
    status: Annotated[list[CheckStatus] | None, typer.Option(help="Only these, several times.")] = None,
    kind: Annotated[list[MonitorKind] | None, typer.Option(help="Only these, several times.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="Only those with one of these tags.")] = None,
    text: Annotated[str | None, typer.Option(help="Only those with this in name, description, URL or host.")] = None,
    paused: Annotated[
        bool | None, typer.Option("--paused/--not-paused", help="Only those, or only the others.")
    ] = None,
    fail_if_down: FailIfDown = False,
) -> None:
    """List monitors by name, with what they are now."""
    query: dict[str, Any] = {"status": status, "kind": kind, "tag": tag, "q": text, "paused": paused}
    found = list(session.api.pages(PATH, {name: value for name, value in query.items() if value is not None}))
    session.output.items(found if session.output.as_json else map(_line, found), LISTED, none="No monitors.")
    if fail_if_down:
        _fail_if_down(found)


@command(app, "show")
def show(session: Session, monitor: Which, fail_if_down: FailIfDown = False) -> None:
    """Show a monitor, and what it is in each region, or what a heartbeat has heard of late."""
    path = f"{PATH}/{find(session.api, monitor)}"
    found = session.api.get(path)
    output = session.output
    if output.as_json:
        output.item(found, ())
    elif found["kind"] == MonitorKind.HEARTBEAT:
        output.item({**_line(found), "regions": None}, SHOWN)
        output.line("")
        heard = session.api.get(f"{path}/pings", {"limit": PINGS_SHOWN})["items"]
        output.items(heard, PINGS, none="It was told nothing yet.")
    else:
        times = {"interval": f"{found['interval_seconds']} s", "timeout": f"{found['timeout_seconds']:g} s"}
        called = _called(session.api, found["regions"])
        regions = [called.get(region, region) for region in found["regions"]]
        output.item({**_line(found), **times, "regions": regions}, SHOWN)
        output.line("")
        output.items(_placed(found["in_regions"], called), REGIONS, none="No region has checked it yet.")
    if fail_if_down:
        _fail_if_down([found])


@command(app, "run")
def run(
    session: Session,
    monitor: Which,
    wait: Annotated[int, typer.Option(min=0, help="For how many seconds to wait for all regions.")] = WAIT_SECONDS,
    fail_if_down: FailIfDown = False,
) -> None:
    """Check a monitor now, from all its regions, and show what each has seen, in milliseconds."""
    api, path = session.api, f"{PATH}/{find(session.api, monitor)}"
    run = api.create(f"{path}/run", None)
    until = time.monotonic() + wait
    while run["waiting_for"] and time.monotonic() < until:
        time.sleep(ASK_SECONDS)
        run = api.get(f"{path}/runs/{run['id']}")
    results: list[Json] = run["results"]
    lines = results
    if not session.output.as_json:
        timed = [{**one, **cast("Json", one["timings"] or {})} for one in results]
        lines = _placed(timed, _called(session.api, [one["region"] for one in results]))
    session.output.items(lines, RESULTS, none="No region has answered.")
    if run["waiting_for"]:
        raise Failure(f"No answer from {', '.join(run['waiting_for'])} yet; see `tocsin monitors show` later.")
    if fail_if_down:
        _fail_if_down([{**one, "name": one["region"]} for one in results])


@command(app, "pause")
def pause(session: Session, monitor: Which) -> None:
    """Check a monitor no more, until it is resumed."""
    made = session.api.call("POST", f"{PATH}/{find(session.api, monitor)}/pause").document
    session.output.done(made, f"{made['name']} is paused.")


@command(app, "resume")
def resume(session: Session, monitor: Which) -> None:
    """Check a monitor again."""
    made = session.api.call("POST", f"{PATH}/{find(session.api, monitor)}/resume").document
    session.output.done(made, f"{made['name']} goes on.")


@command(app, "create")
def create(session: Session, file: File) -> None:
    """Create one monitor from a document as `export` writes them; ${NAME} in secrets is read from the environment."""
    entry = _entry(documents.read_yaml(file))
    if _exists(session.api, str(entry.get("name"))):
        raise Usage(f"There is a monitor {entry['name']} already; change it with `tocsin monitors import`.")
    report = _send(session.api, {"monitors": [entry]}, dry_run=False)
    (made,) = report["items"]
    if made["ping_url"]:
        session.output.secret(
            made, made["ping_url"], f"Created {made['name']}. It reports to this URL, shown this once."
        )
    else:
        session.output.done(made, f"Created {made['name']} ({made['id']}).")


@command(app, "delete")
def delete(
    session: Session,
    monitor: Which,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Take a monitor out of use."""
    found = session.api.get(f"{PATH}/{find(session.api, monitor)}")
    if not yes and not session.output.as_json:
        typer.confirm(f"Delete {found['name']}?", abort=True, err=True)
    session.api.call("DELETE", f"{PATH}/{found['id']}")
    session.output.done(found, f"Deleted {found['name']}.")


@command(app, "export")
def export(
    session: Session,
    file: Annotated[
        str | None, typer.Option("--file", "-f", metavar="FILE", help="Where to; else to the output.")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option(help="Only those with one of these tags.")] = None,
) -> None:
    """Write all monitors as YAML, everything by name: to keep, and to import. Secrets are named and not told."""
    found = session.api.get(f"{PATH}/export", {"tag": tag} if tag else None)
    if session.output.as_json:
        session.output.document(found)
        return
    text = documents.as_yaml(_short(found))
    if file is None:
        typer.echo(text, nl=False)
        return
    try:
        Path(file).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Usage(f"{file} can't be written: {error.strerror or error}.") from error
    session.output.note(f"Wrote {len(found['monitors'])} monitors to {file}.")


@command(app, "import")
def import_monitors(
    session: Session,
    file: File,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would change.")] = False,
) -> None:
    """Create and change monitors so that they are as a document says; what is not in it stays as it is.

    ${NAME} in secrets is read from the environment. All of a document is brought in, or nothing.
    """
    document = documents.read_yaml(file)
    entries: object = document.get("monitors")
    if isinstance(entries, list):
        document["monitors"] = [_entry(one) for one in cast("list[object]", entries)]
    report = _send(session.api, document, dry_run=dry_run)
    items = report["items"]
    if not session.output.as_json:
        changed = [{**one, "changes": _changes(one)} for one in items if one["action"] != "unchanged"]
        session.output.items(changed, IMPORTED, none="Everything is as it should be.")
        would = "would be " if dry_run else ""
        counts = f"{would}created {report['created']}, {would}updated {report['updated']}"
        session.output.note(f"{counts}, unchanged {report['unchanged']}.".capitalize())
        for one in items:
            if one["ping_url"]:
                session.output.line(f"{one['name']} reports to {one['ping_url']}, shown this once.")
    else:
        session.output.item(report, ())


def find(api: Api, named: str) -> UUID:
    """The id of a monitor by its id or name; raises NotFound."""
    try:
        return UUID(named)
    except ValueError:
        wanted = named.strip().casefold()
    for found in api.pages(PATH, {"q": named.strip()}):
        if str(found["name"]).casefold() == wanted:
            return UUID(found["id"])
    raise NotFound(f"There is no monitor {named} here: see `tocsin monitors list`.")


def _called(api: Api, regions: Iterable[str]) -> Mapping[str, str]:
    """What people call those of the regions that are private locations; nothing is asked where none is."""
    if not any(region.startswith(PRIVATE) for region in regions):
        return {}
    return {one["region"]: f"{PRIVATE}{one['name']}" for one in api.pages(LOCATIONS)}


def _placed(found: Iterable[Json], called: Mapping[str, str]) -> list[Json]:
    return [{**one, "region": called.get(one["region"], one["region"])} for one in found]


def _exists(api: Api, named: str) -> bool:
    return any(found["name"] == named for found in api.pages(PATH, {"q": named}))


def _send(api: Api, document: Json, *, dry_run: bool) -> Json:
    return api.call("POST", f"{PATH}/import{'?dry_run=true' if dry_run else ''}", document).document


def _line(found: Json) -> Json:
    """A monitor with what people look for in it: its target, and what is special about it now."""
    spec: Json = found["spec"]
    notes = [
        word
        for word, holds in (
            ("paused", found["paused_at"] is not None),
            ("flapping", found["is_flapping"]),
            ("stale", found["is_stale"]),
        )
        if holds
    ]
    target = spec.get("url") or spec.get("host") or spec.get("name") or spec.get("cron")
    if found["kind"] == MonitorKind.HEARTBEAT and target is None:
        target = f"every {spec['interval_seconds']} s"
    elif found["kind"] in {MonitorKind.TCP, MonitorKind.TLS}:
        target = f"{target}:{spec['port']}"
    return {**found, "target": target, "notes": notes or None}


def _fail_if_down(found: Iterable[Json]) -> None:
    down = [str(one["name"]) for one in found if one["status"] == CheckStatus.DOWN]
    if down:
        raise Down(f"Down: {', '.join(down)}.")


def _changes(item: Json) -> list[str]:
    """What an update changes; of what is new, everything is."""
    if item["action"] == "create":
        return []
    return [
        str(c["field"])
        if c["field"].startswith("secrets.")
        else f"{c['field']} {json.dumps(c['before'])} -> {json.dumps(c['after'])}"
        for c in item["changes"]
    ]


def _entry(given: object) -> Json:
    """An entry with what its secrets take from the environment; raises Usage for what is not set there."""
    if not isinstance(given, dict):
        raise Usage("Each monitor must be an object, as `tocsin monitors export` writes them.")
    entry = dict(cast("Json", given))
    secrets: object = entry.get("secrets")
    if isinstance(secrets, dict):
        values = cast("dict[str, object]", secrets)
        entry["secrets"] = {n: VARIABLE.sub(_value, v) if isinstance(v, str) else v for n, v in values.items()}
    return entry


def _value(found: re.Match[str]) -> str:
    try:
        return os.environ[found[1]]
    except KeyError:
        raise Usage(f"${{{found[1]}}} is not set in the environment.") from None


def _short(document: Json) -> Json:
    """A document without what is as it is by itself."""
    read = MonitorsDocument.model_validate(document)
    dumped = [entry.model_dump(mode="json", exclude_defaults=True, exclude_none=False) for entry in read.monitors]
    entries: list[Json] = [{"name": entry["name"], "service": entry["service"], **entry} for entry in dumped]
    for entry, whole in zip(entries, read.monitors, strict=True):
        entry["spec"] = {"kind": whole.spec.kind.value, **entry["spec"]}
        _tag(entry["spec"], whole.spec.model_dump(mode="json"))
    return {"monitors": entries}


def _tag(short: Json, whole: Mapping[str, Any]) -> None:
    """Put back what tells variants apart, which is as it is by itself too."""
    for index, assertion in enumerate(short.get("assertions", [])):
        short["assertions"][index] = {"type": whole["assertions"][index]["type"], **assertion}
    if short.get("auth"):
        short["auth"] = {"type": whole["auth"]["type"], **short["auth"]}
