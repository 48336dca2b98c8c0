"""The process itself: asks what to check, checks it with the code that every region runs, and sends what comes of it.

While home can't be reached it goes on with what it knew last, and keeps results on disk. Everything it does ends with
a task of its own; one that fails in a way nobody thought of ends the process, for whoever watches it to start again.
"""

import asyncio
import json
import platform
import random
import signal
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from cli.failures import Failure
from cli.probe.home import CONFIG, HEALTH, SPOOL, WINDOW, Home
from cli.probe.line import Line, pause
from cli.probe.sending import SERVICE, Courier, Disk
from cli.probe.spool import Spool
from tocsin import __version__
from tocsin.checks import engine
from tocsin.checks.reach import Reach
from tocsin.checks.runner import Runner
from tocsin.checks.sending import Outbox, Stranded
from tocsin.contracts.checks import CheckConfig, CheckMonitor, Command
from tocsin.domain.monitor import EPOCH
from tocsin.platform import clock, logs, threads
from tocsin.platform.addresses import Network
from tocsin.platform.certificates import make_request
from tocsin.platform.mutual_tls import ShutOut, Unreachable, Unusable

CONFIG_SECONDS: Final = 30.0
COMMANDS_SECONDS: Final = 5.0
HEALTH_SECONDS: Final = 10.0
RENEWAL_LOOKS: Final = 60.0
WINDOW_LENGTH: Final = timedelta(seconds=20)
LONGEST_CHECK: Final = timedelta(seconds=140)
"""What a window's last check may take after its end, retry included."""
MOST_MISSED: Final = timedelta(minutes=10)
"""Of what was due while the process did not run, so much is told as missed."""
FAREWELL_SECONDS: Final = 5.0
LATELY: Final = timedelta(minutes=2)
"""Who asked for a check waits no longer than this."""
HERE: Final = "here"
STOPPED_BY: Final = (signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class Options:
    """How a probe is run. `allowed` are networks that it may reach beside the public ones; `controls` addresses that
    answer if anything here does.
    """

    allowed: tuple[Network, ...] = ()
    controls: tuple[str, ...] = ()
    ca_file: str | None = None
    most_bytes: int = 256 * 2**20


class Agent:
    """One probe in one folder, from its start to its end."""

    def __init__(self, home: Home, options: Options) -> None:
        self._home = home
        self._options = options
        self._shown = home.identity()
        self._place = home.place()
        self._line = Line(self._place.probes_url, home.path("identity.pem"), home.server_authorities)
        self._spool = Spool(home.path(SPOOL), most_bytes=options.most_bytes)
        self._has_more = asyncio.Event()
        self._courier = Courier(self._spool, self._line, self._has_more, clock.now)
        self._config: CheckConfig | None = None
        self._etag: str | None = None
        self._configured_at: datetime | None = None
        self._taken: dict[UUID, datetime] = {}
        self._is_reading_secrets = bool(home.secrets())
        self._runner = Runner(
            self._shown.identity.region,
            attempt=partial(engine.check, reach=Reach(options.allowed, options.ca_file), now=clock.now),
            open_sealed=self._opened,
            others={},
            now=clock.now,
        )

    async def run(self) -> None:
        """Go on until SIGTERM or SIGINT; returns once what was found is on disk, and sent if that is quick."""
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in STOPPED_BY:
            loop.add_signal_handler(number, stopped.set)
        self._recall()
        extra = {"probe_id": str(self._shown.identity.probe_id), "region": self._shown.identity.region}
        logs.logger(SERVICE).info("started", extra={**extra, "version": __version__, "waiting": len(self._spool)})
        disk = Disk(self._spool, self._has_more)
        async with Outbox(self._shown.identity.region, disk, disk, clock.now, Stranded()) as outbox:
            await self._work(outbox, stopped)
        with suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_SECONDS):
                await self._courier.carry_all()
        self._tell("stopped")
        logs.logger(SERVICE).info("stopped", extra={**extra, "waiting": len(self._spool)})

    async def _work(self, outbox: Outbox, stopped: asyncio.Event) -> None:
        jobs = (
            self._repeat(CONFIG_SECONDS, self._read_config),
            self._repeat(RENEWAL_LOOKS, self._renew),
            self._repeat(HEALTH_SECONDS, self._tell_health),
            self._take_commands(outbox),
            self._go_through_windows(outbox),
            self._courier.carry_on(),
        )
        waiting = asyncio.create_task(stopped.wait())
        tasks = [asyncio.create_task(job) for job in jobs]
        done, _ = await asyncio.wait([waiting, *tasks], return_when=asyncio.FIRST_COMPLETED)
        for task in (waiting, *tasks):
            task.cancel()
        await asyncio.gather(waiting, *tasks, return_exceptions=True)
        for task in done - {waiting}:
            task.result()

    async def _repeat(self, seconds: float, job: Callable[[], Awaitable[None]]) -> None:
        failures = 0
        while True:
            try:
                await job()
                failures = 0
                wait = seconds * random.uniform(0.9, 1.1)  # noqa: S311 - to keep probes apart
            except (Unreachable, ShutOut, Unusable, Failure, OSError) as error:
                failures += 1
                wait = max(seconds, pause(failures, getattr(error, "retry_after", None)))
                logs.logger(SERVICE).warning("not done", extra={"what": job.__name__.strip("_"), "detail": str(error)})
            await asyncio.sleep(wait)

    # ── what to check ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _recall(self) -> None:
        """Begin with the configuration of before, so that a start does not need home."""
        text = self._home.read(CONFIG)
        if text is not None:
            with suppress(ValueError, KeyError):
                document: dict[str, Any] = json.loads(text)
                self._use(document["body"].encode())
                self._etag = document["etag"]

    async def _read_config(self) -> None:
        found = await threads.run(self._line.config, self._etag)
        self._configured_at = clock.now()
        if found is None:
            return
        body, etag = found
        try:
            text = body.decode()
            self._use(body)
        except ValueError as error:  # not text, no JSON, or no configuration
            raise Unusable("the configuration can't be read: this probe may be too old") from error
        self._etag = etag
        document = json.dumps({"etag": self._etag, "body": text})
        await threads.run(self._home.write, CONFIG, document)
        monitors = 0 if self._config is None else len(self._config.monitors)
        logs.logger(SERVICE).info("configured", extra={"monitors": monitors})

    def _use(self, body: bytes) -> None:
        """Take a configuration over. Secrets are this folder's own, and so are control addresses."""
        if json.loads(body) == {"monitors": []}:
            self._config = None
            return
        config = CheckConfig.model_validate_json(body)
        monitors = [self._with_secrets(one) for one in config.monitors]
        self._config = config.model_copy(update={"monitors": monitors, "controls": list(self._options.controls)})

    def _with_secrets(self, monitor: CheckMonitor) -> CheckMonitor:
        """What is sealed for the regions can't be opened here; what stands in this folder takes its place."""
        return monitor.model_copy(update={"sealed": HERE if self._is_reading_secrets else None})

    def _opened(self, _sealed: str) -> Mapping[str, str]:
        return self._home.secrets()

    # ── checking ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _go_through_windows(self, outbox: Outbox) -> None:
        """Run one window after another; a window's last checks may end while the next one has begun."""
        starts_at = self._first_window()
        before: asyncio.Task[None] | None = None
        async with asyncio.TaskGroup() as windows:
            while True:
                ends_at = _window_end(max(starts_at, clock.now()))
                if self._config is not None:
                    before = windows.create_task(self._window(self._config, starts_at, ends_at, outbox, before))
                await asyncio.sleep(max(0.0, (ends_at - clock.now()).total_seconds()))
                starts_at = ends_at

    def _first_window(self) -> datetime:
        now, told = clock.now(), self._home.window_end()
        return now if told is None or told > now else max(told, now - MOST_MISSED)

    async def _window(
        self,
        config: CheckConfig,
        starts_at: datetime,
        ends_at: datetime,
        outbox: Outbox,
        before: asyncio.Task[None] | None,
    ) -> None:
        """Run a window, and note that it has been: once it is on disk what came of it, and of those before it."""
        await self._runner.run_window(config, starts_at, ends_at, outbox, stop_at=ends_at + LONGEST_CHECK)
        await outbox.flush()
        if before is not None:
            await before
        with suppress(Failure):
            await threads.run(self._home.write, WINDOW, ends_at.isoformat())

    async def _take_commands(self, outbox: Outbox) -> None:
        failures = 0
        async with asyncio.TaskGroup() as running:
            while True:
                try:
                    commands = await self._new_commands(clock.now())
                    failures, wait = 0, COMMANDS_SECONDS
                    if commands:
                        running.create_task(self._commanded(commands, outbox))
                except (Unreachable, ShutOut, Unusable) as error:
                    failures += 1
                    wait = max(COMMANDS_SECONDS, pause(failures, getattr(error, "retry_after", None)))
                await asyncio.sleep(wait)

    async def _new_commands(self, now: datetime) -> list[Command]:
        """What was asked for lately and is news: one that was asked for earlier may be written later than another."""
        after, new = _id_at(now - LATELY), list[Command]()
        while (found := await threads.run(self._line.commands, after)).commands and found.next_after is not None:
            after = found.next_after
            new += [one for one in found.commands if one.command_id not in self._taken]
            self._taken |= {one.command_id: now for one in found.commands}
        self._taken = {command_id: at for command_id, at in self._taken.items() if now - at < 2 * LATELY}
        return [one.model_copy(update={"monitor": self._with_secrets(one.monitor)}) for one in new]

    async def _commanded(self, commands: list[Command], outbox: Outbox) -> None:
        checked = await self._runner.run_commands(commands, self._options.controls, outbox)
        logs.logger(SERVICE).info("commands", extra={"received": len(commands), "checked": checked})

    # ── who it is, and how it does ────────────────────────────────────────────────────────────────────────────────────

    async def _renew(self) -> None:
        """Ask for the next certificate once half of this one's time has passed."""
        now = clock.now()
        if now < self._shown.not_before + (self._shown.not_after - self._shown.not_before) / 2:
            return
        key, csr = make_request()
        enrolled = await threads.run(self._line.renew, csr, software())
        place = replace(self._place, probes_url=enrolled.probes_url)
        await threads.run(self._home.settle, key, enrolled.certificate, place)
        self._shown = self._home.identity()
        self._line.reconnect()
        logs.logger(SERVICE).info("certificate renewed", extra={"serial": enrolled.serial})

    async def _tell_health(self) -> None:
        await threads.run(self._tell, "running")

    def _tell(self, state: str) -> None:
        now = clock.now()
        config = self._config
        health = {
            "state": state,
            "at": now.isoformat(),
            "version": __version__,
            "probe_id": str(self._shown.identity.probe_id),
            "region": self._shown.identity.region,
            "monitors": 0 if config is None else len(config.monitors),
            "configured_at": None if self._configured_at is None else self._configured_at.isoformat(),
            "sent_at": None if self._courier.sent_at is None else self._courier.sent_at.isoformat(),
            "waiting_batches": len(self._spool),
            "waiting_bytes": self._spool.size,
            "lost_batches": self._spool.lost,
            "certificate_serial": self._shown.serial,
            "certificate_expires_at": self._shown.not_after.isoformat(),
            "problem": self._courier.problem,
        }
        with suppress(Failure):
            self._home.write(HEALTH, json.dumps(health))


def software() -> str:
    """What a probe says of itself."""
    return f"tocsin {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"


def _window_end(at: datetime) -> datetime:
    return EPOCH + ((at - EPOCH) // WINDOW_LENGTH + 1) * WINDOW_LENGTH


def _id_at(at: datetime) -> UUID:
    """An id of version 7 that is older than all that are made from an instant on."""
    return UUID(int=int(at.timestamp() * 1_000) << 80 | 7 << 76 | 2 << 62)
