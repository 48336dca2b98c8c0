"""Handlers for the tests of the warm host, which runs them in processes of its own."""

import os
import socket
import time
from typing import Any


def echo(event: Any, context: Any) -> dict[str, Any]:
    """Tell what was given, by whom."""
    return {"event": event, "request_id": context.aws_request_id, "user": os.environ.get("DB_USER"), "pid": os.getpid()}


def profile(_event: Any, _context: Any) -> dict[str, str]:
    """Tell the AWS settings that the handler sees."""
    return {name: value for name, value in os.environ.items() if name.startswith("AWS_")}


def fail(_event: Any, _context: Any) -> None:
    """Fail as a handler fails."""
    raise ValueError("out of cheese")


def die(_event: Any, _context: Any) -> None:
    """Die without a word."""
    os._exit(9)


def hang(_event: Any, _context: Any) -> None:
    """Never come back."""
    time.sleep(3600)  # longer than any test: the host must kill it


def inside_only(_event: Any, _context: Any) -> dict[str, str]:
    """Try what only inside functions have."""
    outcomes: dict[str, str] = {}
    for name in ("psycopg", "tocsin_data.db"):
        try:
            __import__(name)
        except ModuleNotFoundError as error:
            outcomes[name] = str(error)
        else:
            outcomes[name] = "imported"
    return outcomes


def connect(event: Any, _context: Any) -> list[bool]:
    """Tell which of these ports of loopback take a connection."""
    outcomes: list[bool] = []
    for port in event:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            outcomes.append(False)
        else:
            outcomes.append(True)
    return outcomes
