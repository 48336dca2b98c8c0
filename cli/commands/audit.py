"""`tocsin audit`: what was changed, by whom, and that as a file."""

import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import parse_qs, urlsplit

import typer

from cli.api import Api, Query
from cli.durations import instant
from cli.failures import Failure
from cli.session import Session, command

PATH: Final = "/v1/audit-entries"
LISTED: Final = ("at", "actor", "action", "subject", "source_address", "id")
NEXT: Final = re.compile(r'<([^>]*)>; *rel="next"')

app = typer.Typer(name="audit", help="What was changed, and by whom.", no_args_is_help=True)

Actor = Annotated[str | None, typer.Option(help="Only by them: a kind, or kind:id, like user or api_key:0197….")]
Action = Annotated[str | None, typer.Option(help="Only this, like service.created.")]
Subject = Annotated[str | None, typer.Option(help="Only to this: a kind, or kind:id, like service:0197….")]
Since = Annotated[str | None, typer.Option(help="From when on: 7d, 2026-11-01.")]
Until = Annotated[str | None, typer.Option(help="Until when.")]
Request = Annotated[str | None, typer.Option("--request", help="Only what one request changed, by its id.")]


class FileFormat(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    JSON_LINES = "jsonl"


@command(app, "list")
def list_entries(
    session: Session,
    actor: Actor = None,
    action: Action = None,
    subject: Subject = None,
    since: Since = None,
    until: Until = None,
    request: Request = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
    every: Annotated[bool, typer.Option("--all", help="All of them, however many.")] = False,
) -> None:
    """List changes, newest first."""
    query = _query(actor, action, subject, since, until, request)
    found = session.api.pages(PATH, query, at_most=None if every else limit)
    if not session.output.as_json:
        found = (_named(entry) for entry in found)
    session.output.items(found, LISTED, none="No changes.")


@command(app, "export")
def export(
    session: Session,
    file_format: Annotated[FileFormat, typer.Option("--format", help="csv or jsonl.")] = FileFormat.CSV,
    output: Annotated[Path | None, typer.Option(help="The file to write; standard output unless given.")] = None,
    actor: Actor = None,
    action: Action = None,
    subject: Subject = None,
    since: Since = None,
    until: Until = None,
    request: Request = None,
) -> None:
    """Write all changes as CSV or JSON lines, newest first."""
    query = _query(actor, action, subject, since, until, request) | {"format": file_format.value}
    parts = _parts(session.api, query)
    if output is None:
        for part in parts:
            sys.stdout.write(part)
        return
    try:
        # for its owner alone: it tells who did what, and from where
        with open(output, "w", encoding="utf-8", newline="", opener=_opened) as file:
            written = sum(file.write(part) for part in parts)
    except OSError as error:
        raise Failure(f"{output} can't be written: {error}") from error
    session.output.done({"path": str(output), "characters": written}, f"Written to {output}.")


def _parts(api: Api, query: Query) -> Iterator[str]:
    """The file, part by part; where the next one begins, the header Link of the one before says."""
    following: Query | None = query
    while following is not None:
        response = api.send("GET", f"{PATH}/export", query=following)
        yield response.data.decode("utf-8")
        match = NEXT.search(response.headers.get("Link", ""))
        # its path is not followed: no answer leads to another address
        following = parse_qs(urlsplit(match[1]).query) if match else None


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _query(*given: str | None) -> dict[str, str | None]:
    actor, action, subject, since, until, request = given
    kind, _, subject_id = (subject or "").partition(":")
    now = datetime.now(UTC)
    return {
        "actor": actor,
        "action": action,
        "subject_kind": kind or None,
        "subject_id": subject_id or None,
        "from": instant(since, now, ahead=False) if since else None,
        "to": instant(until, now, ahead=False) if until else None,
        "request_id": request,
    }


def _named(entry: dict[str, object]) -> dict[str, object]:
    actor = ":".join(str(part) for part in (entry["actor_kind"], entry["actor_id"]) if part)
    return {**entry, "actor": actor, "subject": f"{entry['subject_kind']}:{entry['subject_id']}"}
