"""One warm execution environment: a process that runs one function's shipped handler, one event at a time.

It gets that function's environment as deployed, and its role through an AWS profile, so that every call is made with
that role's rights. An outside function's process can't import the data layer, nor the database's driver.
"""

import importlib
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from multiprocessing.connection import Connection
from types import ModuleType
from typing import Any, Final

from local import cut_off, preload
from local.machine import Machine

INSIDE_ONLY: Final = ("tocsin_data", "psycopg", "psycopg_binary")
DATA_LAYER: Final = "/layers/data/"


@dataclass(frozen=True, slots=True)
class Deployed:
    """A function as it is deployed: all that an execution environment is made from."""

    name: str
    handler: str
    role_arn: str
    function_arn: str
    memory_mb: int
    timeout_seconds: int
    environment: Mapping[str, str]

    @property
    def is_inside(self) -> bool:
        """Inside functions are those told where the database is."""
        return "DB_HOST" in self.environment

    @property
    def is_check(self) -> bool:
        """Those that check run for most of a minute, every minute."""
        return "CHECK_REGION" in self.environment


@dataclass(frozen=True, slots=True)
class Context:
    """Lambda's context object, as far as it is true here."""

    aws_request_id: str
    function_name: str
    invoked_function_arn: str
    memory_limit_in_mb: int
    deadline: float
    function_version: str = "$LATEST"

    def get_remaining_time_in_millis(self) -> int:
        """What is left of the function's timeout."""
        return max(0, int((self.deadline - time.time()) * 1000))


type Handler = Callable[[Any, object], Any]


class Fence(MetaPathFinder):
    """Refuses what an outside function is packaged without."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse the data layer by name; everything else is for the finders after this one."""
        del path, target
        if fullname.partition(".")[0] in INSIDE_ONLY:
            raise ModuleNotFoundError(f"{fullname} is not packaged with an outside function", name=fullname)
        return None


def serve(connection: Connection, deployed: Deployed, base: Mapping[str, str], config_file: str) -> None:
    """Answer (request id, event JSON) with (whether it went well, answer JSON) until the connection closes.

    Without an event the handler is only loaded and its role assumed.
    """
    os.environ.clear()
    os.environ.update(base)
    os.environ.update(deployed.environment)
    os.environ.update(
        AWS_CONFIG_FILE=config_file,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        AWS_PROFILE=deployed.name,
        AWS_LAMBDA_FUNCTION_NAME=deployed.name,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE=str(deployed.memory_mb),
    )
    if not deployed.is_inside:
        sys.path[:] = [entry for entry in sys.path if DATA_LAYER not in f"{entry}/"]
        sys.meta_path.insert(0, Fence())
    if deployed.is_check:
        cut_off.keep_to(Machine.from_environment(), deployed.environment["CHECK_REGION"])
    session = preload.use()
    handler: Handler | None = None
    while True:
        try:
            request_id, event = connection.recv()
        except (EOFError, OSError):
            return
        try:
            if handler is None:
                handler = load(deployed.handler)
            if event is None:
                credentials = session.get_credentials()
                if credentials is not None:
                    credentials.get_frozen_credentials()
                connection.send((True, b"null"))
                continue
            context = Context(
                request_id,
                deployed.name,
                deployed.function_arn,
                deployed.memory_mb,
                time.time() + deployed.timeout_seconds,
            )
            connection.send((True, json.dumps(handler(json.loads(event), context)).encode()))
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is its answer, as in Lambda
            connection.send((False, json.dumps(failure(error)).encode()))


def load(path: str) -> Handler:
    """Import a handler by its deployed name."""
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module), name)


def failure(error: Exception) -> dict[str, Any]:
    """An exception as Lambda answers it."""
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "stackTrace": traceback.format_exception(error),
    }
