"""Whom a step pages, as people write it: an address, or schedule:Primary, next:Primary, team:ops, destination:room."""

from collections.abc import Mapping
from typing import Final, cast
from uuid import UUID

from cli import people
from cli.api import Api, Json
from cli.failures import NotFound, Usage

NAMED: Final = {
    "schedule": "/v1/schedules",
    "team": "/v1/teams",
    "destination": "/v1/destinations",
}
KINDS: Final = ("user", "email", "next", *NAMED)


def target(api: Api, text: str) -> Json:
    """A target by what somebody wrote; an address alone is a member's if one has it. Raises Usage or NotFound."""
    kind, colon, value = text.partition(":")
    if not colon:
        if "@" not in text:
            raise Usage(f"Say whom to page, not {text}: an address, or {', '.join(f'{k}:…' for k in KINDS)}.")
        return _of_address(api, text)
    match kind:
        case "email":
            return {"kind": "email", "value": value}
        case "user":
            return {"kind": "user", "value": str(people.find(api, value))}
        case "next":
            return {"kind": "schedule", "value": str(find(api, "schedule", value)), "who": "next"}
        case "schedule" | "team" | "destination":
            return {"kind": kind, "value": str(find(api, kind, value))}
        case _:
            raise Usage(f"There is no target {kind}: write an address, or {', '.join(f'{k}:…' for k in KINDS)}.")


def resolved(api: Api, given: object) -> object:
    """A target of a document with its name or address put into an id; what is wrong with it the API says."""
    if isinstance(given, str):
        return target(api, given)
    if not isinstance(given, dict):
        return given
    found = cast("Json", given)
    kind, value = found.get("kind"), found.get("value")
    if not isinstance(value, str) or not isinstance(kind, str):
        return found
    if kind == "user" and "@" in value:
        return {**found, "value": str(people.find(api, value))}
    return {**found, "value": str(find(api, kind, value))} if kind in NAMED else found


def find(api: Api, kind: str, named: str) -> UUID:
    """The id of a schedule, team or destination by its id or name; raises NotFound."""
    try:
        return UUID(named)
    except ValueError:
        wanted = named.strip().casefold()
    for found in api.pages(NAMED[kind]):
        if str(found["name"]).casefold() == wanted:
            return UUID(found["id"])
    raise NotFound(f"There is no {kind} {named} here.")


def names(api: Api) -> dict[str, str]:
    """What ids of targets are called, for people."""
    called = {str(member["user_id"]): str(member["name"]) for member in api.pages(people.MEMBERS)}
    for path in NAMED.values():
        called |= {str(found["id"]): str(found["name"]) for found in api.pages(path)}
    return called


def told(found: Mapping[str, object], called: Mapping[str, str]) -> str:
    """A target for people."""
    value = str(found["value"])
    name = called.get(value, value)
    match found["kind"]:
        case "user" | "email":
            return name
        case "schedule":
            return f"next on call in {name}" if found.get("who") == "next" else f"on call in {name}"
        case kind:
            return f"{kind} {name}"


def _of_address(api: Api, address: str) -> Json:
    try:
        return {"kind": "user", "value": str(people.find(api, address))}
    except NotFound:
        return {"kind": "email", "value": address}
