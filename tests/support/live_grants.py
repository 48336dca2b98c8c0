"""The work of telling those who watch, done by hand in a workshop: whoever changes something, `live` and `push`."""

import asyncio
from dataclasses import dataclass

import aiohttp

from tests.support.grants import Workshop
from tests.support.probe_grants import Probes
from tocsin.platform.tokens import digest

NOBODY = "L0granted="
"""A connection that only the database knows, and that wants to hear of incidents."""
WATCHED = """
with org as (select org_id from api_key where key_hash = %s),
known as (
    insert into live_organization (org_id, sequence, pushed_through, forgotten_through, noted_until, pushed_at)
    select org_id, 1, 1, 1, now() + interval '1 hour', case when %s then now() end from org
    on conflict on constraint live_organization_pkey do update set
        noted_until = excluded.noted_until, pushed_at = excluded.pushed_at, waiting_since = null
)
insert into live_connection (id, org_id, allowed, topics, last_seen_at, expires_at)
select %s, org_id, '{incidents}', '{incidents}', now(), now() + interval '1 hour' from org
on conflict on constraint live_connection_pkey do update set closing = null, told_at = null
returning org_id::text
"""


@dataclass(slots=True)
class LiveWork:
    """The seed's organization, watched: what is told goes out at once, or where it `waits`, in a second."""

    workshop: Workshop
    waits: bool = False

    def process(self) -> None:
        """An incident opens."""
        self._watch()
        self.workshop.open_incident()

    def verdict(self) -> None:
        """A monitor goes down."""
        self._watch()
        Probes(self.workshop).go_down()

    def escalate(self) -> None:
        """A step is taken."""
        incident = self.workshop.open_incident()
        self.workshop.stack.rows("update escalation set next_at = now() where incident_id = %s returning id", incident)
        self._watch()
        self.workshop.consume("escalate", self.workshop.wake_up(incident))

    def record(self) -> None:
        """A page has failed."""
        outcomes = self.workshop.failed_outcomes()
        self._watch()
        self.workshop.consume("record", *outcomes)

    def sweep(self) -> None:
        """A step was not taken in time."""
        past = "update escalation set next_at = now() - interval '1 minute' where incident_id = %s returning id"
        self.workshop.stack.rows(past, self.workshop.open_incident())
        self._watch()
        self.workshop.sweep()

    def api(self) -> None:
        """Somebody writes a note."""
        incident = self.workshop.open_incident()
        self._watch()
        self.workshop.stack.rest("POST", f"/v1/incidents/{incident}/notes", {"text": "looking"})

    def live(self) -> None:
        """What was kept is told."""
        org_id = LiveWork(self.workshop, waits=True)._watch()
        self.workshop.open_incident()
        self.workshop.consume("live", {"kind": "hint", "org_id": org_id})

    def push(self) -> None:
        """A frame to somebody who is gone."""
        self.workshop.consume("push", {"connection_ids": [NOBODY], "frame": "{}"})

    def close(self) -> None:
        """A socket that is there is closed."""
        asyncio.run(self._close())

    async def _close(self) -> None:
        rows = self.workshop.stack.rows
        known = {row[0] for row in rows("select id from live_connection")}
        ticket = self.workshop.stack.rest("POST", "/v1/live/tickets").json
        async with aiohttp.ClientSession() as session, session.ws_connect(ticket["url"]) as socket:
            await socket.send_json({"action": "ping"})
            await socket.receive_json(timeout=30)
            (made,) = {row[0] for row in rows("select id from live_connection")} - known
            about = {"connection_ids": [made], "frame": "{}", "closes": True}
            await asyncio.to_thread(self.workshop.consume, "push", about)

    def _watch(self) -> str:
        """Somebody watches, and was told something just now or never; answers the organization."""
        key_hash = digest(self.workshop.stack.seed.api_key)
        return self.workshop.stack.rows(WATCHED, key_hash, self.waits, NOBODY)[0][0]
