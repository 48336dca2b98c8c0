"""What a monitor is, by what its regions are and for how long: confirmed, recovered, flapping, or not to be told.

Time enters as `now`, the database's instant; ticks only say what is newest and since when.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from tocsin.domain import verdict_certificate
from tocsin.domain.monitor import CheckStatus, Reason

FLAPPING_FLIPS: Final = 4
"""How often a monitor goes down or comes back within the window before it flaps: twice down, twice back."""
FLIPS_KEPT: Final = 10
SOON: Final = timedelta(seconds=15)
ENDING: Final = frozenset({Reason.CERTIFICATE_EXPIRES_SOON, Reason.CERTIFICATE_EXPIRED})
GOOD: Final = frozenset({CheckStatus.UP, CheckStatus.DEGRADED})


def fresh_for(interval: timedelta) -> timedelta:
    """How old the newest result of a region may be: two intervals and two minutes, for clocks and queues."""
    return 2 * interval + timedelta(minutes=2)


class Topic(StrEnum):
    """What a monitor can have an alert of its own open for."""

    DOWN = "down"
    STALE = "stale"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Rules:
    """What it takes to believe a monitor; `watched_since` is when it was last made, edited or resumed, `warn_days` how
    long before its certificate ends that is told, each once.
    """

    regions: tuple[str, ...]
    interval: timedelta
    quorum: int | None
    confirmation: timedelta
    recovery: timedelta
    watched_since: datetime
    warn_days: tuple[int, ...] = ()

    @property
    def fresh_for(self) -> timedelta:
        """How old the newest result of a region may be."""
        return fresh_for(self.interval)

    @property
    def flapping_window(self) -> timedelta:
        """In how long a time flips are counted."""
        return max(timedelta(minutes=15), 20 * self.interval)

    @property
    def stable_for(self) -> timedelta:
        """How long a flapping monitor must stay as it is before it no longer flaps.

        A third of the window: four flips are three swings, and slower ones do not flap.
        """
        return max(self.flapping_window / 3, self.recovery)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a region makes of a monitor: its status since a tick, and its newest result."""

    status: CheckStatus
    since: datetime
    last_tick: datetime
    last_reason: Reason | None = None
    ends_at: datetime | None = None
    """When the certificate does that it saw last."""

    @property
    def is_ending(self) -> bool:
        """Whether it says that the certificate ends soon, or has ended."""
        return self.status is CheckStatus.DEGRADED and self.last_reason in ENDING

    @property
    def is_undecided(self) -> bool:
        """Whether its results tell something, and too few of them do: what can't tell has a reason for that."""
        return self.status is CheckStatus.UNKNOWN and self.last_reason is None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a monitor is, `since` by check time. `pending` is what it seems to be by now, and since when (by the
    database's clock); `open` what it has alerts open for.
    """

    status: CheckStatus
    since: datetime
    pending: tuple[CheckStatus, datetime] | None = None
    flips: tuple[datetime, ...] = ()
    is_flapping: bool = False
    open: frozenset[Topic] = frozenset()
    warned_days: int | None = None
    """Within how many days of its end the certificate was told of last."""

    @property
    def seems(self) -> CheckStatus:
        """What the regions say, whether or not anybody was told."""
        return self.pending[0] if self.pending else self.status

    def warns_anew(self, before: "Standing") -> bool:
        """Whether the certificate that was told of before is to be told of again, as its end is nearer."""
        return (
            Topic.CERTIFICATE in self.open & before.open
            and self.warned_days is not None
            and before.warned_days is not None
            and self.warned_days < before.warned_days
        )

    def settled(self, status: CheckStatus, at: datetime) -> "Standing":
        """What it is once it simply is this: down has an alert, what is good has none, unknown keeps what there is."""
        if status is CheckStatus.UNKNOWN:
            return replace(self, status=status, since=at, pending=None)
        topics = self.open - {Topic.DOWN, Topic.STALE}
        if status is CheckStatus.DOWN:
            topics |= frozenset({Topic.DOWN})
        return replace(self, status=status, since=at, pending=None, open=topics)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the regions say together: since which tick, why, and which of them count."""

    status: CheckStatus
    at: datetime
    reason: Reason | None = None
    fresh: tuple[str, ...] = ()
    is_heard: bool = True
    """False where nothing at all is heard of it, which is not explained by regions that see nothing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What it is from now on, what the regions said, and when time alone may change it."""

    standing: Standing
    opinion: Opinion
    look_at: datetime | None


def opinion(rules: Rules, seen: Mapping[str, Seen], now: datetime, heard_until: datetime) -> Opinion:
    """Ask the regions whose newest result is fresh; one that can't tell has no voice, one awaited counts.

    Awaited are regions that a new monitor was not heard of from, and those that have begun to tell and are not sure.
    """
    fresh = {
        r: s for r in rules.regions if (s := seen.get(r)) is not None and heard_until - s.last_tick < rules.fresh_for
    }
    known = {r: s for r, s in fresh.items() if s.status is not CheckStatus.UNKNOWN}
    is_new = heard_until - rules.watched_since < rules.fresh_for
    if not known:
        blind = bool(fresh) and all(s.last_reason is Reason.REGION_BLIND for s in fresh.values())
        at = min((s.since for s in fresh.values()), default=now)
        recently = bool(fresh) and heard_until - at < rules.fresh_for
        return Opinion(CheckStatus.UNKNOWN, at, _reason(fresh), (), is_heard=blind or is_new or recently)
    awaited = sum(s.is_undecided for s in fresh.values())
    awaited += sum(r not in seen for r in rules.regions) if is_new else 0
    voices = len(known) + awaited
    needed = voices // 2 + 1 if rules.quorum is None else min(rules.quorum, voices)
    for status, agreeing in (
        (CheckStatus.DOWN, {r: s for r, s in known.items() if s.status is CheckStatus.DOWN}),
        (CheckStatus.DEGRADED, {r: s for r, s in known.items() if s.status is not CheckStatus.UP}),
    ):
        if len(agreeing) >= needed:
            at = sorted(s.since for s in agreeing.values())[needed - 1]
            return Opinion(status, at, _reason(agreeing), tuple(known))
    good = sorted(s.since for s in known.values() if s.status is not CheckStatus.DOWN)
    if awaited and not good:
        return Opinion(CheckStatus.UNKNOWN, min(s.since for s in known.values()))
    at = good[max(0, min(len(good) - 1, len(known) - needed))] if good else now
    return Opinion(CheckStatus.UP, at, None, tuple(known))


def judge(
    rules: Rules, standing: Standing, seen: Mapping[str, Seen], now: datetime, heard_until: datetime | None = None
) -> Verdict:
    """What a monitor is now. Asking again at the same instant changes nothing.

    `heard_until` is how far results have been read, where they wait in a queue: by it they grow old.
    """
    heard_until = heard_until or now
    said = opinion(rules, seen, now, heard_until)
    after = _move(rules, _flip(rules, standing, said, now), said, now)
    topics = frozenset(after.open - {Topic.STALE, Topic.CERTIFICATE})
    if not said.is_heard:
        topics |= frozenset({Topic.STALE})
    warned = None
    if _is_ending(standing, seen, said):
        topics |= frozenset({Topic.CERTIFICATE})
        warned = _warned(rules, standing, seen, said, now)
    after = replace(after, open=topics, warned_days=warned)
    return Verdict(after, said, _look_at(rules, after, seen, now, heard_until))


def _is_ending(before: Standing, seen: Mapping[str, Seen], said: Opinion) -> bool:
    """Whether the certificate is told of: once as many say so as make it degraded, until nobody does.

    Who finds the target down, or finds nothing, has not seen another certificate.
    """
    is_told = Topic.CERTIFICATE in before.open
    if said.status in (CheckStatus.DOWN, CheckStatus.UNKNOWN):
        return is_told
    if said.status is CheckStatus.DEGRADED and said.reason in ENDING:
        return True
    return is_told and any(seen[r].is_ending for r in said.fresh)


def _warned(rules: Rules, before: Standing, seen: Mapping[str, Seen], said: Opinion, now: datetime) -> int | None:
    """Within how many days it ends by now; of several that are shown in turn the one that ends first has been told."""
    ends = [at for r in said.fresh if seen[r].is_ending and (at := seen[r].ends_at) is not None]
    steps = [before.warned_days] if Topic.CERTIFICATE in before.open else []
    steps.append(verdict_certificate.reached(rules.warn_days, min(ends), now) if ends else None)
    return min((days for days in steps if days is not None), default=None)


def _flip(rules: Rules, before: Standing, said: Opinion, now: datetime) -> Standing:
    """Count that it went down or came back, and see whether it flaps."""
    flips = tuple(at for at in before.flips if now - at <= rules.flapping_window)
    seems, says = before.seems, said.status
    if CheckStatus.UNKNOWN not in (seems, says) and (seems is CheckStatus.DOWN) != (says is CheckStatus.DOWN):
        flips = (*flips, now)[-FLIPS_KEPT:]
    settled = not flips or now - flips[-1] >= rules.stable_for
    if settled and before.is_flapping:
        return replace(before, flips=(), is_flapping=False)
    is_flapping = not settled and (before.is_flapping or len(flips) >= FLAPPING_FLIPS)
    return replace(before, flips=flips, is_flapping=is_flapping)


def _move(rules: Rules, before: Standing, said: Opinion, now: datetime) -> Standing:
    """What it is after this opinion: believed once it has lasted, good again once that has lasted."""
    if said.status is CheckStatus.UNKNOWN:
        if before.status is CheckStatus.UNKNOWN:
            return replace(before, pending=None)
        return replace(before, status=CheckStatus.UNKNOWN, since=_after(before, said.at), pending=None)
    alerts = before.open | frozenset({Topic.DOWN}) if before.is_flapping else before.open
    is_told, is_down = Topic.DOWN in alerts, said.status is CheckStatus.DOWN
    if said.status is before.status and (is_down or not is_told):
        return replace(before, pending=None, open=alerts)
    since = before.pending[1] if before.pending and _goes_on(before.seems, said.status, is_told) else now
    if now - since < _wait(rules, before, said.status, is_told) or (before.is_flapping and not is_down):
        return replace(before, pending=(said.status, since), open=alerts)
    at = before.since if said.status is before.status else _after(before, said.at)
    alerts = alerts | frozenset({Topic.DOWN}) if is_down else alerts - {Topic.DOWN}
    return replace(before, status=said.status, since=at, pending=None, open=alerts)


def _wait(rules: Rules, before: Standing, says: CheckStatus, is_told: bool) -> timedelta:
    """How long it must seem so: what is told as down needs no more to be so, and a recovery to be over."""
    if is_told:
        return timedelta(0) if says is CheckStatus.DOWN else rules.recovery
    is_worse = says is CheckStatus.DOWN or (says is CheckStatus.DEGRADED and before.status is CheckStatus.UP)
    return rules.confirmation if is_worse else timedelta(0)


def _goes_on(seems: CheckStatus, says: CheckStatus, is_told: bool) -> bool:
    """Whether what it seemed to be is still so; for a recovery, degraded is as good as up."""
    return seems is says or (is_told and seems in GOOD and says in GOOD)


def _after(before: Standing, at: datetime) -> datetime:
    """Spans of a monitor follow each other, however late a result came."""
    return max(before.since, at)


def _look_at(
    rules: Rules, after: Standing, seen: Mapping[str, Seen], now: datetime, heard_until: datetime
) -> datetime | None:
    """The first instant at which judging again could say something else although no result has come.

    What grows old by what has been heard is looked at again soon where that is behind.
    """
    known = [s for r in rules.regions if (s := seen.get(r)) is not None]
    ages = [s.last_tick + rules.fresh_for for s in known]
    ages.extend(s.since + rules.fresh_for for s in known if s.status is CheckStatus.UNKNOWN)
    ages.append(rules.watched_since + rules.fresh_for)
    ends = [s.ends_at for s in known if s.is_ending and s.ends_at is not None]
    instants = [at if at > now else now + SOON for at in ages if at > heard_until]
    if after.pending is not None:
        status, since = after.pending
        instants.append(since + _wait(rules, after, status, Topic.DOWN in after.open))
    if ends and (nearer := verdict_certificate.next_at(rules.warn_days, min(ends), now)) is not None:
        instants.append(nearer)
    if after.is_flapping:
        instants.append(after.flips[-1] + rules.stable_for)
    return min((at for at in instants if at > now), default=None)


def _reason(seen: Mapping[str, Seen]) -> Reason | None:
    """The reason that most regions give; of several, the one that comes first by name."""
    reasons = [s.last_reason for s in seen.values() if s.last_reason is not None]
    return min(reasons, key=lambda r: (-reasons.count(r), r), default=None)
