"""The functions of the application, by name."""

from dataclasses import dataclass, fields

from infra.parts.function import DatabaseFunction, OutboundFunction


@dataclass(frozen=True, slots=True)
class Functions:
    """Every function of the application."""

    ingest: OutboundFunction
    authorizer: OutboundFunction
    tokens: OutboundFunction
    notify: OutboundFunction
    mirror: OutboundFunction
    verdict: DatabaseFunction
    enroll: DatabaseFunction
    process: DatabaseFunction
    escalate: DatabaseFunction
    claim: DatabaseFunction
    record: DatabaseFunction
    sweep: DatabaseFunction
    publish: DatabaseFunction
    api: DatabaseFunction
    live: DatabaseFunction
    push: OutboundFunction
    health: DatabaseFunction
    triggers: DatabaseFunction

    def all(self) -> list[OutboundFunction | DatabaseFunction]:
        """All of them."""
        return [getattr(self, field.name) for field in fields(self)]
