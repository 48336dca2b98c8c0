"""The public API's models of subscribers: who outside is told what a status page says."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from tocsin.contracts.api import Answer, Input
from tocsin.contracts.message import Instant
from tocsin.domain.status_page import ReportKind
from tocsin.domain.subscriber import MOST_COMPONENTS, SubscriberChannel, SubscriberState

Kinds = Annotated[list[ReportKind], Field(min_length=1, max_length=2)]


class SubscriberInput(Input):
    """Somebody to ask. They are told nothing until they confirm: by the link in a mail, or by a webhook that answers
    2xx. Without `component_ids` it is of all components, also of later ones.
    """

    channel: SubscriberChannel
    address: Annotated[str, Field(min_length=1, max_length=2_048, description="An e-mail address, or a URL.")]
    kinds: Kinds = Field(default_factory=lambda: list(ReportKind))
    component_ids: Annotated[list[UUID] | None, Field(min_length=1, max_length=MOST_COMPONENTS)] = None


class Subscriber(Answer):
    """A subscriber. Of the address nobody can read more than `shown`. `failures` are messages in a row that could not
    be delivered, `detail` why the last could not; `component_ids` of null are all. Of pending ones, what they ask for.
    """

    id: UUID
    channel: SubscriberChannel
    shown: str
    state: SubscriberState
    kinds: list[ReportKind]
    component_ids: list[UUID] | None
    failures: int
    detail: str | None
    asked_at: Instant
    confirmed_at: Instant | None
    ended_at: Instant | None


class SubscriberPage(Answer):
    """A page of subscribers, in the order in which they first asked."""

    items: list[Subscriber]
    next_cursor: str | None


class SubscriberCount(Answer):
    """How many subscribers have a channel and a state."""

    channel: SubscriberChannel
    state: SubscriberState
    subscribers: int


class SubscriberCounts(Answer):
    """How many subscribers a page has, by channel and state; what there are none of is left out."""

    items: list[SubscriberCount]
