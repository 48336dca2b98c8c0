"""Commands for the checks that somebody has asked for: written for regions, then marked as asked."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.checks import COMMAND_PREFIX, Command
from tocsin.contracts.probes import private_command_key
from tocsin_data.db import Database
from tocsin_data.sql import monitor_runs

PRIVATE: Final = "private:"
PATIENCE: Final = timedelta(minutes=2)
"""Who asked for a check waits no longer than this."""
AT_ONCE: Final = 200
KEPT: Final = timedelta(days=1)
FORGOTTEN_AT_ONCE: Final = 1_000


def waiting(db: Database) -> dict[str, Command]:
    """What no region was asked for yet, by the keys of the objects that ask: one for the deployment's regions, and one
    for each private location, whose probes look for theirs.
    """
    with db.many(()) as tx:
        runs = monitor_runs.uncommanded(tx, tx.now - PATIENCE, AT_ONCE)
    commands: dict[str, Command] = {}
    for run in runs:
        private = [region for region in run.regions if region.startswith(PRIVATE)]
        ours = [region for region in run.regions if region not in private]
        asked = Command(
            command_id=run.id,
            kind="run",
            asked_at=run.asked_at,
            asked_by=run.asked_by,
            tick=run.asked_at,
            regions=ours,
            monitor=run.monitor,  # pyright: ignore[reportArgumentType] - read from JSON, and validated here
        )
        if ours:
            commands[f"{COMMAND_PREFIX}{run.id}.json"] = asked
        for region in private:
            key = private_command_key(UUID(region.removeprefix(PRIVATE)), run.id)
            unsealed = asked.monitor.model_copy(update={"sealed": None})  # as in views/check_configs
            commands[key] = asked.model_copy(update={"regions": [region], "monitor": unsealed})
    return commands


def asked(db: Database, commands: Sequence[Command]) -> None:
    """Regions were asked; they are not asked again."""
    ids = {command.command_id for command in commands}
    if ids:
        with db.many(()) as tx:
            monitor_runs.commanded(tx, sorted(ids))


def forget(db: Database) -> int:
    """Delete runs that nobody looks at any more; answers how many."""
    with db.many(()) as tx:
        return monitor_runs.forget(tx, tx.now - KEPT, FORGOTTEN_AT_ONCE)
