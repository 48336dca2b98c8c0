"""ingest → verdict: what subscribers of status pages wish. No address is in it that anybody but `notify` could read."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from tocsin.contracts.message import Instant, Message
from tocsin.domain.status_page import ReportKind
from tocsin.domain.subscriber import MOST_COMPONENTS, SubscriberChannel

type HexDigest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class WishedChoice(Message):
    """What to be told of. None leaves a part as it is, or for somebody new takes all; `all_components` takes the choice
    of components back.
    """

    kinds: list[ReportKind] | None = Field(default=None, max_length=2)
    component_ids: list[UUID] | None = Field(default=None, max_length=MOST_COMPONENTS)
    all_components: bool = False


class Newcomer(Message):
    """Who asks to be told, as far as inside functions may know: `sealed` is the JWE of address, token and secret.

    Digests are MACs of the canonical address by each of the deployment's keys, the current one's first; of its mailbox
    and of where the request came from by the current one.
    """

    page_key: str
    channel: SubscriberChannel
    sealed: str
    shown: str = Field(max_length=300)
    address_digests: list[HexDigest] = Field(min_length=1)
    mailbox_digest: HexDigest
    source_digest: HexDigest


class SubscriberWish(Message):
    """One wish. Of `ask`, `token_hash` is the hex SHA-256 of the newcomer's token; of the others, of whose it is."""

    action: Literal["ask", "confirm", "change", "end"]
    wished_at: Instant
    token_hash: HexDigest
    choice: WishedChoice = WishedChoice()
    newcomer: Newcomer | None = None
