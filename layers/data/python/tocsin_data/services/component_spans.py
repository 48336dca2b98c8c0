"""For how long the public was told by people and reports what a component is: written by whatever changes that."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from tocsin.domain.component_status import spans_ahead
from tocsin_data.db import Tx
from tocsin_data.sql import component_spans
from tocsin_data.sql.component_spans import NewSpan


def keep(tx: Tx, component_ids: Collection[UUID]) -> None:
    """Write what people and reports say of these components from now on, once that is written in this transaction.

    Call it for every component that an override or a report said something of before, or says something of now. The
    span at hand goes on, or ends and others follow; one of an override that ends by itself has its end at once.
    """
    if not component_ids:
        return
    component_spans.hold(tx, component_ids)
    component_spans.delete_ahead(tx, component_ids)
    held = component_spans.at_hand(tx, component_ids)
    until: dict[UUID, datetime | None] = {}
    begun: list[NewSpan] = []
    for spoken in component_spans.spoken(tx, component_ids):
        ahead = spans_ahead(spoken.override, spoken.reports, tx.now)
        current = held.get(spoken.component_id)
        if current is not None:
            goes_on = bool(ahead) and ahead[0].status == current.status
            until[spoken.component_id] = ahead[0].ends_at if goes_on else tx.now
            ahead = ahead[1:] if goes_on else ahead
        begun.extend(
            NewSpan(spoken.org_id, spoken.component_id, span.status, span.starts_at, span.ends_at) for span in ahead
        )
    if until:
        component_spans.end(tx, until)
    if begun:
        component_spans.insert(tx, begun)
