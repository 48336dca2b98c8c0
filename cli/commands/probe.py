"""`tocsin probe`: the process that checks from a private location, where it stands."""

import json
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from cli.failures import Failure, Refused, Unavailable, Usage
from cli.output import Output

if TYPE_CHECKING:
    from tocsin.contracts.probes import Enrolled

FOLDER: Final = "TOCSIN_PROBE_FOLDER"
FRESH_SECONDS: Final = 60
SHOWN: Final = (
    "state",
    "region",
    "probe_id",
    "monitors",
    "configured_at",
    "sent_at",
    "waiting_batches",
    "lost_batches",
    "certificate_expires_at",
    "problem",
    "at",
)

app = typer.Typer(name="probe", help="Check from here, as a private probe.", no_args_is_help=True)

Folder = Annotated[
    Path | None,
    typer.Option("--folder", help="Where the probe keeps its key and its results.", envvar=[FOLDER, "STATE_DIRECTORY"]),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("enroll")
def enroll(
    url: Annotated[str, typer.Option("--url", help="Where Tocsin's API is.", envvar="TOCSIN_URL")],
    token: Annotated[
        str | None,
        typer.Option(
            "--token", help="What `tocsin probes add` printed; asked for without.", envvar="TOCSIN_PROBE_TOKEN"
        ),
    ] = None,
    folder: Folder = None,
    ca_file: Annotated[
        Path | None,
        typer.Option("--ca-file", help="PEM of whom to trust to be Tocsin, instead of whom the system trusts."),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Even if there is a probe here, which must not run."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Let this machine in, by a token that is good once: its key is made here and stays here."""
    # what speaks TLS and checks takes a second to load, which no other command should wait for
    from cli.probe import agent, line
    from cli.probe.home import AUTHORITIES, Home, Place
    from tocsin.platform.certificates import make_request

    output = Output(as_json=as_json)
    with _failing(output):
        home = Home(_folder(folder))
        if home.is_enrolled() and not replace:
            raise Usage(f"{home.folder} holds a probe already: use another folder, or --replace.")
        if ca_file is not None:
            home.write(AUTHORITIES, _text(ca_file))
        key, csr = make_request()
        given = token or typer.prompt("Token", hide_input=True, err=True)
        with home.only_one():
            asked = line.Line(url, None, home.server_authorities)
            enrolled = _asked(lambda: asked.enroll(given, csr, agent.software()))
            home.leave(enrolled.private_location_id)
            home.settle(key, enrolled.certificate, Place(enrolled.name, enrolled.probes_url))
        told = {"probe_id": str(enrolled.probe_id), "name": enrolled.name, "folder": str(home.folder)}
        output.done(told, f"Enrolled {enrolled.name}. Start it: tocsin probe run --folder {home.folder}")


@app.command("run")
def run(
    folder: Folder = None,
    allow: Annotated[
        list[str] | None,
        typer.Option(
            help="A private network that may be checked, as 10.0.0.0/8; several times.", envvar="TOCSIN_PROBE_ALLOW"
        ),
    ] = None,
    control: Annotated[
        list[str] | None,
        typer.Option(help="tcp://HOST:PORT or https://… that answers if anything here does; several times."),
    ] = None,
    ca_file: Annotated[
        Path | None,
        typer.Option("--target-ca-file", help="PEM of whom checks trust, instead of whom the system trusts."),
    ] = None,
    most_megabytes: Annotated[
        int, typer.Option("--buffer", min=1, help="Megabytes of results that are kept while home can't be reached.")
    ] = 256,
) -> None:
    """Check until SIGTERM. Events go to standard output, a JSON line each."""
    os.environ["POWERTOOLS_METRICS_DISABLED"] = "true"  # they are CloudWatch's, and nobody reads them here
    import asyncio

    from cli.probe.agent import Agent, Options
    from cli.probe.home import Home
    from tocsin.errors import Invalid
    from tocsin.platform.addresses import networks

    output = Output(as_json=False)
    with _failing(output):
        try:
            allowed = networks(",".join(allow or []))
        except Invalid as error:
            raise Usage(f"--allow takes networks, as 10.0.0.0/8: {error}") from error
        found = None if ca_file is None else str(ca_file)
        home = Home(_folder(folder))
        options = Options(allowed, tuple(control or []), found, most_megabytes * 2**20)

        async def go() -> None:
            await Agent(home, options).run()

        with home.only_one():
            asyncio.run(go())


@app.command("status")
def status(folder: Folder = None, as_json: AsJson = False) -> None:
    """Say how the probe here does. Exit code: 0 well, 1 not."""
    from cli.probe.home import HEALTH, Home

    output = Output(as_json=as_json)
    with _failing(output):
        home = Home(_folder(folder))
        shown = home.identity()
        text = home.read(HEALTH)
        if text is None:
            raise Failure(f"The probe in {home.folder} has not run yet: tocsin probe run")
        health: dict[str, Any] = json.loads(text)
        output.item({**health, "certificate_serial": shown.serial}, SHOWN)
        problem = _problem(health, shown.not_after)
        if problem is not None:
            raise Failure(problem)


def _problem(health: dict[str, Any], expires_at: datetime) -> str | None:
    """What is wrong with a probe, if anything."""
    now = datetime.now(expires_at.tzinfo)
    if now > expires_at:
        return "Its certificate has expired: enrol it again."
    if health["state"] != "running" or (now - datetime.fromisoformat(health["at"])).total_seconds() > FRESH_SECONDS:
        return f"It does not run: it was last seen at {health['at']}."
    return health["problem"]


def _folder(given: Path | None) -> Path:
    return given or Path(typer.get_app_dir("tocsin-probe"))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Usage(f"{path} can't be read: {error}") from error


def _asked(ask: "Callable[[], Enrolled]") -> "Enrolled":
    """What home answers, its refusals in plain words."""
    from tocsin.platform.mutual_tls import ShutOut, Unreachable, Unusable

    try:
        return ask()
    except ShutOut as error:
        raise Refused(str(error)) from error
    except Unusable as error:
        raise Usage(str(error)) from error
    except Unreachable as error:
        raise Unavailable(str(error)) from error


@contextmanager
def _failing(output: Output) -> Generator[None]:
    """Failures become the exit code, as in every other command."""
    try:
        yield
    except Failure as failure:
        output.failure(failure)
        raise typer.Exit(int(failure.exit_code)) from failure
