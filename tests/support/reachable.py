"""Everything that can be asked of how somebody is paged, once: for tests of what is sent to the database."""

from datetime import timedelta
from typing import Any

from tests.support.api_host import ApiHost
from tests.support.signed_in import codes
from tests.support.world import World
from tocsin.contracts.delivery import OutcomeMessage, Result
from tocsin_data.db import Database
from tocsin_data.services import mailing, recording


def be_reachable(world: World, worker: Database, api: ApiHost) -> None:
    """Add, prove, try, rule and remove contact methods, and arm what is held back."""
    user = f"/v1/users/{world.alice.user_id}"

    def do(method: str, path: str, body: Any = None, version: int = 1) -> Any:
        answer = api.call(method, f"{user}{path}", body, headers={"if-match": f'"{version}"'})
        assert answer.status < 300, answer.text
        return answer.json

    api.sent("mails")
    mail = do("POST", "/contact-methods", {"channel": "email", "address": "alice@home.example"})["id"]
    hook = do("POST", "/contact-methods", {"channel": "webhook", "url": "https://hooks.example/x"})["id"]
    do("GET", "/contact-methods")
    do("POST", f"/contact-methods/{mail}/verify")
    (code,) = codes(api)
    wrong = {"code": f"{(int(code) + 1) % 1_000_000:06}"}
    assert api.call("POST", f"{user}/contact-methods/{mail}/confirm", wrong).status == 422
    do("POST", f"/contact-methods/{mail}/confirm", {"code": code})
    tried = do("POST", f"/contact-methods/{hook}/tests")["id"]
    taken = OutcomeMessage(
        org_id=world.org_id, kind="mail", notification_id=tried, result=Result.DELIVERED, at=world.now
    )
    assert mailing.record(worker, [taken]) == 1
    assert do("GET", f"/contact-methods/{hook}/tests/{tried}")["state"] == "sent"
    wanted = [{"contact_method_id": method, "delay_seconds": 60} for method in (mail, hook)]
    do("PUT", "/notification-rules/high", {"rules": wanted})
    do("GET", "/notification-rules")
    do("POST", f"/contact-methods/{mail}/disable")
    do("DELETE", f"/contact-methods/{hook}")
    do("DELETE", "/notification-rules/high", version=3)
    held = world.database.rows("select org_id, id from notification limit 1")
    recording.arm(worker, held, world.now + timedelta(minutes=15))
