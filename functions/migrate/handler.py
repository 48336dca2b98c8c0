"""Applies the migrations during a deploy, before any function of the new version runs.

The framework of CDK's Provider calls it, from outside the network, and answers CloudFormation in its place.
"""

import json
from typing import Any, Final

from psycopg.conninfo import make_conninfo

from migrations import runner
from tocsin.platform import logs, secret_store, settings
from tocsin.platform.settings import Settings

SERVICE: Final = "migrate"
RESOURCE: Final = "schema"
ROLES: Final = ("app", "worker")


class MigrateSettings(Settings):
    """The server itself, never a proxy, and the secrets: the administrator's, and passwords of roles that have one."""

    db_host: str
    db_port: int = 5432
    db_name: str = runner.DATABASE
    db_ca_file: str | None = None
    db_iam: bool = False
    """Roles enter by IAM's tokens, as RDS has it, and have no password."""
    admin_secret_arn: str
    admin_database: str = "postgres"
    app_secret_arn: str | None = None
    worker_secret_arn: str | None = None


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """A custom resource's event → its id. What goes wrong is raised: the deploy fails with these words.

    Invoked by hand with {"action": "status"} it answers how far the database is, and changes nothing.
    """
    if event.get("RequestType") == "Delete":
        return {"PhysicalResourceId": RESOURCE}
    known = settings.load(MigrateSettings)
    if event.get("action") == "status":
        return _status(known)
    applied = _migrate(known)
    logs.logger(SERVICE).info("migrated", extra={"applied": applied})
    return {"PhysicalResourceId": RESOURCE, "Data": {"Applied": ", ".join(applied) or "nothing"}}


def _migrate(known: MigrateSettings) -> list[str]:
    conninfo = _conninfo(known)
    applied = runner.migrate(conninfo, known.db_name)
    for role, secret_arn in (("app", known.app_secret_arn), ("worker", known.worker_secret_arn)):
        if secret_arn is not None:
            runner.set_password(conninfo, role, secret_store.current_text(secret_arn))
    if known.db_iam:
        runner.let_in_by_iam(conninfo, ROLES)
    return applied


def _status(known: MigrateSettings) -> dict[str, Any]:
    found = runner.status(_conninfo(known), known.db_name)
    return {
        "now": found.now.isoformat(),
        "server_version": found.server_version,
        "schema_number": found.schema_number,
        "pending": found.pending,
    }


def _conninfo(known: MigrateSettings) -> str:
    """The administrator's way in; the secret is JSON with `username` and `password`, as RDS writes it."""
    admin = json.loads(secret_store.current_text(known.admin_secret_arn))
    return make_conninfo(
        host=known.db_host,
        port=known.db_port,
        dbname=known.admin_database,
        user=admin["username"],
        password=admin["password"],
        connect_timeout=10,
        sslmode="verify-full" if known.db_ca_file else None,
        sslrootcert=known.db_ca_file,
    )
