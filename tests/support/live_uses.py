"""Everything that telling who watches asks of the database, once: for tests of what is sent to it."""

from uuid import UUID, uuid4

from tests.support.api_host import ApiHost
from tests.support.world import World
from tocsin.domain.live import Entry, Topic
from tocsin.domain.permission import Role
from tocsin_data.db import Database
from tocsin_data.services import live, live_telling
from tocsin_data.services.actors import Actor
from tocsin_data.services.calling import Caller
from tocsin_data.services.leaving import LeavingSettings


def happen(world: World, app: Database, api: ApiHost) -> None:
    """Somebody watches, is told of changes at once and later, asks what they missed, and goes."""
    worker = world.database.enter("worker")
    caller = Caller(Actor("user", str(world.alice.user_id)), world.now, 1, org_id=world.org_id, role=Role.RESPONDER)
    ticket = live.open_ticket(app, caller, world.org_id, url="wss://live.example/live")
    assert live.connect(worker, ticket.ticket, "one") is Entry.OPENED
    live.subscribe(worker, "one", [Topic.INCIDENTS])
    known = LeavingSettings.model_validate({f"{name}_queue_url": url for name, url in api.queue_urls.items()})
    _change(worker, known, world.org_id)
    live_telling.tell_kept(worker, api.queue_urls["pushes"], world.org_id)
    live_telling.tend(worker, known, "test")
    assert live.changes(app, world.org_id, 1, [Topic.INCIDENTS]).items
    live.ping(worker, "one")
    live.disconnect(worker, ["one"])
    worker.close()


def _change(worker: Database, known: LeavingSettings, org_id: UUID) -> None:
    other = uuid4()
    with live_telling.telling(worker, known, "test", closes=True), worker.many([org_id, other]) as tx:
        tx.note(org_id, Topic.INCIDENTS, "incident", uuid4())
        tx.note(other, Topic.INCIDENTS, "incident", uuid4())
