"""What a use case wants sent once its transaction has committed: pages, wake-ups and mails."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tocsin.contracts.delivery import DeliveryMessage
from tocsin.contracts.edge import PAGES, PublishRequest
from tocsin.contracts.mail import MailMessage
from tocsin.contracts.wakeup import WakeUp
from tocsin.domain.escalation import timer_delay
from tocsin.errors import QueueUnavailable
from tocsin.platform import logs, queues
from tocsin.platform.settings import Settings


class LeavingSettings(Settings):
    """The queues that what leaves goes to; without `mails_queue_url`, where no mail is ever written; without those of
    pushes and hints, where nobody is told of changes.
    """

    deliveries_queue_url: str
    escalations_queue_url: str
    mails_queue_url: str | None = None
    pushes_queue_url: str | None = None
    hints_queue_url: str | None = None


@dataclass(slots=True)
class Leaving:
    """Gathered inside the transaction at `now`, sent after it. Losing it is made good by the sweep."""

    now: datetime
    deliveries: list[tuple[DeliveryMessage, datetime]] = field(default_factory=list[tuple[DeliveryMessage, datetime]])
    wake_ups: list[WakeUp] = field(default_factory=list[WakeUp])
    mails: list[MailMessage] = field(default_factory=list[MailMessage])
    paced: list[tuple[MailMessage, int]] = field(default_factory=list[tuple[MailMessage, int]])
    """Mails that the queue holds back for so many seconds."""
    publish: bool = False
    pages: set[UUID] = field(default_factory=set[UUID])
    """Organizations whose status pages say something else from now on."""

    def send(self, settings: LeavingSettings, service: str) -> None:
        """Send everything, pages first. What a queue refuses is told in the log and left to the sweep: it is a row."""
        pages = [
            queues.Outgoing(message.to_json(), str(message.org_id), self._delay(due_at))
            for message, due_at in self.deliveries
        ]
        wake_ups = [
            queues.Outgoing(message.to_json(), str(message.org_id), self._delay(message.due_at))
            for message in self.wake_ups
        ]
        mails = [
            queues.Outgoing(message.to_json(), str(message.org_id), delay)
            for message, delay in [*((message, 0) for message in self.mails), *self.paced]
        ]
        for queue_url, messages in (
            (settings.deliveries_queue_url, pages),
            (settings.escalations_queue_url, wake_ups),
            (settings.mails_queue_url, mails),
        ):
            if queue_url is None:
                continue
            try:
                queues.send(queue_url, messages)
            except QueueUnavailable as error:
                logs.logger(service).error("left to the sweep", extra={"messages": len(messages), "detail": str(error)})
                logs.count(service, "LeftToSweep", len(messages))

    def publish_pages(self, queue_url: str | None, service: str) -> None:
        """Have status pages written anew that say something else; without it, the sweep asks for it within a minute."""
        if queue_url is None or not self.pages:
            return
        try:
            for org_id in sorted(self.pages):
                send_pages_request(queue_url, org_id)
        except QueueUnavailable as error:
            logs.logger(service).error("pages not asked for", extra={"detail": str(error)})
            logs.count(service, "PagesNotAskedFor")

    def _delay(self, due_at: datetime) -> int:
        delay = timer_delay(self.now, due_at)
        return queues.MAX_DELAY_SECONDS if delay is None else delay


def send_publish_requests(queue_url: str, documents: Sequence[str]) -> None:
    """Ask `publish` to write documents anew."""
    queues.send(queue_url, [queues.Outgoing(PublishRequest(document=name).to_json(), name) for name in documents])


def send_pages_request(queue_url: str, org_id: UUID) -> None:
    """Ask `publish` to write an organization's status pages anew."""
    queues.send(queue_url, [queues.Outgoing(PublishRequest(document=PAGES, org_id=org_id).to_json(), str(org_id))])
