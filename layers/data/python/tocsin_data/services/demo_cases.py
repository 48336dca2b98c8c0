"""The plots of the demo at their instants: what each is about, what the rules decide, whom it pages when."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.domain.demo import (
    ON_CALL,
    PEOPLE,
    POLICIES,
    ROTAS,
    SERVICES,
    WINDOWS,
    Plot,
    Policy,
    Service,
    Someone,
    id_of,
)
from tocsin.domain.event_rule import Decision
from tocsin.domain.incident import Severity, Urgency, UrgencySetting, urgency_of
from tocsin_data.services import demo_payloads, demo_rules
from tocsin_data.services.demo_rotas import Rotas
from tocsin_data.services.demo_tables import Rows

AT_ONCE: Final = timedelta(seconds=3)
"""How soon a step follows one whose every page has failed."""
BEFORE_WINDOW: Final = timedelta(minutes=20)
"""How long before a window of its service an incident begins that would have begun in it, and paged nobody."""
ORDER_BITS: Final = 16


@dataclass(frozen=True, slots=True)
class Page:
    """A step as it was taken; `on_call` says by which turn people are paged whom a schedule has named."""

    at: datetime
    round: int
    position: int
    people: tuple[str, ...]
    on_call: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """A plot at its instant, with what it is about; nobody in it is whoever is on call any more."""

    plot: Plot
    service: Service
    policy: Policy
    rotas: Rotas
    began_at: datetime
    labels: Mapping[str, str]
    decision: Decision

    @property
    def id(self) -> UUID:
        """The incident's."""
        return id_of("incident", self.plot.key)

    @property
    def urgency(self) -> Urgency:
        """How urgent it is: as the rules say, or else by its severity."""
        return self.decision.urgency or urgency_of(UrgencySetting.BY_SEVERITY, Severity(self.plot.severity))

    @property
    def acknowledged_at(self) -> datetime | None:
        """When somebody took it on."""
        return None if self.plot.acknowledged is None else self.began_at + self.plot.acknowledged[0]

    @property
    def resolved_at(self) -> datetime | None:
        """When it was over."""
        return None if self.plot.resolved is None else self.began_at + self.plot.resolved[0]

    @property
    def left_alone_at(self) -> datetime | None:
        """From when on nobody was to be paged."""
        return self.acknowledged_at or self.resolved_at

    @property
    def integration(self) -> str:
        """The tool, as timelines name it."""
        return f"integration:{id_of('integration', self.service.name)}"

    @property
    def resolver(self) -> str | None:
        """Who said that it is over."""
        if self.plot.resolved is None:
            return None
        first = self.plot.resolved[1]
        return self.integration if first is None else actor(first)

    def taken(self) -> tuple[list[Page], datetime | None]:
        """The steps that were taken before somebody answered; and when the policy came to its end, if nobody did."""
        at, pages = self.began_at + (self.decision.hold or timedelta()), list[Page]()
        for number in range(self.policy.rounds):
            for position, (minutes, targets) in enumerate(self.policy.steps):
                at += AT_ONCE if pages and self.failed(pages[-1]) else timedelta(minutes=minutes)
                if self.left_alone_at is not None and at >= self.left_alone_at:
                    return pages, None
                pages.append(_page(self.rotas, targets, at, number, position))
            at += timedelta(minutes=self.policy.round_minutes)
        return pages, None if self.left_alone_at is not None else at

    def failed(self, page: Page) -> bool:
        """Whether nobody whom a step paged could be reached."""
        return all(first in self.plot.bounces and not someone(first).has_slack for first in page.people)


def case_of(plot: Plot, now: datetime, rotas: Rotas) -> Case:
    """A plot as of an instant."""
    service = next(s for s in SERVICES if s.name == plot.service)
    began_at = _outside_windows(plot, now - plot.ago)
    labels = demo_payloads.labels_of(plot, service, began_at)
    decision = demo_rules.decided(plot, service, labels, began_at)
    routed = next((p for p in POLICIES if id_of("policy", p.name) == decision.policy_id), None)
    policy = routed or next(p for p in POLICIES if p.name == service.policy)
    first = _page(rotas, policy.steps[0][1], began_at, 0, 0).people[0]
    return Case(_with(plot, first), service, policy, rotas, began_at, labels, decision)


def say(found: Rows, case: Case, at: datetime, kind: str, by: str, **data: object) -> None:
    """Add a line to an incident's timeline."""
    number = len(found.tables.get("timeline_entry", ()))
    # what is said of one instant is read in the order of the ids
    entry_id = UUID(int=(id_of("entries", case.plot.key).int >> ORDER_BITS << ORDER_BITS) + number)
    found.add("timeline_entry", id=entry_id, incident_id=case.id, at=at, kind=kind, actor=by, data=data)


def actor(first: str) -> str:
    """Somebody, as timelines name them."""
    return f"user:{id_of('user', first)}"


def someone(first: str) -> Someone:
    """A member by their first name."""
    return next(person for person in PEOPLE if person.first == first)


def _page(rotas: Rotas, targets: tuple[str, ...], at: datetime, number: int, position: int) -> Page:
    named = {rota.name for rota in ROTAS}
    turns = {rotas.first(target, at): rotas.words(target, at) for target in targets if target in named}
    people = dict.fromkeys(rotas.first(target, at) if target in named else target for target in targets)
    return Page(at, number, position, tuple(people), {someone(first).name: words for first, words in turns.items()})


def _outside_windows(plot: Plot, at: datetime) -> datetime:
    began = (window.open_at(at) for window in WINDOWS if plot.service in window.services)
    return next((starts_at - BEFORE_WINDOW for starts_at in began if starts_at is not None), at)


def _with(plot: Plot, first: str) -> Plot:
    """The plot with somebody in the place of whoever is on call."""

    def named(who: str) -> str:
        return first if who == ON_CALL else who

    acknowledged, resolved = plot.acknowledged, plot.resolved
    return replace(
        plot,
        acknowledged=None if acknowledged is None else (acknowledged[0], named(acknowledged[1])),
        resolved=None if resolved is None else (resolved[0], None if resolved[1] is None else named(resolved[1])),
        notes=tuple((after, named(who), text) for after, who, text in plot.notes),
        bounces=tuple(map(named, plot.bounces)),
        slow=tuple(map(named, plot.slow)),
    )
