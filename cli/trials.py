"""Test pages: sent, waited for, and what became of them said."""

import time
from typing import Annotated, Final

import typer

from cli.durations import seconds
from cli.failures import Failure
from cli.session import Session
from tocsin.platform import clock

TURN_SECONDS: Final = 0.5
Wait = Annotated[str, typer.Option(help="How long to wait for what becomes of a test page: 0s, 30s, 2m.")]


def send(session: Session, path: str, name: str, wait: str) -> None:
    """Send a test page to what is at a path, and say what became of it; raises Failure when it was not taken."""
    patience_seconds = seconds(wait)
    sent = session.api.create(f"{path}/tests")
    until = clock.seconds() + patience_seconds
    while sent["state"] == "queued" and clock.seconds() < until:
        time.sleep(TURN_SECONDS)
        sent = session.api.get(f"{path}/tests/{sent['id']}")
    if sent["state"] == "failed":
        raise Failure(f"{name} did not take the test page: {sent['detail'] or 'it does not say why'}.")
    if sent["state"] == "queued":
        session.output.done(sent, f"The test page to {name} is still on its way.")
    else:
        session.output.done(sent, f"{name} has taken the test page.")
