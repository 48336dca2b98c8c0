"""Which path speaks which protocol, and where in it the routing key is."""

import re
from typing import Final

from functions.ingest.adapters.alertmanager_api import AlertmanagerApi
from functions.ingest.adapters.alertmanager_webhook import AlertmanagerWebhook
from functions.ingest.adapters.events_v1 import EventsV1
from functions.ingest.adapters.events_v2 import ChangeEventsV2, EventsV2
from functions.ingest.adapters.generic import Generic
from functions.ingest.exchange import Adapter

ROUTES: Final[tuple[tuple[re.Pattern[str], Adapter], ...]] = (
    (re.compile(r"/v2/enqueue"), EventsV2()),
    (re.compile(r"/v2/change/enqueue"), ChangeEventsV2()),
    (re.compile(r"/generic/2010-04-15/create_event\.json"), EventsV1()),
    (re.compile(r"/v1/integrations/alertmanager(?:/(?P<key>[^/]+))?"), AlertmanagerWebhook()),
    (
        re.compile(r"(?:/alertmanager(?:/(?P<key>[^/]+))?)?(?:/api/v2/(?:alerts|status)|/-/(?:healthy|ready))"),
        AlertmanagerApi(),
    ),
    (re.compile(r"/v1/events(?:/(?P<key>[^/]+))?"), Generic()),
)


def find(path: str) -> tuple[Adapter, str | None] | None:
    """The adapter of a path and the key in it; None when nothing speaks there."""
    for pattern, adapter in ROUTES:
        if match := pattern.fullmatch(path):
            return adapter, match.groupdict().get("key")
    return None
