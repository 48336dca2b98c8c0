"""A process that runs one handler and dies, by kill -9, at a named point.

The points are where our code meets the world: the commit of its transaction, each send to a queue, the claim, the
provider call. Only this process knows of them; the handlers are the shipped ones.
"""

import importlib
import os
import signal
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from local.postgres import PostgresServer

POINTS = {
    "process": (
        "before_commit",
        "after_commit",
        "after_sending_deliveries",
    ),
    "escalate": ("before_commit", "after_commit", "after_sending_deliveries"),
    "record": ("before_commit", "after_commit"),
    "notify": ("before_claim", "after_claim", "after_provider_call", "after_sending_outcomes"),
}


def die() -> None:
    """End as a lost machine does: nothing is cleaned up."""
    os.kill(os.getpid(), signal.SIGKILL)


def arm(point: str) -> None:
    """Set the trap."""
    import psycopg

    from functions.notify import claims
    from tocsin.platform import queues

    def around[**P, R](wrapped: Callable[P, R], *, before: bool) -> Callable[P, R]:
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            if before:
                die()
            answer = wrapped(*args, **kwargs)
            die()
            return answer

        return call

    match point:
        case "before_commit" | "after_commit":
            before = point == "before_commit"
            psycopg.Transaction.__exit__ = around(psycopg.Transaction.__exit__, before=before)
        case "restart_before_commit":
            leave = psycopg.Transaction.__exit__

            def restarted(*args: Any) -> Any:
                psycopg.Transaction.__exit__ = leave
                server = PostgresServer(Path(os.environ["TEST_PG_DATA"]))
                server.stop("immediate")
                server.start()
                return leave(*args)

            psycopg.Transaction.__exit__ = restarted
        case "before_claim" | "after_claim":
            claims.ask = around(claims.ask, before=point == "before_claim")
        case "after_provider_call":
            queues.send = around(queues.send, before=True)
        case "after_sending_deliveries" | "after_sending_outcomes":
            queues.send = around(queues.send, before=False)
        case "":
            pass
        case _:
            msg = f"no such point: {point}"
            raise ValueError(msg)


def run(name: str, point: str, event: dict[str, Any], environment: Mapping[str, str], answers: Connection) -> None:
    """Run a function's handler once, in a process of its own; its answer goes into `answers`."""
    os.environ.update(environment)
    module: Any = importlib.import_module(f"functions.{name}.handler")
    arm(point)
    try:
        answers.send(module.handler(event, None))
    except Exception as error:  # noqa: BLE001 - told to the test, which fails
        answers.send(error)
