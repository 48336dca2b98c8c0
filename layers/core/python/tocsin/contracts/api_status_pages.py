"""The public API's models of status pages: pages, their looks, groups and components, and what the public is told."""

from typing import Annotated, Final, Literal
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, Field, StrictBool, StringConstraints

from tocsin.contracts.api import Answer, HttpUrl, Input
from tocsin.contracts.message import GivenInstant, Instant
from tocsin.contracts.public_text import PublicDescription, PublicName
from tocsin.domain import page_slug
from tocsin.domain.component_status import Because
from tocsin.domain.status_page import Automatic, ComponentStatus, Impact, Visibility

SOURCES: Final = 50
COMPONENTS: Final = 500
GROUPS: Final = 100


def _slug(text: str) -> str:
    found = page_slug.problem(text)
    if found is not None:
        raise ValueError(found)
    return text


def _without_credentials(url: str) -> str:
    if "@" in urlsplit(url).netloc:
        raise ValueError("must not hold a name or a password: everybody will read it")
    return url


PublicUrl = Annotated[HttpUrl, AfterValidator(_without_credentials)]
Slug = Annotated[
    str,
    AfterValidator(_slug),
    Field(description="What the page's address ends with: 3 to 63 of a-z, 0-9 and -.", examples=["acme"]),
]
Colour = Annotated[
    str,
    StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$", to_lower=True),
    Field(description="A colour as #rrggbb that can be read on the page's grounds: a contrast of 4.5 or more."),
]
Zone = Annotated[
    str, Field(max_length=64, description="A zone by its IANA name, like Asia/Kolkata: its days are told.")
]
Channel = Literal["email", "webhook", "slack"]
Variant = Literal["light", "dark"]
Sources = Annotated[list[UUID], Field(max_length=SOURCES)]


# ── pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


class StatusPageInput(Input):
    """A whole page. While it is `private` nothing of it is published. `automatic`: what monitors and incidents do to it
    by themselves: nothing, suggest reports, or set statuses and publish reports.
    """

    slug: Slug
    name: PublicName
    description: PublicDescription = ""
    time_zone: Zone = "UTC"
    visibility: Visibility = Visibility.PRIVATE
    automatic: Automatic = Automatic.SUGGEST
    home_url: PublicUrl | None = None
    support_url: PublicUrl | None = None
    is_indexed: Annotated[StrictBool, Field(description="Whether search engines may list it.")] = True
    accent: Colour | None = None
    accent_dark: Colour | None = None
    subscribe_channels: Annotated[list[Channel], Field(max_length=3)] = Field(default_factory=lambda: ["email"])


class Logo(Answer):
    """A picture that a page shows on light or on dark grounds; sides in pixels."""

    variant: Variant
    content_type: str
    width: int
    height: int
    bytes: int
    sha256: str
    alt: str
    created_at: Instant


class StatusPage(Answer):
    """A page; send its version as If-Match to change it."""

    id: UUID
    slug: str
    name: str
    description: str
    time_zone: str
    visibility: Visibility
    automatic: Automatic
    home_url: str | None
    support_url: str | None
    is_indexed: bool
    accent: str | None
    accent_dark: str | None
    subscribe_channels: list[Channel]
    logos: list[Logo]
    components: int
    version: int
    created_at: Instant
    created_by: str
    updated_at: Instant


class PlacedPage(StatusPage):
    """A page and where the public finds it while it is public; null where this deployment serves no pages."""

    url: str | None


class StatusPages(Answer):
    """All pages of the organization, by name."""

    items: list[PlacedPage]


# ── groups and components ─────────────────────────────────────────────────────────────────────────────────────────────


class ComponentGroupInput(Input):
    """A group; components say which they are in. New ones come last."""

    name: PublicName
    description: PublicDescription = ""
    is_collapsed: Annotated[StrictBool, Field(description="Whether it is shown closed while all is well.")] = False


class ComponentGroup(Answer):
    """Components that are shown together; send its version as If-Match to change it."""

    id: UUID
    name: str
    description: str
    position: int
    is_collapsed: bool
    components: int
    version: int
    created_at: Instant
    updated_at: Instant


class ComponentGroups(Answer):
    """All groups of a page, in their order."""

    items: list[ComponentGroup]


class ComponentInput(Input):
    """A component. Its status comes from these monitors and services; with neither it is kept by hand."""

    name: PublicName
    description: PublicDescription = ""
    group_id: UUID | None = None
    monitor_ids: Sources = Field(default_factory=list[UUID])
    service_ids: Sources = Field(default_factory=list[UUID])
    shows_uptime: StrictBool = True
    shows_latency: StrictBool = False
    only_if_degraded: Annotated[
        StrictBool, Field(description="Whether it is shown only while it is not operational.")
    ] = False


class OverrideInput(Input):
    """What a component is, whatever monitors and reports say: until then, or until it is taken back."""

    status: ComponentStatus
    until: GivenInstant | None = None


class Override(Answer):
    """Somebody's word of what a component is. Once `until` has passed it holds no more."""

    status: ComponentStatus
    until: Instant | None
    by: str


class Component(Answer):
    """A part of what is offered, as the public knows it; send its version as If-Match to change it."""

    id: UUID
    group_id: UUID | None
    name: str
    description: str
    position: int
    monitor_ids: list[UUID]
    service_ids: list[UUID]
    shows_uptime: bool
    shows_latency: bool
    only_if_degraded: bool
    override: Override | None
    version: int
    created_at: Instant
    updated_at: Instant


class Components(Answer):
    """All components of a page, in the order they are shown in."""

    items: list[Component]


class OrderItem(Input):
    """A component that is in no group, or a group with its components, in the order they are shown in."""

    component_id: UUID | None = None
    group_id: UUID | None = None
    component_ids: Annotated[list[UUID], Field(max_length=COMPONENTS)] = Field(default_factory=list[UUID])


class OrderInput(Input):
    """All groups and components of a page, each once, in the order they are to be shown in."""

    items: Annotated[list[OrderItem], Field(max_length=COMPONENTS + GROUPS)]


# ── what the public is told ───────────────────────────────────────────────────────────────────────────────────────────


class ComponentTold(Answer):
    """What the public is told that a component is: since when and, for members alone, why. `by` is the monitor, service
    or report it comes from. `is_stale`: its checks are not heard of, and it is what was known last.
    """

    id: UUID
    name: str
    group_id: UUID | None
    status: ComponentStatus
    since: Instant
    because: Because
    by: UUID | None
    is_stale: bool
    is_shown: bool


class GroupTold(Answer):
    """What a group is: the worst of its components."""

    id: UUID
    name: str
    status: ComponentStatus


class PageTold(Answer):
    """What the public is told now, or would be told: if the page were public, or did more or less by itself."""

    id: UUID
    slug: str
    visibility: Visibility
    automatic: Automatic
    as_of: Instant
    indicator: Impact
    groups: list[GroupTold]
    components: list[ComponentTold]
