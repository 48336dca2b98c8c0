"""The settings of each stage. Nothing else knows a stage's name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Database:
    """Where inside functions find PostgreSQL."""

    host: str
    port: int
    name: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One deployment. `max_concurrency` bounds the batches of each queue that run at once (AWS: 2 or more)."""

    name: str
    is_local: bool
    database: Database
    mail_from: str
    mail_identity: str
    """The verified SES identity that mail is sent as."""
    link_base_url: str
    """What acknowledge links begin with, before the slash and the token: `/l` of the app API's public address."""
    seal_private_key_file: str
    """The PEM file that `notify` opens channel secrets with; a stage in AWS keeps that key in KMS instead."""
    outbound_allowed_networks: str = ""
    """Private networks that webhooks may reach, as comma-separated CIDRs."""
    key_budget_per_minute: int = 3_000
    api_rate_per_second: int = 1_000
    api_burst: int = 2_000
    max_concurrency: Mapping[str, int] = field(default_factory=dict[str, int])
    api_ids: Mapping[str, str] = field(default_factory=dict[str, str])
    """Fixed ids of the HTTP APIs, where the stage can choose them."""
    asset_bucket: str | None = None
    """Where packages are put when the environment is not bootstrapped for CDK; the deployer's own rights are used."""


class UnknownStage(ValueError):
    """No stage has this name."""


LOCAL_API_IDS: Final = {"ingest": "e7e17001", "app": "a9900001"}


def _local(context: Mapping[str, str]) -> Stage:
    """Everything on one machine: addresses come from `make run`; the defaults are for reading the template."""
    gateway = context.get("gateway_url", "http://127.0.0.1:8400")
    return Stage(
        name="local",
        is_local=True,
        database=Database(host=context.get("db_host", "/run/postgresql"), port=5432, name="tocsin"),
        mail_from="Tocsin <tocsin@demo.example>",
        mail_identity="demo.example",
        link_base_url=f"{gateway}/_aws/execute-api/{LOCAL_API_IDS['app']}/l",
        seal_private_key_file=context.get("seal_private_key_file", "/run/tocsin/seal.pem"),
        outbound_allowed_networks="127.0.0.0/8",
        max_concurrency={"events": 2, "deliveries": 3},
        api_ids=LOCAL_API_IDS,
        asset_bucket="tocsin-local-assets",
    )


STAGES: Final[Mapping[str, Callable[[Mapping[str, str]], Stage]]] = {"local": _local}


def stage(name: str, context: Mapping[str, str]) -> Stage:
    """The settings of a stage; raises UnknownStage. `context` holds what was passed with `-c`."""
    make = STAGES.get(name)
    if make is None:
        raise UnknownStage(f"there is no stage {name!r}; there are: {', '.join(sorted(STAGES))}")
    return make(context)
