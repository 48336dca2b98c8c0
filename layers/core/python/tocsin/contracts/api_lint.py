"""The public API's models of lint: what is wrong with how an organization would be paged."""

from uuid import UUID

from tocsin.contracts.api import Answer
from tocsin.contracts.message import Instant
from tocsin.domain.findings import Code, Level


class LintWhole(Answer):
    """Where a part is found: the policy of a step, the integration of a routing key, the service of a rule."""

    kind: str
    id: UUID


class LintSubject(Answer):
    """What a finding is about; `part_of` is null for what stands by itself, as rules of the organization do."""

    kind: str
    id: UUID
    name: str
    part_of: LintWhole | None


class LintFinding(Answer):
    """One thing that is wrong, why, and what would be right. `code` is stable; words are for reading."""

    code: Code
    level: Level
    subject: LintSubject
    reason: str
    remedy: str


class LintReport(Answer):
    """Findings, worst first, of the week that begins at `at`; and how many there are of each level."""

    at: Instant
    errors: int
    warnings: int
    infos: int
    items: list[LintFinding]
