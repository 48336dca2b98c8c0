"""An acknowledge at the instant a step is due: no attempt may have been claimed after the acknowledge committed."""

import asyncio
import random
import time
from datetime import datetime
from typing import Final

from bench import rows
from bench.benchmark import Options, Outcome
from bench.fates import fates
from bench.host import Host, deployed
from bench.serial import WARM_UP, one_by_one
from local.postgres import PostgresServer

RACES: Final = 1_000
DELAY_SECONDS: Final = 14
RATE: Final = 125
EARLIEST, LATEST = -0.08, 0.08
"""The acknowledge is sent this many seconds about the instant of the step, at random."""
PATIENCE_SECONDS: Final = 60
COMMIT_ORDER: Final = """
create schema bench;
create table bench.commit_order (
    n bigint generated always as identity, what text not null, incident_id uuid not null, position integer
);
create function bench.note_answer() returns trigger language plpgsql security definer as $$
begin
    perform pg_advisory_xact_lock(4711);
    insert into bench.commit_order (what, incident_id) values ('answered', new.incident_id);
    return null;
end
$$;
create function bench.note_claim() returns trigger language plpgsql security definer as $$
begin
    perform pg_advisory_xact_lock(4711);
    insert into bench.commit_order (what, incident_id, position)
    select 'claimed', n.incident_id, n.position from public.notification n where n.id = new.notification_id;
    return null;
end
$$;
create constraint trigger note_answer after insert on public.timeline_entry deferrable initially deferred
for each row when (new.kind = 'acknowledged') execute function bench.note_answer();
create constraint trigger note_claim after insert on public.notification_attempt deferrable initially deferred
for each row execute function bench.note_claim();
"""
"""Numbers acknowledges and claims in the order of their commits: the lock is let go once the commit can be seen."""
ORDERS: Final = """
select i.id, min(a.n) as answered, min(c.n) as claimed, max(c.n) as last_claimed
from incident i
left join bench.commit_order a on a.incident_id = i.id and a.what = 'answered'
left join bench.commit_order c on c.incident_id = i.id and c.what = 'claimed' and c.position = 1
where i.title = any(%s) group by i.id
"""


async def run(postgres: PostgresServer, options: Options) -> Outcome:
    """Half of the acknowledges come as events, half through the API."""
    async with deployed(
        postgres, second_step_seconds=DELAY_SECONDS, profile=options.profile, prepare=COMMIT_ORDER
    ) as host:
        await one_by_one(host, WARM_UP)
        after, remarks = list[float](), list[str]()
        for _ in range(options.runs):
            titles = host.titles(RACES, "race")
            await _raced(host, titles)
            await host.settled(PATIENCE_SECONDS)
            found = host.rows(ORDERS, titles)
            both = [row for row in found if row[1] is not None and row[2] is not None]
            after.append(float(sum(row[3] > row[1] for row in both)))
            answered = sum(row[1] is not None for row in found)
            remarks.append(f"{len(found)} races, {answered} acknowledged, {len(both)} of them after the step's claim")
        return Outcome([rows.figure("race.after", after)], await fates(host), remarks=remarks)


async def _raced(host: Host, titles: list[str]) -> None:
    for title in titles:
        await asyncio.gather(host.send(title), asyncio.sleep(1 / RATE))
    await host.settled(PATIENCE_SECONDS)
    opened: dict[str, tuple[str, datetime]] = {
        title: (str(incident_id), at)
        for title, incident_id, at in host.rows(
            "select i.title, i.id, n.created_at from incident i join notification n on n.incident_id = i.id"
            " where n.position = 0 and i.title = any(%s)",
            titles,
        )
    }
    await asyncio.gather(
        *(_answer(host, title, *opened[title], by_event=bool(n % 2)) for n, title in enumerate(titles))
    )
    # the last steps are due within the spread
    await asyncio.sleep(LATEST + 1)


async def _answer(host: Host, title: str, incident_id: str, opened_at: datetime, *, by_event: bool) -> None:
    due = opened_at.timestamp() + DELAY_SECONDS
    await asyncio.sleep(max(0.0, due + random.uniform(EARLIEST, LATEST) - time.time()))  # noqa: S311 - no secret
    if by_event:
        await host.send(title, action="acknowledge")
        return
    headers = {"authorization": f"Bearer {host.world.api_key}", "content-type": "application/json"}
    await host.app.request("POST", f"/v1/incidents/{incident_id}/acknowledge", b"", headers)
