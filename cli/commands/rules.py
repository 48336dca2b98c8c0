"""`tocsin rules`: by which contact methods somebody is paged, and after which delays."""

from typing import Annotated, Any, Final
from uuid import UUID

import typer

from cli import people
from cli.api import Json
from cli.durations import seconds
from cli.failures import Usage
from cli.people import OfMember
from cli.session import Session, command
from tocsin.domain.incident import Urgency

LISTED: Final = ("urgency", "label", "channel", "after", "is_verified", "is_enabled")

app = typer.Typer(name="rules", help="How you are paged: what first, what later.", no_args_is_help=True)

Which = Annotated[Urgency, typer.Argument(help="For incidents of this urgency.")]


@command(app, "show")
def show(session: Session, member: OfMember = None) -> None:
    """Show how somebody is paged, for each urgency."""
    found: list[Json] = session.api.get(_path(people.user(session, member)))["items"]
    _show(session, found)


@command(app, "set")
def set_rules(
    session: Session,
    urgency: Which,
    wanted: Annotated[
        list[str],
        typer.Argument(
            metavar="METHOD[=DELAY]...", help="By label, id or channel, and after how long: email webhook=2m."
        ),
    ],
    member: OfMember = None,
) -> None:
    """Say how somebody is paged; these rules take the place of those before."""
    user_id = people.user(session, member)
    methods = people.methods(session, user_id)
    rules = [_rule(methods, text) for text in wanted]
    path = f"{_path(user_id)}/{urgency}"
    changed = session.api.call("PUT", path, {"rules": rules}, headers=_version(session, path)).document
    _show(session, [changed])


@command(app, "reset")
def reset(session: Session, urgency: Which, member: OfMember = None) -> None:
    """Go back to all methods at once."""
    path = f"{_path(people.user(session, member))}/{urgency}"
    _show(session, [session.api.call("DELETE", path, headers=_version(session, path)).document])


def _path(user_id: UUID) -> str:
    return f"/v1/users/{user_id}/notification-rules"


def _rule(methods: list[Json], text: str) -> dict[str, Any]:
    # a label may hold a =, a delay can't
    named, _, delay = text.rpartition("=")
    if not named:
        named, delay = delay, "0s"
    if not named:
        raise Usage("A rule looks like email, or like webhook=2m.")
    return {"contact_method_id": people.pick(methods, named)["id"], "delay_seconds": seconds(delay)}


def _version(session: Session, path: str) -> dict[str, str]:
    found = session.api.call("GET", path).headers.get("ETag")
    return {"If-Match": found} if found else {}


def _show(session: Session, found: list[Json]) -> None:
    if session.output.as_json:
        session.output.items(found, (), none="")
        return
    lines = [
        {**rule, "urgency": of["urgency"], "after": _after(rule["delay_seconds"])}
        for of in found
        for rule in of["rules"]
    ]
    session.output.items(lines, LISTED, none="Nothing: there is no contact method.")
    for of in found:
        if of["is_default"]:
            session.output.note(f"For {of['urgency']} urgency this is the default: all methods at once.")


def _after(delay_seconds: int) -> str:
    for unit, size in (("h", 3600), ("m", 60)):
        if delay_seconds and delay_seconds % size == 0:
            return f"{delay_seconds // size}{unit}"
    return f"{delay_seconds}s"
