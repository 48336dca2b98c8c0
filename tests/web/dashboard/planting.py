"""What a deployment and its public leave beside the demo, which has none of it: regions, a location, subscribers,
destinations.
"""

from typing import Final

from tests.support.postgres import TestDatabase
from tocsin.domain.demo import ORGANIZATION_ID, id_of
from tocsin.domain.demo_monitors import REGIONS

SHARDS: Final = """
with report as (
    insert into shard_report (region, shard, starts_at, ends_at, due, done, missed, lateness_ms_p99, received_at)
    select region, 0, now() - interval '80 s', now() - interval '20 s', 9, 9, 0, 9 + 4 * n, now() - interval '19 s'
    from unnest(%s::text[]) with ordinality r (region, n) returning region, received_at
)
insert into check_region (region, status, since, last_report_at)
select region, 'seeing', received_at - interval '90 days', received_at from report returning region
"""
LOCATION: Final = """
with place as (
    insert into private_location (org_id, name, created_at, created_by)
    values (%s, 'Warehouse', now() - interval '9 days', 'system:test') returning org_id, id
)
insert into probe (org_id, private_location_id, name, created_at, created_by, enrolled_at)
select org_id, id, 'rack-1', now() - interval '9 days', 'system:test', now() - interval '9 days' from place
returning id
"""
CHANNELS: Final = "update status_page set subscribe_channels = '{email,webhook}' where id = %s returning id"
SUBSCRIBERS: Final = """
insert into subscriber (
    org_id, status_page_id, channel, address_digest, mailbox_digest, sealed, shown, token_hash,
    state, detail, kinds, asked_at, confirmed_at, ended_at
)
select %s, %s, w.channel, sha256(w.shown::bytea), sha256(w.shown::bytea), 'sealed', w.shown,
    sha256(('token ' || w.shown)::bytea),
    w.state, w.detail, w.kinds, now() - w.ago, case w.state when 'pending' then null else now() - w.ago end,
    case w.state when 'failed' then now() - interval '2 days' end
from (values
    ('email', 'o…@example.com', 'active', null, '{incident,maintenance}'::text[], interval '61 days'),
    ('webhook', 'hooks.example.com', 'active', null, '{incident,maintenance}', interval '44 days'),
    ('email', 's…@example.org', 'active', null, '{incident}', interval '23 days'),
    ('email', 'n…@example.net', 'failed', 'bounced', '{incident,maintenance}', interval '12 days'),
    ('email', 'm…@example.com', 'pending', null, '{incident,maintenance}', interval '3 hours')
) w (channel, shown, state, detail, kinds, ago)
returning id
"""
DESTINATIONS: Final = """
insert into destination (org_id, team_id, channel, name, sealed, created_at, disabled_at, disabled_reason)
select %s, case w.name when '#payments-incidents' then %s::uuid end, w.channel, w.name, 'sealed', now() - w.ago,
    case when w.why is not null then now() - interval '5 days' end, w.why
from (values
    ('slack', '#payments-incidents', interval '58 days', null),
    ('webhook', 'Ticket system', interval '41 days', null),
    ('slack', '#old-operations', interval '61 days', 'http_410: no_service')
) w (channel, name, ago, why)
returning id
"""


def regions(database: TestDatabase) -> None:
    """Let the regions of the demo's monitors have reported just now: they are the deployment's."""
    database.rows(SHARDS, list(REGIONS))


def location(database: TestDatabase) -> None:
    """Let the organization have a private location, with a probe that was let in."""
    database.rows(LOCATION, ORGANIZATION_ID)


def subscribers(database: TestDatabase) -> None:
    """Let some people be told what the page says; the demo itself takes no subscribers."""
    page = id_of("status page")
    database.rows(CHANNELS, page)
    database.rows(SUBSCRIBERS, ORGANIZATION_ID, page)


def destinations(database: TestDatabase) -> None:
    """Let there be channels and a webhook that steps could page; the demo pages people alone."""
    database.rows(DESTINATIONS, ORGANIZATION_ID, id_of("team", "Payments"))
