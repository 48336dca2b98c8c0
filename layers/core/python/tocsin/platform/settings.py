"""A function's settings: one frozen class each, read once from the environment."""

import os
from functools import cache

from pydantic import BaseModel, ConfigDict, ValidationError


class Settings(BaseModel):
    """Fields are read from environment variables of the same name in capitals."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class BadSettings(RuntimeError):
    """The environment lacks a setting, or one is malformed; the deployment is wrong."""


@cache
def load[S: Settings](cls: type[S]) -> S:
    """Read and check a function's settings; the answer is kept for the life of the process."""
    values = {name: os.environ[name.upper()] for name in cls.model_fields if name.upper() in os.environ}
    try:
        return cls.model_validate(values)
    except ValidationError as error:
        names = ", ".join(str(e["loc"][0]).upper() for e in error.errors())
        msg = f"{cls.__qualname__}: missing or malformed: {names}"
        raise BadSettings(msg) from error
