"""Lint: gather what decides whom an incident reaches, and tell what is wrong with it."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from tocsin.contracts.api_lint import LintFinding, LintReport, LintSubject, LintWhole
from tocsin.domain import lint_monitors
from tocsin.domain.findings import Finding, Level, worst_first
from tocsin.domain.lint import WEEK, Duty, Gathered, Policy, Roster, lint
from tocsin.domain.schedule import shifts
from tocsin_data.db import Database, Tx
from tocsin_data.services import rotas
from tocsin_data.sql import escalations
from tocsin_data.sql import lint as rows


def report(db: Database, org_id: UUID) -> LintReport:
    """Everything that is wrong now, or will be within a week, worst first."""
    with db.one(org_id) as tx:
        of_monitors = lint_monitors.lint(rows.monitors(tx), tx.now)
        findings, now = worst_first([*lint(_gather(tx), tx.now), *of_monitors]), tx.now
    counts = Counter(finding.level for finding in findings)
    return LintReport(
        at=now,
        errors=counts[Level.ERROR],
        warnings=counts[Level.WARNING],
        infos=counts[Level.INFO],
        items=[_shown(finding) for finding in findings],
    )


def _gather(tx: Tx) -> Gathered:
    return Gathered(
        has_fallback=rows.has_fallback(tx),
        services=rows.services(tx),
        policies=_policies(tx),
        members=rows.members(tx),
        teams=rows.teams(tx),
        destinations=rows.destinations(tx),
        rosters=_rosters(tx),
        rules=rows.rules(tx),
        keys=rows.keys(tx),
    )


def _policies(tx: Tx) -> list[Policy]:
    known = rows.policies(tx)
    plans = escalations.plans(tx, [(policy_id, version) for policy_id, (_, version) in known.items()])
    return [Policy(policy_id, name, plans[policy_id, version]) for policy_id, (name, version) in known.items()]


def _rosters(tx: Tx) -> Mapping[UUID, Roster]:
    return {
        plan.id: Roster(
            plan.id,
            plan.name,
            [Duty(s.starts_at, s.ends_at, s.user_id) for s in shifts(schedule, tx.now, tx.now + WEEK)],
        )
        for plan, schedule in rotas.planned(tx, rows.schedules(tx), tx.now)
    }


def _shown(finding: Finding) -> LintFinding:
    subject = finding.subject
    whole = subject.part_of
    return LintFinding(
        code=finding.code,
        level=finding.level,
        subject=LintSubject(
            kind=subject.kind,
            id=subject.id,
            name=subject.name,
            part_of=None if whole is None else LintWhole(kind=whole.kind, id=whole.id),
        ),
        reason=finding.reason,
        remedy=finding.remedy,
    )
