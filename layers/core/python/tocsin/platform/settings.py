"""A function's settings: one frozen class each, read from the environment."""

import os

from pydantic import BaseModel, ConfigDict, ValidationError


class Settings(BaseModel):
    """Fields are read from environment variables of the same name in capitals."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class BadSettings(RuntimeError):
    """The environment lacks a setting, or one is malformed; the deployment is wrong."""


def load[S: Settings](cls: type[S]) -> S:
    """Read and check a function's settings; some microseconds, so callers need not keep the answer."""
    values = {name: os.environ[name.upper()] for name in cls.model_fields if name.upper() in os.environ}
    try:
        return cls.model_validate(values)
    except ValidationError as error:
        names = ", ".join(str(e["loc"][0]).upper() for e in error.errors())
        msg = f"{cls.__qualname__}: missing or malformed: {names}"
        raise BadSettings(msg) from error
