"""What the public was told of a page's components over days: by people, by reports, and by what happened to services.

As at each instant (`tocsin.domain.component_status`): what people set in the place of all else stands alone,
maintenance comes before incidents, and of the rest the worst counts.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tocsin.domain.component_status import OF_SEVERITY
from tocsin.domain.incident import Severity
from tocsin.domain.maintenance import is_covered
from tocsin.domain.page_days import ALONE, Word, beside
from tocsin.domain.status_page import Automatic, ComponentStatus
from tocsin.domain.uptime import Interval
from tocsin_data.db import Tx
from tocsin_data.services import uptime_days
from tocsin_data.sql import page_figures
from tocsin_data.sql.maintenance_windows import scope
from tocsin_data.sql.page_figures import OpenRow
from tocsin_data.sql.page_snapshots import PageRow

type Services = Mapping[UUID, Sequence[UUID]]
"""The services that components are made of."""


def read(tx: Tx, page: PageRow, services: Services, since: datetime) -> dict[UUID, list[Word]]:
    """What was told of components since an instant; of services where the page publishes by itself."""
    words: dict[UUID, list[Word]] = defaultdict(list)
    for row in page_figures.told(tx, page.id, since):
        words[row.component_id].append(Word(ComponentStatus(row.status), row.starts_at, row.ends_at))
    if Automatic(page.automatic) is not Automatic.PUBLISH or not services:
        return words
    incidents: dict[tuple[UUID, UUID], list[OpenRow]] = defaultdict(list)
    for incident in page_figures.incidents(tx, page.id, since):
        incidents[incident.component_id, incident.service_id].append(incident)
    windows = uptime_days.maintained(tx, since, tx.now)
    for component_id, service_ids in services.items():
        alone = [word for word in words[component_id] if word.status in ALONE]
        for service_id in service_ids:
            under = [i for window, times in windows if is_covered(scope(window.scope), service_id, {}) for i in times]
            happened = _happened(incidents.get((component_id, service_id), ()), under)
            words[component_id].extend(beside(happened, alone))
    return words


def _happened(incidents: Sequence[OpenRow], windows: Sequence[Interval]) -> Iterator[Word]:
    """What a service was: under maintenance, or else what its incidents say."""
    under = [Word(ComponentStatus.MAINTENANCE, begin, end) for begin, end in windows]
    yield from under
    yield from beside((Word(OF_SEVERITY[Severity(i.severity)], i.starts_at, i.ends_at) for i in incidents), under)
