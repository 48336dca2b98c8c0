"""Checks as they are run: at their instants, tried again, doubted by the controls, and told to the other regions."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from tests.support.checking import NOON, REGIONS, StillTime, config, http_monitor, result
from tocsin.checks.confirming import MOST_ASKED
from tocsin.checks.controls import NOBODY, RETRY_SECONDS
from tocsin.checks.runner import AT_ONCE, Runner
from tocsin.checks.sending import Outbox, Stranded
from tocsin.contracts.checks import CheckConfig, CheckMonitor, CheckResult, Command, ResultBatch, ShardReport
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.errors import Invalid, QueueUnavailable, Unavailable

HERE, *OTHERS = REGIONS
MINUTE = timedelta(minutes=1)
type Target = Callable[[CheckMonitor, datetime], Awaitable[CheckStatus]]


def always(status: CheckStatus, seconds: float = 0.05) -> Target:
    async def answer(_monitor: CheckMonitor, _at: datetime) -> CheckStatus:
        await asyncio.sleep(seconds)
        return status

    return answer


class Station:
    """A runner with targets that answer as told, and all that left it."""

    def __init__(self, starts_at: datetime = NOON) -> None:
        self.time = StillTime(starts_at)
        self.target = always(CheckStatus.UP)
        self.controls = always(CheckStatus.UP)
        self.attempts: list[tuple[UUID, datetime]] = []
        self.batches: list[ResultBatch] = []
        self.asked: list[tuple[str, list[Command]]] = []
        self.ask_seconds = 0.1
        self.refusing: set[str] = set()
        self.runner = Runner(
            HERE,
            attempt=self.attempt,
            open_sealed=self.open_sealed,
            others=dict.fromkeys([HERE, *OTHERS], self.ask),
            now=self.time.now,
        )

    async def attempt(self, monitor: CheckMonitor, _secrets: Mapping[str, str]) -> CheckResult:
        at = self.time.now()
        self.attempts.append((monitor.monitor_id, at))
        target = self.controls if monitor.monitor_id == NOBODY else self.target
        status = await target(monitor, at)
        return result(monitor, at, status, Reason.TIMEOUT if status is CheckStatus.DOWN else None)

    def open_sealed(self, sealed: str) -> Mapping[str, str]:
        raise Invalid(f"{sealed} can't be opened.")

    async def ask(self, region: str, commands: Sequence[Command]) -> None:
        self.asked.append((region, list(commands)))
        await asyncio.sleep(self.ask_seconds)
        if region in self.refusing:
            raise QueueUnavailable(region)

    async def send(self, batch: ResultBatch) -> None:
        self.batches.append(batch)

    async def keep(self, batch: ResultBatch) -> None:
        raise Unavailable(str(batch.batch_id))

    def outbox(self) -> Outbox:
        return Outbox(HERE, self, self, self.time.now, Stranded())

    def window(self, known: CheckConfig, starts_at: datetime = NOON, *, stop_after: float = 120) -> ShardReport:
        async def run() -> ShardReport:
            async with self.outbox() as outbox:
                stop_at = starts_at + timedelta(seconds=stop_after)
                return await self.runner.run_window(known, starts_at, starts_at + MINUTE, outbox, stop_at=stop_at)

        return self.time.run(run())

    def command(self, *commands: Command) -> list[CheckResult]:
        async def run() -> None:
            async with self.outbox() as outbox:
                await self.runner.run_commands(commands, config().controls, outbox)

        before = len(self.results)
        self.time.run(run())
        return self.results[before:]

    @property
    def results(self) -> list[CheckResult]:
        return [one for batch in self.batches for one in batch.results]

    def tries(self, monitor: CheckMonitor) -> list[float]:
        """When a monitor was tried, in seconds after noon."""
        return [(at - NOON).total_seconds() for tried, at in self.attempts if tried == monitor.monitor_id]


@pytest.fixture
def station() -> Station:
    return Station()


def confirm(monitor: CheckMonitor, at: datetime, number: int = 1) -> Command:
    return Command(
        command_id=UUID(int=number),
        kind="confirm",
        asked_at=at,
        asked_by=OTHERS[0],
        tick=at,
        regions=[HERE],
        monitor=monitor,
    )


def test_a_minute_of_ten_seconds_is_six_checks_on_the_grid(station: Station) -> None:
    monitor = http_monitor(UUID(int=1))
    report = station.window(config(monitor))
    assert (report.due, report.done, report.missed, report.lateness_ms_p99) == (6, 6, 0, 0.0)
    ticks = [one.tick for one in station.results]
    assert [later - earlier for earlier, later in pairwise(ticks)] == [timedelta(seconds=10)] * 5
    assert station.tries(monitor) == [(tick - NOON).total_seconds() for tick in ticks]
    assert [batch.reports for batch in station.batches if batch.reports] == [[report]]


def test_nothing_due_ends_at_once(station: Station) -> None:
    hourly = http_monitor(UUID(int=1), interval_seconds=3_600)
    report = station.window(config(hourly), NOON + 30 * MINUTE)
    assert (report.due, report.done, report.missed) == (0, 0, 0)
    assert station.time.now() == NOON


def test_a_late_start_misses_what_its_next_check_makes_up_for() -> None:
    station = Station(NOON + timedelta(seconds=25))
    monitors = [http_monitor(UUID(int=1), interval_seconds=10), http_monitor(UUID(int=2), interval_seconds=60)]
    report = station.window(config(*monitors, spread_seconds=0))
    assert (report.due, report.done, report.missed) == (7, 5, 2)
    assert station.tries(monitors[1]) == [25]
    assert report.lateness_ms_p99 == 25_000


def test_a_failure_counts_after_its_second_try(station: Station) -> None:
    monitor = http_monitor(UUID(int=1), interval_seconds=60)

    async def fails_once(_monitor: CheckMonitor, _at: datetime) -> CheckStatus:
        return CheckStatus.DOWN if len(station.tries(monitor)) == 1 else CheckStatus.UP

    station.target = fails_once
    station.window(config(monitor, spread_seconds=0))
    assert station.tries(monitor) == [0, RETRY_SECONDS]
    assert [(one.status, one.attempts, one.tick) for one in station.results] == [(CheckStatus.UP, 2, NOON)]


def test_a_failure_has_the_other_regions_asked_at_once_and_only_while_it_is_news(station: Station) -> None:
    monitor = http_monitor(UUID(int=1), interval_seconds=20)
    station.target = always(CheckStatus.DOWN)
    station.window(config(monitor, spread_seconds=0))
    assert [(one.status, one.attempts) for one in station.results] == [(CheckStatus.DOWN, 2)] * 3
    assert sorted(region for region, _ in station.asked) == sorted(OTHERS)
    [first] = {command.command_id: command for _, commands in station.asked for command in commands}.values()
    assert (first.kind, first.asked_by, first.regions, first.monitor) == ("confirm", HERE, OTHERS, monitor)
    assert first.asked_at - NOON < timedelta(seconds=0.2)
    assert first.tick == first.asked_at


def test_a_storm_is_asked_about_together_and_within_bounds(station: Station) -> None:
    fleet = [http_monitor(UUID(int=number), interval_seconds=60) for number in range(1, MOST_ASKED + 101)]
    station.target = always(CheckStatus.DOWN)
    report = station.window(config(*fleet, spread_seconds=0))
    assert report.done == len(fleet)
    for other in OTHERS:
        groups = [len(commands) for region, commands in station.asked if region == other]
        assert sum(groups) == MOST_ASKED
        assert len(groups) < 10


def test_a_region_that_does_not_answer_delays_neither_checks_nor_others(station: Station) -> None:
    fleet = [http_monitor(UUID(int=number), interval_seconds=60) for number in (1, 2)]
    station.target = always(CheckStatus.DOWN)
    station.refusing = {OTHERS[0]}
    report = station.window(config(*fleet, spread_seconds=30))
    assert report.done == 2
    assert [region for region, _ in station.asked].count(OTHERS[1]) == 2


def test_a_blind_region_tells_of_itself_and_asks_nobody(station: Station) -> None:
    monitor = http_monitor(UUID(int=1), interval_seconds=20)
    station.target = station.controls = always(CheckStatus.DOWN)
    report = station.window(config(monitor, spread_seconds=0))
    assert [(one.status, one.reason) for one in station.results] == [(CheckStatus.UNKNOWN, Reason.REGION_BLIND)] * 3
    assert station.results[0].detail == "The region's control addresses fail too. It was timeout."
    assert not station.asked
    assert report.blind_since is not None
    assert NOON <= report.blind_since < NOON + timedelta(seconds=1)


def test_a_region_that_sees_again_says_so(station: Station) -> None:
    monitor = http_monitor(UUID(int=1), interval_seconds=60)
    station.target = station.controls = always(CheckStatus.DOWN)
    assert station.window(config(monitor, spread_seconds=0)).blind_since is not None
    station.target = station.controls = always(CheckStatus.UP)
    assert station.window(config(monitor, spread_seconds=0), NOON + MINUTE).blind_since is None


def test_one_control_of_three_that_fails_is_not_blindness(station: Station) -> None:
    async def second_fails(monitor: CheckMonitor, _at: datetime) -> CheckStatus:
        return CheckStatus.DOWN if monitor.spec.kind == "tcp" else CheckStatus.UP

    station.target, station.controls = always(CheckStatus.DOWN), second_fails
    report = station.window(config(http_monitor(UUID(int=1), interval_seconds=60), spread_seconds=0))
    assert [one.status for one in station.results] == [CheckStatus.DOWN]
    assert report.blind_since is None


def test_controls_are_tried_together_for_all_that_fails(station: Station) -> None:
    fleet = [http_monitor(UUID(int=number), interval_seconds=60) for number in range(1, 101)]
    station.target = always(CheckStatus.DOWN)
    station.window(config(*fleet, spread_seconds=0))
    rounds = [at for tried, at in station.attempts if tried == NOBODY]
    assert len(rounds) == 2 * len(config().controls)


def test_targets_that_hang_do_not_delay_the_others(station: Station) -> None:
    async def hangs_in_part(monitor: CheckMonitor, _at: datetime) -> CheckStatus:
        hangs = monitor.monitor_id.int <= 50
        await asyncio.sleep(monitor.timeout_seconds if hangs else 0.05)
        return CheckStatus.DOWN if hangs else CheckStatus.UP

    station.target = hangs_in_part
    report = station.window(config(*[http_monitor(UUID(int=number)) for number in range(1, 501)]))
    assert (report.due, report.done, report.missed) == (3_000, 3_000, 0)
    assert report.lateness_ms_p99 == 0


def test_what_cannot_begin_before_its_next_check_is_due_is_missed(station: Station) -> None:
    fleet = [http_monitor(UUID(int=number), timeout_seconds=9) for number in range(1, AT_ONCE + 301)]
    station.target = always(CheckStatus.UP, seconds=9)
    report = station.window(config(*fleet, spread_seconds=0))
    assert report.due == 6 * len(fleet)
    assert report.done + report.missed == report.due
    assert report.missed > 0
    assert report.lateness_ms_p99 is not None
    assert report.lateness_ms_p99 < 10_000


def test_a_window_ends_when_its_time_is_over(station: Station) -> None:
    station.target = always(CheckStatus.UP, seconds=59)
    report = station.window(config(http_monitor(UUID(int=1), interval_seconds=30), spread_seconds=0), stop_after=70)
    assert (report.due, report.done, report.missed) == (2, 1, 0)
    assert station.time.now() == NOON + timedelta(seconds=70)
    assert [batch.reports for batch in station.batches if batch.reports] == [[report]]


def test_secrets_that_cannot_be_opened_are_unknown_and_not_tried_again(station: Station) -> None:
    station.runner = Runner(
        HERE, attempt=station.attempt, open_sealed=station.open_sealed, others={}, now=station.time.now
    )
    sealed = http_monitor(UUID(int=1), sealed="a.b.c.d.e")

    async def once() -> CheckResult:
        async with station.outbox() as outbox:
            await station.runner.run_commands([confirm(sealed, NOON)], [], outbox)
        return station.results[-1]

    found = asyncio.run(asyncio.wait_for(once(), 10))  # opening is done in a thread, for which still time won't wait
    assert (found.status, found.reason) == (CheckStatus.UNKNOWN, Reason.SECRETS_UNREADABLE)
    assert found.detail == "a.b.c.d.e can't be opened."
    assert station.tries(sealed) == []


def test_what_is_asked_for_is_checked_and_told_by_its_command(station: Station) -> None:
    monitor = http_monitor(UUID(int=1))
    run = confirm(monitor, NOON).model_copy(update={"kind": "run", "tick": NOON - timedelta(seconds=1)})
    [found] = station.command(run)
    assert (found.command_id, found.tick, found.status) == (run.command_id, run.tick, CheckStatus.UP)


def test_what_is_asked_for_does_not_wait_for_what_else_was_asked(station: Station) -> None:
    async def hangs_in_part(monitor: CheckMonitor, _at: datetime) -> CheckStatus:
        await asyncio.sleep(5 if monitor.monitor_id.int == 1 else 0.05)
        return CheckStatus.UP

    station.target = hangs_in_part
    station.command(*[confirm(http_monitor(UUID(int=number)), NOON, number) for number in (1, 2)])
    assert [(one.monitor_id.int, len(batch.results)) for batch in station.batches for one in batch.results] == [
        (2, 1),
        (1, 1),
    ]


def test_what_is_asked_for_is_tried_again_and_asks_nobody(station: Station) -> None:
    station.target = always(CheckStatus.DOWN)
    [found] = station.command(confirm(http_monitor(UUID(int=1)), NOON))
    assert (found.status, found.attempts) == (CheckStatus.DOWN, 2)
    assert not station.asked


def test_two_regions_that_ask_for_the_same_instant_are_one_check(station: Station) -> None:
    monitor = http_monitor(UUID(int=1), interval_seconds=60)
    first, second = confirm(monitor, NOON, 1), confirm(monitor, NOON + timedelta(seconds=3), 2)
    assert len(station.command(first, second)) == 1
    station.time.run(asyncio.sleep(10))
    assert station.command(second) == []
    assert len(station.command(first)) == 1, "delivered again: its result may not have arrived"
    assert len(station.command(confirm(monitor, NOON + MINUTE, 3))) == 1


def test_processes_that_each_see_a_failure_first_ask_once_each_and_are_answered_by_one_check() -> None:
    """Processes of one region share no memory; what bounds them is what each of them remembers."""
    monitor, asked = http_monitor(UUID(int=1), interval_seconds=20), list[Command]()
    for process in (Station(), Station(), Station()):
        process.target = always(CheckStatus.DOWN)
        for minute in range(3):
            process.window(config(monitor, spread_seconds=0), NOON + minute * MINUTE)
        assert sorted(region for region, _ in process.asked) == sorted(OTHERS)
        asked += [c for region, commands in process.asked for c in commands if region == OTHERS[0]]
    questions = [command.model_copy(update={"regions": [HERE]}) for command in asked]
    assert len({question.command_id for question in questions}) == 3
    assert len(Station().command(*questions)) == 1


@pytest.mark.parametrize(
    ("status", "asked_after", "checked"),
    [(CheckStatus.UP, -1, 0), (CheckStatus.UP, 1, 1), (CheckStatus.DOWN, 1, 0), (CheckStatus.DOWN, 30, 1)],
)
def test_a_region_that_knows_already_does_not_check_again(
    station: Station, status: CheckStatus, asked_after: float, checked: int
) -> None:
    """It knows if it has looked since the others saw the failure, or has just seen it itself."""
    monitor = http_monitor(UUID(int=1), interval_seconds=60)
    station.target = always(status, seconds=0)
    station.command(confirm(monitor, NOON, 1).model_copy(update={"kind": "run"}))
    last_checked = station.results[-1].checked_at
    asked_at = last_checked + timedelta(seconds=asked_after)
    station.time.run(asyncio.sleep(max(0, asked_after)))
    assert len(station.command(confirm(monitor, asked_at, 2))) == checked


def test_commands_for_others_and_of_yesterday_are_left(station: Station) -> None:
    monitor = http_monitor(UUID(int=1))
    elsewhere = confirm(monitor, NOON).model_copy(update={"regions": OTHERS})
    assert station.command(elsewhere, confirm(monitor, NOON - 2 * MINUTE)) == []
