"""New ids: UUIDs of version 7 (RFC 9562), ordered by time so that indexes grow at their end."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A fresh id."""
    return uuid7()
