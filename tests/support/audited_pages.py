"""Changes of status pages, each with the entry it must leave; rows of test_api_audited.py."""

import struct
import zlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import uuid4

from tests.support.api_host import ApiHost
from tests.support.audited import Change, Names

PAGES: Final = "/v1/status-pages"
SUBSCRIBER: Final = {"channel": "email", "address": "ops@customer.example"}


def png(width: int = 2, height: int = 1, *extra: tuple[bytes, bytes]) -> bytes:
    """A black picture, with more chunks before its own."""
    row = b"\x00" + b"\x00\x00\x00" * width
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        *extra,
        (b"IDAT", zlib.compress(row * height)),
        (b"IEND", b""),
    ]
    body = b"".join(struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


def page(api: ApiHost) -> Names:
    slugs = {"slug": f"one-{uuid4().hex[:12]}", "other_slug": f"two-{uuid4().hex[:12]}"}
    made = api.call("POST", PAGES, {"slug": slugs["slug"], "name": "one"}).json
    return {"page_id": made["id"], "variant": "light", **slugs}


def free_slug(_: ApiHost) -> Names:
    return {"slug": f"one-{uuid4().hex[:12]}"}


def logo(api: ApiHost) -> Names:
    names = page(api)
    assert api.call("PUT", f"{PAGES}/{names['page_id']}/logos/light", png()).status == 200
    return names


def group(api: ApiHost) -> Names:
    names = page(api)
    made = api.call("POST", f"{PAGES}/{names['page_id']}/component-groups", {"name": "one"}).json
    return {**names, "component_group_id": made["id"]}


def component(api: ApiHost) -> Names:
    names = page(api)
    made = api.call("POST", f"{PAGES}/{names['page_id']}/components", {"name": "one"}).json
    return {**names, "component_id": made["id"], "soon": (api.world.now + timedelta(hours=1)).isoformat()}


def overridden(api: ApiHost) -> Names:
    names = component(api)
    path = f"{PAGES}/{names['page_id']}/components/{names['component_id']}/override"
    assert api.call("PUT", path, {"status": "major_outage"}).status == 200
    return names


def subscriber(api: ApiHost) -> Names:
    names = page(api)
    made = api.call("POST", f"{PAGES}/{names['page_id']}/subscribers", SUBSCRIBER).json
    return {**names, "subscriber_id": made["id"]}


PAGE_CHANGES: Final[Mapping[str, Change]] = {
    "createStatusPage": Change("status_page.created", {"slug": "{slug}", "name": "one"}, free_slug),
    "updateStatusPage": Change("status_page.updated", {"slug": "{other_slug}", "name": "two"}, page),
    "deleteStatusPage": Change("status_page.deleted", None, page),
    "orderStatusPage": Change("status_page.ordered", {"items": [{"component_id": "{component_id}"}]}, component),
    "putStatusPageLogo": Change("status_page.logo_written", png(), page),
    "deleteStatusPageLogo": Change("status_page.logo_deleted", None, logo),
    "createComponentGroup": Change("component_group.created", {"name": "two"}, page),
    "updateComponentGroup": Change("component_group.updated", {"name": "two"}, group),
    "deleteComponentGroup": Change("component_group.deleted", None, group),
    "createComponent": Change("component.created", {"name": "two"}, page),
    "updateComponent": Change("component.updated", {"name": "two"}, component),
    "deleteComponent": Change("component.deleted", None, component),
    "overrideComponent": Change("component.overridden", {"status": "operational", "until": "{soon}"}, component),
    "addSubscriber": Change("subscriber.asked", SUBSCRIBER, page),
    "deleteSubscriber": Change("subscriber.deleted", None, subscriber),
    "endComponentOverride": Change("component.override_ended", None, overridden),
}
