"""`tocsin probes`: private locations, and who may check from them."""

from typing import Annotated, Final
from uuid import UUID

import typer

from cli.api import Api, Json
from cli.failures import NotFound
from cli.output import instant
from cli.session import Session, command

PATH: Final = "/v1/private-locations"
LOCATIONS: Final = ("name", "region", "probes", "last_seen_at", "id")
PROBES: Final = ("name", "status", "last_seen_at", "certificate_expires_at", "software", "id")

app = typer.Typer(name="probes", help="Private locations, and the probes that check from them.", no_args_is_help=True)

Location = Annotated[str, typer.Argument(metavar="LOCATION", help="Its name, or its id.")]
Which = Annotated[str, typer.Argument(metavar="PROBE", help="Its name, or its id.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@command(app, "locations")
def locations(session: Session) -> None:
    """List private locations by name."""
    session.output.items(session.api.pages(PATH), LOCATIONS, none="No private locations.")


@command(app, "create-location")
def create_location(session: Session, name: Annotated[str, typer.Argument(help="What to call it.")]) -> None:
    """Create a private location, a region that monitors can name."""
    made = session.api.create(PATH, {"name": name})
    session.output.done(made, f"Created {made['name']}: monitors name it as {made['region']}.")


@command(app, "rename-location")
def rename_location(
    session: Session, location: Location, name: Annotated[str, typer.Argument(help="What to call it from now on.")]
) -> None:
    """Give a private location another name."""
    api = session.api
    found = api.get(f"{PATH}/{find(api, location)}")
    version = {"If-Match": f'"{found["version"]}"'}
    made = api.call("PUT", f"{PATH}/{found['id']}", {"name": name}, headers=version).document
    session.output.done(made, f"{found['name']} is called {made['name']} now.")


@command(app, "delete-location")
def delete_location(session: Session, location: Location, yes: Yes = False) -> None:
    """Take a private location out of use, and shut its probes out."""
    api = session.api
    found = api.get(f"{PATH}/{find(api, location)}")
    if not yes and not session.output.as_json:
        typer.confirm(f"Delete {found['name']} with {found['probes']} probe(s)?", abort=True, err=True)
    api.call("DELETE", f"{PATH}/{found['id']}")
    session.output.done(found, f"Deleted {found['name']}.")


@command(app, "list")
def list_probes(session: Session, location: Location) -> None:
    """List the probes of a private location, the oldest first."""
    found = session.api.pages(f"{PATH}/{find(session.api, location)}/probes")
    session.output.items(found, PROBES, none="No probes.")


@command(app, "add")
def add(
    session: Session, location: Location, name: Annotated[str, typer.Argument(help="What to call the probe.")]
) -> None:
    """Let a probe in: prints the token that enrols it within an hour, this once, alone on standard output."""
    api = session.api
    made = api.create(f"{PATH}/{find(api, location)}/probes", {"name": name})
    _say(session, made)


@command(app, "rotate")
def rotate(session: Session, location: Location, probe: Which) -> None:
    """Give a probe another token; once somebody enrols with it, what it had is refused."""
    api = session.api
    made = api.call("POST", f"{_path(api, location, probe)}/rotate").document
    _say(session, made)


@command(app, "revoke")
def revoke(session: Session, location: Location, probe: Which, yes: Yes = False) -> None:
    """Shut a probe out at once, for good."""
    api = session.api
    path = _path(api, location, probe)
    found = api.get(path)
    if not yes and not session.output.as_json:
        typer.confirm(f"Shut {found['name']} out?", abort=True, err=True)
    made = api.call("POST", f"{path}/revoke", is_repeatable=True).document
    session.output.done(made, f"{made['name']} is shut out; home refuses it within seconds.")


def find(api: Api, named: str) -> UUID:
    """The id of a private location by its id or name; raises NotFound."""
    found = _called(api, PATH, named)
    if found is None:
        raise NotFound(f"There is no private location {named} here: see `tocsin probes locations`.")
    return found


def _path(api: Api, location: str, probe: str) -> str:
    path = f"{PATH}/{find(api, location)}/probes"
    found = _called(api, path, probe)
    if found is None:
        raise NotFound(f"There is no probe {probe} there: see `tocsin probes list {location}`.")
    return f"{path}/{found}"


def _called(api: Api, path: str, named: str) -> UUID | None:
    try:
        return UUID(named)
    except ValueError:
        wanted = named.strip().casefold()
    return next((UUID(one["id"]) for one in api.pages(path) if str(one["name"]).casefold() == wanted), None)


def _say(session: Session, made: Json) -> None:
    session.output.secret(
        made,
        made["token"],
        f"Where {made['name']} shall stand, until {instant(made['token_expires_at'])}, say"
        f" `tocsin probe enroll --url {session.url}` and give it this token, shown this once:",
    )
