"""`tocsin status groups`: the groups that the components of a page are shown in."""

from typing import Annotated, Any, Final

import typer

from cli.api import Api, Json
from cli.commands import status_pages
from cli.commands.status_pages import OfPage
from cli.failures import NotFound, Usage
from cli.session import Session, command

LISTED: Final = ("name", "components", "is_collapsed", "description", "id")
SENT: Final = ("name", "description", "is_collapsed")

app = typer.Typer(name="groups", help="What the components of a page are grouped by.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(metavar="GROUP", help="Its name, or its id.")]
Description = Annotated[str | None, typer.Option(help="What it is, in a sentence.")]
Collapsed = Annotated[
    bool | None, typer.Option("--collapsed/--open", help="Whether it is shown closed while all is well.")
]


@command(app, "list")
def list_groups(session: Session, page: OfPage = None) -> None:
    """List the groups of a page, in their order."""
    items = session.api.get(f"{status_pages.path_of(session.api, page)}/component-groups")["items"]
    session.output.items(items, LISTED, none="No groups.")


@command(app, "add")
def add(
    session: Session,
    name: Annotated[str, typer.Argument(help="What the public calls it.")],
    page: OfPage = None,
    description: Description = None,
    collapsed: Collapsed = None,
) -> None:
    """Add a group to a page, last."""
    path = status_pages.path_of(session.api, page)
    made = session.api.create(f"{path}/component-groups", {"name": name, **_given(description, collapsed)})
    session.output.done(made, f"Added {made['name']} ({made['id']}).")


@command(app, "edit")
def edit(
    session: Session,
    group: Which,
    page: OfPage = None,
    name: Annotated[str | None, typer.Option(help="What the public calls it from now on.")] = None,
    description: Description = None,
    collapsed: Collapsed = None,
) -> None:
    """Change what is given of a group."""
    api = session.api
    given = _given(description, collapsed)
    if name is not None:
        given["name"] = name
    if not given:
        raise Usage("Say what to change: --name, --description, --collapsed or --open.")
    path = status_pages.path_of(api, page)
    found = find(api, path, group)
    body = {field: found[field] for field in SENT} | given
    version = {"If-Match": f'"{found["version"]}"'}
    made = api.call("PUT", f"{path}/component-groups/{found['id']}", body, headers=version).document
    session.output.done(made, f"{made['name']} is at version {made['version']} now.")


@command(app, "delete")
def delete(
    session: Session,
    group: Which,
    page: OfPage = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete a group; its components stay on the page."""
    api = session.api
    path = status_pages.path_of(api, page)
    found = find(api, path, group)
    if not yes and not session.output.as_json:
        typer.confirm(f"Delete {found['name']}? Its components stay.", abort=True, err=True)
    api.call("DELETE", f"{path}/component-groups/{found['id']}")
    session.output.done(found, f"Deleted {found['name']}.")


def find(api: Api, path: str, named: str) -> Json:
    """A group of a page by its name or id; raises NotFound."""
    for one in api.get(f"{path}/component-groups")["items"]:
        if named.casefold() in {one["id"], one["name"].casefold()}:
            return one
    raise NotFound(f"There is no group {named!r} on this page.")


def find_or_make(api: Api, path: str, named: str) -> str:
    """The id of a group by its name; one that is not there is made."""
    try:
        return find(api, path, named)["id"]
    except NotFound:
        return api.create(f"{path}/component-groups", {"name": named})["id"]


def _given(description: str | None, collapsed: bool | None) -> Json:
    given: dict[str, Any] = {"description": description, "is_collapsed": collapsed}
    return {field: value for field, value in given.items() if value is not None}
