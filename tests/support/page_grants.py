"""The work of status pages, done by hand in a workshop: written, taken off, carried to their replica, subscribed to."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from functions.publish.page_requests import PageSettings
from local.machine import REGIONS
from local.seed_page import SLUG
from tests.support.grants import Workshop
from tests.support.probe_grants import Probes
from tests.support.stack import http

AWAY = REGIONS[1]


@dataclass(slots=True)
class PageWork:
    """What publish and mirror do with pages, and those who ask for it."""

    workshop: Workshop

    def publish(self) -> None:
        """Write the seed's page, as if its manifest had never been written."""
        self._store().delete_object(Bucket=self.home(), Key=f"manifests/{SLUG}/page.json")
        self._ask()

    def take_off(self) -> None:
        """Make a page, have it written, and have its folder emptied once it is private."""
        page = self._made()
        self._ask()
        self.workshop.stack.rest("DELETE", f"/v1/status-pages/{page}")
        self._ask()

    def publish_in_no_time(self) -> None:
        """Have all pages written, the demo's among them, by a function that has time for one."""
        self.workshop.renew("publish", PAGES_SECONDS="0")
        self.workshop.consume("publish", {"document": "pages"})
        self.workshop.renew("publish", PAGES_SECONDS=str(PageSettings.model_fields["pages_seconds"].default))

    def break_what_is_shown(self) -> None:
        """Bring the result that makes a monitor down of which a page tells."""
        page = self._made()

        def show(monitor: str) -> None:
            told = {"name": "Granted", "monitor_ids": [monitor]}
            shown = self.workshop.stack.rest("POST", f"/v1/status-pages/{page}/components", told)
            assert shown.status == 201, shown.body

        Probes(self.workshop).go_down(show)
        self.workshop.stack.rest("DELETE", f"/v1/status-pages/{page}")

    def subscribe(self) -> None:
        """Ask by the page's form to be told by mail."""
        ((key,),) = self.workshop.stack.rows("select subscribe_key from status_page where slug = %s", SLUG)
        asked = {"channel": "email", "address": f"{uuid4().hex}@customer.example"}
        http("POST", f"{self.workshop.stack.api.ingest_url}/s/{key}/subscribe", asked)

    def hear_a_wish(self) -> None:
        """Give verdict what somebody has asked for by the form."""
        self.subscribe()
        message = self.workshop.received("results", lambda body: body["kind"] == "wishes")
        self.workshop.call("verdict", {"Records": [message]})

    def carry(self, key: str = "pages/granted/index.html") -> None:
        """Carry an object that is newer at home than in the replica."""
        self._put(self.home(), key, 2)
        self._put(self.away(), key, 1, AWAY)
        self.tell(key)

    def carry_a_deletion(self, key: str = "pages/granted/index.html") -> None:
        """Carry that an object is gone."""
        self._store().delete_object(Bucket=self.home(), Key=key)
        self._put(self.away(), key, 1, AWAY)
        self.tell(key)

    def tell(self, key: str) -> None:
        """Tell mirror of an object."""
        self.workshop.consume("mirror", {"detail": {"object": {"key": key}}})

    def home(self) -> str:
        """The bucket at home."""
        return self._bucket("foundation-pages")

    def away(self) -> str:
        """The replica."""
        return self._bucket("tocsin-local-pages-")

    def _made(self) -> str:
        """A public page of its own; its id."""
        slug = f"granted-{uuid4().hex[:8]}"
        page = {"name": "Granted", "slug": slug, "time_zone": "UTC", "visibility": "public", "automatic": "off"}
        made = self.workshop.stack.rest("POST", "/v1/status-pages", page)
        assert made.status == 201, made.body
        return made.json["id"]

    def _ask(self) -> None:
        org_id = self.workshop.stack.rows("select org_id::text from status_page where slug = %s", SLUG)[0][0]
        self.workshop.consume("publish", {"document": "pages", "org_id": org_id})

    def _put(self, bucket: str, key: str, number: int, region: str | None = None) -> None:
        numbered = {"tocsin-number": str(number)}
        self._store(region).put_object(Bucket=bucket, Key=key, Body=b"granted", Metadata=numbered)

    def _store(self, region: str | None = None) -> Any:
        return self.workshop.client("s3", *([region] if region else []))

    def _bucket(self, part: str) -> str:
        return next(one["Name"] for one in self._store().list_buckets()["Buckets"] if part in one["Name"])
