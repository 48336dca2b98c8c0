"""`tocsin status logos`: the pictures at the head of a page, for light and for dark grounds."""

from pathlib import Path
from typing import Annotated, Final

import typer

from cli.commands import status_pages
from cli.commands.status_pages import OfPage
from cli.failures import NotFound, Usage
from cli.session import Session, command

LISTED: Final = ("variant", "content_type", "width", "height", "alt")

app = typer.Typer(name="logos", help="The pictures at the head of a page.", no_args_is_help=True)

Dark = Annotated[bool, typer.Option("--dark", help="The one for dark grounds, instead of the one for light ones.")]


@command(app, "list")
def list_logos(session: Session, page: OfPage = None) -> None:
    """List the logos of a page."""
    session.output.items(status_pages.find(session.api, page)["logos"], LISTED, none="No logos.")


@command(app, "set")
def put(
    session: Session,
    file: Annotated[Path, typer.Argument(help="A PNG, JPEG or WebP of at most 128 kB and 2,000 pixels a side.")],
    page: OfPage = None,
    dark: Dark = False,
    alt: Annotated[str, typer.Option(help="What it shows, for who can't see it; without it the page's name.")] = "",
) -> None:
    """Show a picture at the head of a page."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Usage(f"{file} can't be read: {error.strerror or error}.") from error
    found = status_pages.find(session.api, page)
    variant = _variant(dark=dark)
    made = session.api.put_bytes(f"{status_pages.PATH}/{found['id']}/logos/{variant}", content, {"alt": alt or None})
    session.output.done(made, f"{made['name']} has this logo on {variant} grounds.")


@command(app, "delete")
def delete(session: Session, page: OfPage = None, dark: Dark = False) -> None:
    """Take a logo off a page."""
    found = status_pages.find(session.api, page)
    variant = _variant(dark=dark)
    if variant not in {logo["variant"] for logo in found["logos"]}:
        raise NotFound(f"{found['name']} has no logo for {variant} grounds.")
    made = session.api.call("DELETE", f"{status_pages.PATH}/{found['id']}/logos/{variant}").document
    session.output.done(made, f"{made['name']} has no logo on {variant} grounds any more.")


def _variant(*, dark: bool) -> str:
    return "dark" if dark else "light"
