"""What clients say over a socket."""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from tocsin.contracts.api import storable

MOST_BYTES: Final = 4_096
MOST_TOPICS: Final = 20


class Subscribe(BaseModel):
    """Be told of these topics, in the place of those before."""

    model_config = ConfigDict(frozen=True)

    action: Literal["subscribe"]
    topics: Annotated[
        list[Annotated[str, Field(max_length=50), AfterValidator(storable)]], Field(max_length=MOST_TOPICS)
    ]


class Ping(BaseModel):
    """Still there."""

    model_config = ConfigDict(frozen=True)

    action: Literal["ping"]


Frame: Final[TypeAdapter[Subscribe | Ping]] = TypeAdapter(Annotated[Subscribe | Ping, Field(discriminator="action")])
