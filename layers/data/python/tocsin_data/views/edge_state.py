"""What the edge refuses: revoked keys and certificates, and keys that have used up this minute's budget."""

from datetime import timedelta

from tocsin.contracts.edge import EdgeState
from tocsin_data.db import Database
from tocsin_data.sql import ping_keys, probes, routing_keys


def read(db: Database, *, budget_per_minute: int) -> EdgeState:
    """The edge state as of now; a key over budget is refused until its minute ends."""
    with db.many(()) as tx:
        minute = tx.now.replace(second=0, microsecond=0)
        return EdgeState(
            written_at=tx.now,
            revoked=sorted(key.hex() for key in [*routing_keys.refused(tx), *ping_keys.refused(tx)]),
            over_budget={
                key.hex(): minute + timedelta(minutes=1)
                for key in routing_keys.over_budget(tx, minute, budget_per_minute)
            },
            revoked_certificates=sorted(probes.revoked_serials(tx)),
        )
