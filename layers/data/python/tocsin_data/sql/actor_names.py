"""What actors and targets of pages are called by people: the names behind kind:id."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from tocsin_data.db import Tx
from tocsin_data.sql import members

LINK: Final = "link:"
EMAIL: Final = "email:"
PREFIXES: Final = {"api_key": "API key ", "integration": "integration ", "monitor": "monitor "}
WORDS: Final = {
    "system:expiry": "nothing: it was not refreshed",
    "system:snooze": "the end of its snooze",
    "system:acknowledgement": "time: the acknowledgement was taken for forgotten",
    "system:silence": "time: nothing was heard of it",
    "system:schedule": "time: its schedule",
    "system:status_reports": "the page itself",
    "link:fallback": "the fallback contact",
    "fallback": "the fallback contact",
}


def names(tx: Tx, actors: Iterable[str | None]) -> dict[str, str]:
    """A name for each actor; one that nothing is known of any more is left out."""
    wanted = {actor for actor in actors if actor is not None}
    ids = {actor: found for actor in wanted if (found := _id(actor)) is not None}
    known = members.names(tx, set(ids.values())) if ids else {}
    named = {actor: PREFIXES.get(_kind(actor), "") + known[found] for actor, found in ids.items() if found in known}
    addresses = {a: a.removeprefix(LINK).removeprefix(EMAIL) for a in wanted if a.removeprefix(LINK).startswith(EMAIL)}
    return {**{a: WORDS[a] for a in wanted if a in WORDS}, **addresses, **named}


def _kind(actor: str) -> str:
    return actor.partition(":")[0]


def _id(actor: str) -> UUID | None:
    """The id an actor names; a link acts for the user it was sent to."""
    try:
        return UUID(actor.removeprefix(LINK).partition(":")[2])
    except ValueError:
        return None
