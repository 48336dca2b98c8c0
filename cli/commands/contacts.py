"""`tocsin contacts`: where somebody can be paged, and whether that has been proven."""

from enum import StrEnum
from typing import Annotated, Any, Final
from uuid import UUID

import typer

from cli import people, trials
from cli.api import Json
from cli.people import Method, OfMember
from cli.session import Session, command
from cli.trials import Wait

LISTED: Final = ("label", "channel", "address", "verified_at", "disabled_at", "id")


class Channel(StrEnum):
    """What pages can go by."""

    EMAIL = "email"
    WEBHOOK = "webhook"
    SLACK = "slack"


app = typer.Typer(name="contacts", help="Where you can be paged.", no_args_is_help=True)


@command(app, "list")
def list_contacts(session: Session, member: OfMember = None) -> None:
    """List contact methods, oldest first."""
    found = people.methods(session, people.user(session, member))
    session.output.items(found, LISTED, none="No contact methods: nobody can be paged here.")


@command(app, "add")
def add(
    session: Session,
    channel: Annotated[Channel, typer.Argument(help="What pages go by.")],
    to: Annotated[str, typer.Argument(metavar="ADDRESS", help="An e-mail address, or the URL of a webhook.")],
    label: Annotated[str | None, typer.Option(help="What you call it.")] = None,
    member: OfMember = None,
) -> None:
    """Add a contact method. A webhook's signing secret is shown this once, alone on standard output."""
    body: dict[str, Any] = {"channel": channel.value, "label": label}
    body["address" if channel is Channel.EMAIL else "url"] = to
    path = f"/v1/users/{people.user(session, member)}/contact-methods"
    made = session.api.create(path, {name: value for name, value in body.items() if value is not None})
    if made["secret"] is not None:
        said = f"The secret that signs what {made['label']} ({made['id']}) gets; it is not shown again:"
        session.output.secret(made, made["secret"], said)
    else:
        session.output.done(made, f"Added {made['label']} ({made['id']}).")
    if made["verified_at"] is None:
        session.output.note(f"Prove that it works: tocsin contacts verify {made['id']}")


@command(app, "verify")
def verify(
    session: Session,
    method: Method,
    code: Annotated[str | None, typer.Option(help="The six digits that were mailed.")] = None,
    member: OfMember = None,
    wait: Wait = "30s",
) -> None:
    """Prove a contact method: without a code one is mailed; a webhook or chat channel gets a test page to take."""
    user_id = people.user(session, member)
    found = people.pick(people.methods(session, user_id), method)
    path = _path(user_id, found)
    if found["address"] is None:
        trials.send(session, path, found["label"], wait)
    elif code is None:
        sent = session.api.call("POST", f"{path}/verify").document
        session.output.done(sent, f"A code is on its way to {found['address']}; it is good for 15 minutes.")
        session.output.note(f"Then: tocsin contacts verify {found['id']} --code 123456")
    else:
        proven = session.api.call("POST", f"{path}/confirm", {"code": code}).document
        session.output.done(proven, f"{proven['label']} is verified.")


@command(app, "test")
def send_test(session: Session, method: Method, member: OfMember = None, wait: Wait = "30s") -> None:
    """Send a test page, and say what became of it. It fails when the page does."""
    user_id = people.user(session, member)
    found = people.pick(people.methods(session, user_id), method)
    trials.send(session, _path(user_id, found), found["label"], wait)


@command(app, "remove")
def remove(
    session: Session,
    method: Method,
    member: OfMember = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Remove a contact method, and the rules that name it."""
    user_id = people.user(session, member)
    found = people.pick(people.methods(session, user_id), method)
    if not yes and not session.output.as_json:
        typer.confirm(f"Remove {found['label']} ({found['channel']})?", abort=True, err=True)
    gone = session.api.call("DELETE", _path(user_id, found)).document
    session.output.done(gone, f"Removed {found['label']}.")
    for rule in gone["rules_removed"]:
        session.output.note(f"Its rule for {rule['urgency']} urgency, {rule['delay_seconds']} s, went with it.")
    for urgency in gone["back_to_default"]:
        session.output.note(f"No rule is left for {urgency} urgency: all methods are paged at once.")


def _path(user_id: UUID, method: Json) -> str:
    return f"/v1/users/{user_id}/contact-methods/{method['id']}"
