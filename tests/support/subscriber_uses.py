"""What subscribers of a status page do, once, and what is done for them: for tests of what is sent to the database."""

import os
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.support.api_host import ApiHost
from tests.support.page_uses import PAGES, done
from tests.support.world import World
from tocsin.contracts.delivery import OutcomeMessage, Result
from tocsin.contracts.subscribers import Newcomer, SubscriberWish, WishedChoice
from tocsin.domain.subscriber import CONFIRM_WITHIN, KEPT_FOR, REST, SubscriberChannel
from tocsin_data.services import mailing, subscriber_wishes, sweeping
from tocsin_data.services.page_site import Site

OUTSIDE = sweeping.Outside(Site("https://status.example"), 10)


def live(world: World, api: ApiHost) -> None:
    """Ask by every channel, confirm, choose, be told and sent, fail, end and be forgotten; by the API as well."""
    page = {"slug": f"told-{uuid4().hex[:12]}", "name": "Told", "visibility": "public"}
    channels = {"subscribe_channels": ["email", "webhook"]}
    path = f"{PAGES}/{done(api, 'POST', PAGES, {**page, **channels}).json['id']}"
    shop = UUID(done(api, "POST", f"{path}/components", {"name": "Shop"}).json["id"])
    ((key,),) = world.database.rows("select subscribe_key from status_page where id = %s", path.rpartition("/")[2])
    told = os.urandom(32)
    _come(world, key, shop, told)
    _be_told(world, api, path, shop)
    added = done(api, "POST", f"{path}/subscribers", {"channel": "email", "address": "ops@customer.example"}).json
    for what in ("subscribers", "subscribers/counts"):
        done(api, "GET", f"{path}/{what}")
    done(api, "DELETE", f"{path}/subscribers/{added['id']}")
    _hear(world, "end", told)
    world.database.advance(CONFIRM_WITHIN + timedelta(minutes=1))
    _sweep(world)
    done(api, "DELETE", path)


def _come(world: World, key: str, shop: UUID, told: bytes) -> None:
    """Somebody asks, confirms and chooses; others are asked again, or can't be reached."""

    def ask(token: bytes, address: bytes, channel: SubscriberChannel = "email") -> None:
        digest = address.ljust(32).hex()
        newcomer = Newcomer(
            page_key=key,
            channel=channel,
            sealed="sealed",
            shown="a…@x.example",
            address_digests=[digest],
            mailbox_digest=digest,
            source_digest=os.urandom(32).hex(),
        )
        _hear(world, "ask", token, newcomer=newcomer, choice=WishedChoice(component_ids=[shop]))

    for _ in range(2):
        ask(told, b"told")
    _hear(world, "confirm", told)
    _hear(world, "change", told, choice=WishedChoice(all_components=True))
    for again in (False, True):
        if again:
            world.database.advance(REST + timedelta(minutes=1))
        ask(os.urandom(32), b"late")
        ask(os.urandom(32), b"hook", "webhook")
    _tell(world, Result.DELIVERED)
    ask(os.urandom(32), b"gone", "webhook")
    _tell(world, Result.PERMANENT)


def _be_told(world: World, api: ApiHost, path: str, shop: UUID) -> None:
    """A report is told and sent; long after, what became of it is forgotten."""
    components = [{"component_id": str(shop), "status": "major_outage"}]
    done(api, "POST", f"{path}/reports", {"title": "Slow", "body": "We look.", "components": components})
    _sweep(world)
    _tell(world, Result.DELIVERED)
    told = """
        select m.id from mail m join subscriber s on s.id = m.subscriber_id
        where m.status_update_id is not null and m.org_id = %s and s.channel = 'webhook'
    """
    ((mail_id,),) = world.database.rows(told, world.org_id)
    back = {"org_id": world.org_id, "kind": "mail", "notification_id": mail_id, "at": world.now}
    outcome = OutcomeMessage.model_validate({**back, "result": Result.PERMANENT, "reason": "complained"})
    mailing.record(world.database.enter("worker"), [outcome])
    ended = "update mail set ended_at = ended_at - %s where status_update_id is not null and org_id = %s returning id"
    assert world.database.rows(ended, KEPT_FOR + timedelta(minutes=1), world.org_id)
    _sweep(world)


def _hear(world: World, action: str, token: bytes, **more: Any) -> None:
    wish = {"action": action, "wished_at": world.now, "token_hash": token.hex(), **more}
    subscriber_wishes.hear(world.database.enter("worker"), [SubscriberWish.model_validate(wish)])


def _sweep(world: World) -> None:
    assert sweeping.sweep(world.database.enter("worker"), lambda _: None, outside=OUTSIDE).failed == 0


def _tell(world: World, result: Result) -> None:
    """Let everything that waits have this outcome."""
    rows = world.database.rows("select id from mail where org_id = %s and state = 'queued'", world.org_id)
    outcomes = [
        OutcomeMessage(org_id=world.org_id, kind="mail", notification_id=row[0], result=result, at=world.now)
        for row in rows
    ]
    mailing.record(world.database.enter("worker"), outcomes)
