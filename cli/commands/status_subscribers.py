"""`tocsin status subscribers`: who outside is told what a page says. Their addresses nobody can read again."""

from typing import Annotated, Any, Final

import typer

from cli.commands import status_components, status_pages
from cli.commands.status_pages import OfPage
from cli.session import Session, command
from tocsin.domain.status_page import ReportKind
from tocsin.domain.subscriber import SubscriberState

LISTED: Final = (
    "state", "channel", "shown", "kinds", "component_ids", "failures", "detail", "confirmed_at", "id",
)  # fmt: skip
COUNTED: Final = ("channel", "state", "subscribers")

app = typer.Typer(name="subscribers", help="Who outside is told what a page says.", no_args_is_help=True)


@command(app, "list")
def list_subscribers(
    session: Session,
    page: OfPage = None,
    state: Annotated[SubscriberState | None, typer.Option(help="Only those who stand like this.")] = None,
) -> None:
    """List the subscribers of a page, in the order in which they first asked."""
    path = _path(session, page)
    query = {} if state is None else {"state": state.value}
    session.output.items(session.api.pages(path, query), LISTED, none="No subscribers.")


@command(app, "count")
def count(session: Session, page: OfPage = None) -> None:
    """Count the subscribers of a page, by channel and state."""
    items = session.api.get(f"{_path(session, page)}/counts")["items"]
    session.output.items(items, COUNTED, none="No subscribers.")


@command(app, "add")
def add(
    session: Session,
    address: Annotated[str, typer.Argument(help="An e-mail address, or the URL of a webhook or of Slack's.")],
    page: OfPage = None,
    kind: Annotated[list[ReportKind] | None, typer.Option(help="What to tell; both without it.")] = None,
    component: Annotated[
        list[str] | None, typer.Option(help="A component to tell of, by name or id; several times. All without it.")
    ] = None,
) -> None:
    """Ask somebody whether they want to be told; nothing more is sent until they confirm it."""
    api = session.api
    path = _path(session, page)
    body: dict[str, Any] = {"channel": _channel(address), "address": address}
    if kind:
        body["kinds"] = [one.value for one in kind]
    if component:
        of_page = path.removesuffix("/subscribers")
        body["component_ids"] = [status_components.find(api, of_page, named)["id"] for named in component]
    made = api.create(path, body)
    session.output.done(made, f"Asked {made['shown']} ({made['state']}, {made['id']}).")


@command(app, "remove")
def remove(
    session: Session,
    subscriber: Annotated[str, typer.Argument(metavar="SUBSCRIBER", help="Its id.")],
    page: OfPage = None,
) -> None:
    """Take a subscriber off a page, and forget the address."""
    session.api.call("DELETE", f"{_path(session, page)}/{subscriber}")
    session.output.done({"id": subscriber}, f"Removed {subscriber}.")


def _path(session: Session, page: str | None) -> str:
    return f"{status_pages.PATH}/{status_pages.find(session.api, page)['id']}/subscribers"


def _channel(address: str) -> str:
    if address.startswith("https://hooks.slack.com/"):
        return "slack"
    return "webhook" if address.startswith(("http://", "https://")) else "email"
