"""Status pages: made, changed, shown and hidden, deleted; and the pictures on them."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from math import floor
from typing import Final
from uuid import UUID

from tocsin.contracts.api_status_pages import StatusPage, StatusPageInput, Variant
from tocsin.domain import contrast, page_slug, picture
from tocsin.domain.event_rule_check import is_zone
from tocsin.domain.subscriber import KEPT_FOR
from tocsin.errors import Conflict, Duplicate, FieldProblem, Invalid, NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin.platform.tokens import MacKeys, Purpose, issue
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import status_pages, subscribers
from tocsin_data.sql.status_pages import Row

SUBJECT: Final = "status_page"
MOST: Final = 20
TAKEN: Final = "This slug is taken; choose another."


def create_page(db: Database, org_id: UUID, actor: Actor, data: StatusPageInput, *, mac_keys: MacKeys) -> StatusPage:
    """Create a page; raises Invalid with every problem, Duplicate for its slug, Conflict at the limit."""
    with db.one(org_id) as tx:
        made = create(tx, actor, data)
        subscribers.set_page_key(tx, made.id, issue(Purpose.PAGE, mac_keys))
        return made


def list_pages(db: Database, org_id: UUID) -> Sequence[StatusPage]:
    """All pages, by name."""
    with db.one(org_id) as tx:
        return status_pages.read(tx)


def get_page(db: Database, org_id: UUID, page_id: UUID) -> StatusPage:
    """Read a page; raises NotFound."""
    with db.one(org_id) as tx:
        return found(tx, page_id)


def update_page(
    db: Database, org_id: UUID, actor: Actor, page_id: UUID, data: StatusPageInput, *, version: int
) -> StatusPage:
    """Change the version the caller read; raises NotFound, StaleVersion, Invalid or Duplicate."""
    with db.one(org_id) as tx:
        before = hold(tx, page_id, version)
        _check(data)
        if data.slug != before.slug:
            _demand_free(tx, data.slug)
        row = _row(page_id, data)
        if row == _as_row(before):
            return before
        status_pages.update(tx, row)
        after = found(tx, page_id)
        audit(tx, actor, "status_page.updated", (SUBJECT, page_id), before=before, after=after)
        return after


def delete_page(db: Database, org_id: UUID, actor: Actor, page_id: UUID) -> None:
    """Take a page out of use with all that is on it, and its subscribers; raises NotFound."""
    with db.one(org_id) as tx:
        before = hold(tx, page_id)
        status_pages.delete(tx, page_id)
        subscribers.end_all(tx, page_id, tx.now + KEPT_FOR)
        audit(tx, actor, "status_page.deleted", (SUBJECT, page_id), before=before)


def put_logo(
    db: Database, org_id: UUID, actor: Actor, page_id: UUID, variant: Variant, content: bytes, alt: str
) -> StatusPage:
    """Write the picture of a page for light or for dark grounds, without its metadata; raises NotFound or Invalid."""
    with db.one(org_id) as tx:
        before = hold(tx, page_id)
        try:
            shown = picture.read(content)
        except picture.NoPicture as error:
            raise Invalid("The picture can't be used.", [FieldProblem("body", str(error))]) from error
        parts = (shown.content_type, shown.width, shown.height, shown.content)
        status_pages.put_logo(tx, page_id, variant, parts, sha256(shown.content).hexdigest(), alt)
        return _touched(tx, actor, before, "logo_written")


def delete_logo(db: Database, org_id: UUID, actor: Actor, page_id: UUID, variant: Variant) -> StatusPage:
    """Take a picture away; raises NotFound."""
    with db.one(org_id) as tx:
        before = hold(tx, page_id)
        if not status_pages.delete_logo(tx, page_id, variant):
            raise NotFound(f"The page has no logo for {variant} grounds.")
        return _touched(tx, actor, before, "logo_deleted")


def create(tx: Tx, actor: Actor, data: StatusPageInput) -> StatusPage:
    """Create a page; as `create_page` raises."""
    _check(data)
    if status_pages.count(tx) >= MOST:
        raise Conflict(f"The organization has {MOST} status pages, as many as it may; delete one first.")
    _demand_free(tx, data.slug)
    row = _row(new_id(), data)
    status_pages.insert(tx, row, str(actor))
    made = found(tx, row.id)
    audit(tx, actor, "status_page.created", (SUBJECT, row.id), after=made)
    return made


def hold(tx: Tx, page_id: UUID, version: int | None = None) -> StatusPage:
    """Hold a page until the transaction ends, in the version somebody read; raises NotFound or StaleVersion."""
    current = status_pages.lock(tx, page_id)
    if current is None:
        raise _missing(page_id)
    if version is not None and current != version:
        raise StaleVersion(f"The page is at version {current} by now; you have changed version {version}.")
    return found(tx, page_id)


def found(tx: Tx, page_id: UUID) -> StatusPage:
    """Read a page; raises NotFound."""
    rows = status_pages.read(tx, page_id)
    if not rows:
        raise _missing(page_id)
    return rows[0]


def _touched(tx: Tx, actor: Actor, before: StatusPage, word: str) -> StatusPage:
    status_pages.touch(tx, before.id)
    after = found(tx, before.id)
    audit(tx, actor, f"status_page.{word}", (SUBJECT, before.id), before=before, after=after)
    return after


def _check(data: StatusPageInput) -> None:
    problems = list(_problems(data))
    if problems:
        raise Invalid("The page can't be like this.", problems)


def _problems(data: StatusPageInput) -> Iterator[FieldProblem]:
    if not is_zone(data.time_zone):
        yield FieldProblem("time_zone", "must be an IANA time zone, like Asia/Kolkata")
    for field, colour, kind, grounds in (
        ("accent", data.accent, "light", contrast.LIGHT_GROUNDS),
        ("accent_dark", data.accent_dark, "dark", contrast.DARK_GROUNDS),
    ):
        if colour is not None and not contrast.is_readable(colour, grounds):
            ratio = floor(contrast.least_contrast(colour, grounds) * 100) / 100
            yield FieldProblem(
                field,
                f"has a contrast of {ratio:.2f} on the page's {kind} grounds, and text needs {contrast.READABLE};"
                f" the nearest colour that would do is {contrast.nearest(colour, grounds)}",
            )


def _demand_free(tx: Tx, slug: str) -> None:
    """Slugs that are in use the database itself refuses; these were until lately."""
    if status_pages.is_slug_kept(tx, slug, tx.now - page_slug.KEPT_FOR):
        raise Duplicate(TAKEN)


def _row(page_id: UUID, data: StatusPageInput) -> Row:
    return Row(
        id=page_id,
        slug=data.slug,
        name=data.name,
        description=data.description,
        time_zone=data.time_zone,
        visibility=data.visibility,
        automatic=data.automatic,
        home_url=data.home_url,
        support_url=data.support_url,
        is_indexed=data.is_indexed,
        accent=data.accent,
        accent_dark=data.accent_dark,
        subscribe_channels=list(dict.fromkeys(data.subscribe_channels)),
    )


def _as_row(page: StatusPage) -> Row:
    return _row(page.id, StatusPageInput.model_construct(**page.model_dump(include=set(StatusPageInput.model_fields))))


def _missing(page_id: UUID) -> NotFound:
    return NotFound(f"There is no status page {page_id} in this organization.")
