"""The inside functions' use cases over one world, with what they sent."""

from uuid import UUID

from tests.support.world import World
from tocsin.contracts.delivery import ClaimAnswer, ClaimItem, DeliveryMessage, OutcomeMessage, Result
from tocsin.contracts.wakeup import WakeUp
from tocsin.domain.incident import Action
from tocsin_data.services import claiming, escalating, recording, responding, sweeping
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.processing import process


class Paging:
    """The inside functions' use cases over one world, and everything they sent."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.worker = world.database.enter("worker")
        self.app = world.database.enter("app")
        self.pages: list[DeliveryMessage] = []
        self.wake_ups: list[WakeUp] = []

    def sent(self, leaving: Leaving) -> list[DeliveryMessage]:
        pages = [page for page, _ in leaving.deliveries]
        self.pages.extend(pages)
        self.wake_ups.extend(leaving.wake_ups)
        return pages

    def trigger(self) -> list[DeliveryMessage]:
        return self.sent(process(self.worker, [self.world.request()], key_budget_per_minute=6000).leaving)

    def wake(self) -> list[DeliveryMessage]:
        waiting, self.wake_ups = self.wake_ups, []
        return self.sent(escalating.wake(self.worker, waiting).leaving) if waiting else []

    def claim(self, *pages: DeliveryMessage) -> list[ClaimAnswer]:
        items = [ClaimItem(org_id=p.org_id, notification_id=p.notification_id) for p in pages]
        return claiming.claim(self.worker, items)

    def record(self, page: DeliveryMessage, answer: ClaimAnswer | None, result: Result, **more: object) -> None:
        outcome = OutcomeMessage(
            org_id=page.org_id,
            notification_id=page.notification_id,
            attempt_id=answer.attempt_id if answer else None,
            unclaimed=answer is None,
            result=result,
            at=self.world.now,
            **more,
        )
        self._follow(recording.record(self.worker, [outcome]))

    def take_back(self, page: DeliveryMessage) -> None:
        """SES says that the mail of a page has come back."""
        outcome = OutcomeMessage(
            org_id=page.org_id,
            kind="returned",
            notification_id=page.notification_id,
            result=Result.PERMANENT,
            reason="bounced",
            at=self.world.now,
        )
        self._follow(recording.take_back(self.worker, [outcome, outcome]))

    def _follow(self, recorded: recording.Recorded) -> None:
        self.sent(recorded.leaving)
        if recorded.failed:
            self.sent(escalating.move_on(self.worker, recorded.failed).leaving)

    def sweep(self) -> sweeping.Swept:
        return sweeping.sweep(self.worker, lambda leaving: self.sent(leaving) and None)

    def incident(self) -> UUID:
        return self.world.database.rows("select id from incident order by number desc limit 1")[0][0]

    def act(self, action: Action) -> responding.Moved:
        return responding.act(self.app, self.world.org_id, self.incident(), action, "api_key:test")

    def addresses(self) -> list[str | None]:
        return [page.address for page in self.pages]
