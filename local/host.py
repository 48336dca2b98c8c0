"""The warm host: runs the shipped handlers for MiniStack, which posts it every event of every function.

MiniStack's own way starts a process for every concurrent call and waits on each call for the handler to write to
stderr. Here each function has a few warm processes, replaced when they die or pass the function's timeout.
"""

import asyncio
import json
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import boto3
from aiohttp import web

from local import cut_off, worker
from local.machine import LOOPBACK, REGION, REGIONS, Machine, RunError
from local.worker import Deployed

PRELOADED: Final = (
    "aiohttp",
    "aws_lambda_powertools",
    "boto3",
    "botocore.client",
    "pydantic",
    "tocsin.contracts.delivery",
    "tocsin.contracts.events",
    "tocsin.platform.batches",
    "tocsin.platform.queues",
    "local.preload",
    "local.worker",
)
"""Imported once, before the workers part; nothing that an outside function must not have."""
CHECK_ENVIRONMENTS: Final = 3
"""Of a function that checks: two minutes may overlap, while something is asked at once."""
MAX_BODY: Final = 32 * 1024 * 1024
WORKERS: Final = "TOCSIN_WORKERS"
FORKED: Final = multiprocessing.get_context("forkserver")


class Crashed(RuntimeError):
    """The process died, or was killed at its timeout, before it answered."""


class Environment:
    """One worker process. Used by one call at a time."""

    def __init__(self, deployed: Deployed, base: Mapping[str, str], config_file: Path) -> None:
        self._deployed = deployed
        # of its own: the event loop's few threads are soon taken by functions that run for a minute
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=deployed.name)
        self._connection, theirs = FORKED.Pipe()
        self._process = FORKED.Process(
            target=worker.serve, args=(theirs, deployed, base, str(config_file)), name=deployed.name, daemon=True
        )
        self._process.start()
        theirs.close()

    async def run(self, request_id: str, event: bytes | None) -> tuple[bool, bytes]:
        """Run the handler; None only loads it. Raises Crashed, after which this environment is of no use."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, request_id, event)

    def _run(self, request_id: str, event: bytes | None) -> tuple[bool, bytes]:
        seconds = self._deployed.timeout_seconds
        try:
            self._connection.send((request_id, event))
            if self._connection.poll(seconds):
                return self._connection.recv()
        except (EOFError, OSError) as error:
            raise Crashed(f"{self._deployed.name}: the process died (exit code {self._process.exitcode})") from error
        raise Crashed(f"Task timed out after {seconds}.00 seconds")

    def close(self) -> None:
        """End the process."""
        self._connection.close()
        self._process.kill()
        self._thread.shutdown(wait=False)


class Function:
    """One function's environments: the first when asked for, others as calls overlap, up to a limit."""

    def __init__(self, deployed: Deployed, base: Mapping[str, str], config_file: Path, limit: int) -> None:
        self.deployed: Final = deployed
        self._made_from = (base, config_file)
        self._free: list[Environment] = []
        self._all: set[Environment] = set()
        self._retired = False
        self._turn = asyncio.Semaphore(limit)
        self._limit = limit

    async def invoke(self, request_id: str, event: bytes | None) -> tuple[bool, bytes]:
        """Run the handler in a free environment. Answers whether it went well, and what it said."""
        async with self._turn:
            environment = self._free.pop() if self._free else await self._start()
            try:
                answer = await environment.run(request_id, event)
            except Crashed as error:
                self._end(environment)
                return False, json.dumps({"errorMessage": str(error), "errorType": "Runtime.ExitError"}).encode()
            if self._retired:
                self._end(environment)
            else:
                self._free.append(environment)
            return answer

    async def warm(self) -> None:
        """Start as many environments as calls overlap usually, and let each load its handler."""
        usually = 1 if self.deployed.is_check else self._limit
        await asyncio.gather(*(self.invoke("warm", None) for _ in range(usually)))

    def retire(self) -> None:
        """End what is idle now, and what works when it has answered: another version takes its place."""
        self._retired = True
        while self._free:
            self._end(self._free.pop())

    def close(self) -> None:
        """End all processes."""
        for environment in list(self._all):
            self._end(environment)

    def _end(self, environment: Environment) -> None:
        self._all.discard(environment)
        environment.close()

    async def _start(self) -> Environment:
        environment = await asyncio.to_thread(Environment, self.deployed, *self._made_from)
        self._all.add(environment)
        return environment


class Host:
    """All functions of the stage, read from MiniStack as they are deployed."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._functions: dict[str, Function] = {}
        self._reading = asyncio.Lock()
        self._limit = int(os.environ.get(WORKERS, "2"))

    async def invoke(self, request: web.Request) -> web.Response:
        """An event from MiniStack. A status other than 2xx becomes the call's FunctionError."""
        began = time.perf_counter()
        name = request.match_info["function"]
        function = self._functions.get(name) or await self._read(name)
        went_well, answer = await function.invoke(
            request.headers.get("X-Amzn-Lambda-Request-Id", ""), await request.read()
        )
        _log("invoked" if went_well else "failed", name, began, "" if went_well else answer[:2000].decode())
        return web.Response(body=answer, status=200 if went_well else 500, content_type="application/json")

    async def warm(self, request: web.Request) -> web.Response:
        """Read all functions anew, after a deployment, and warm them."""
        names: list[str] = await request.json()
        began = time.perf_counter()
        await asyncio.gather(*(self._read(name) for name in names))
        await asyncio.gather(*(self._functions[name].warm() for name in names))
        _log("warm", str(len(names)), began, "")
        return web.Response()

    async def health(self, _request: web.Request) -> web.Response:
        """Says that it answers."""
        return web.Response()

    async def cut_off(self, request: web.Request) -> web.Response:
        """Cut a region off, from some ports alone where the query names any, and for some `connections` alone where it
        says how many; 422 for what is no region, or no number.
        """
        try:
            ports = [int(port) for port in request.query.getall("port", [])]
            connections = int(request.query["connections"]) if "connections" in request.query else None
            cut_off.cut(self._machine, request.match_info["region"], ports, connections)
        except (RunError, ValueError) as error:
            return web.Response(text=f"{error}\n", status=422)
        return web.Response()

    async def reconnect(self, request: web.Request) -> web.Response:
        """Connect a region again; 422 for what is none."""
        try:
            cut_off.reconnect(self._machine, request.match_info["region"])
        except RunError as error:
            return web.Response(text=f"{error}\n", status=422)
        return web.Response()

    async def close(self, _app: web.Application) -> None:
        """End all processes."""
        for function in self._functions.values():
            function.close()

    async def _read(self, name: str) -> Function:
        async with self._reading:
            deployed = await asyncio.to_thread(self._deployed, name)
            known = self._functions.get(name)
            if known is not None and known.deployed == deployed:
                return known
            if known is not None:
                known.retire()
            config_file = self._profile(deployed)
            base = {
                **self._machine.environment(),
                **dict.fromkeys(("AWS_REGION", "AWS_DEFAULT_REGION"), region_of(name)),
            }
            limit = CHECK_ENVIRONMENTS if deployed.is_check else self._limit
            function = Function(deployed, base, config_file, limit)
            self._functions[name] = function
            return function

    def _deployed(self, name: str) -> Deployed:
        found: dict[str, Any] = boto3.client("lambda", region_of(name)).get_function_configuration(FunctionName=name)
        return Deployed(
            name=name,
            handler=found["Handler"],
            role_arn=found["Role"],
            function_arn=found["FunctionArn"],
            memory_mb=found["MemorySize"],
            timeout_seconds=found["Timeout"],
            environment=found.get("Environment", {}).get("Variables", {}),
        )

    def _profile(self, deployed: Deployed) -> Path:
        path = self._machine.path("aws", deployed.name)
        path.write_text(
            f"[profile root]\naws_access_key_id = test\naws_secret_access_key = test\n"
            f"[profile {deployed.name}]\nrole_arn = {deployed.role_arn}\nsource_profile = root\n"
            f"role_session_name = {deployed.name}\nregion = {region_of(deployed.name)}\n"
        )
        return path


def region_of(function: str) -> str:
    """Where a function is: those of other regions are named by them."""
    return next((region for region in REGIONS if function.endswith(region)), REGION)


def _log(what: str, name: str, began: float, detail: str) -> None:
    milliseconds = (time.perf_counter() - began) * 1000
    line = {"at": time.time(), "host": what, "function": name, "ms": round(milliseconds, 1), "detail": detail}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def application(machine: Machine) -> web.Application:
    """The host as an aiohttp application."""
    host = Host(machine)
    app = web.Application(client_max_size=MAX_BODY)
    app.router.add_post("/invoke/{function}", host.invoke)
    app.router.add_post("/-/warm", host.warm)
    app.router.add_post("/-/cut-off/{region}", host.cut_off)
    app.router.add_post("/-/reconnect/{region}", host.reconnect)
    app.router.add_get("/-/health", host.health)
    app.on_cleanup.append(host.close)
    return app


def main() -> None:
    """Serve until told to end."""
    machine = Machine.from_environment()
    FORKED.set_forkserver_preload(list(PRELOADED))
    cut_off.reconnect_all(machine)
    with suppress(KeyboardInterrupt):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        web.run_app(application(machine), host=LOOPBACK, port=machine.host_port, print=None, access_log=None)


if __name__ == "__main__":
    main()
