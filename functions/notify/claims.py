"""Asking `claim` for the last word, once a batch."""

import json
from collections.abc import Sequence
from functools import cache

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError

from tocsin.contracts.delivery import ClaimAnswer, ClaimItem, ClaimReply, ClaimRequest, DeliveryMessage
from tocsin.platform.invoking import Client


class ClaimUnavailable(Exception):
    """`claim` could not be asked, or the database behind it did not answer."""


@cache
def client() -> Client:
    """The Lambda client of this process."""
    return Client()


def ask(function: str, deliveries: Sequence[DeliveryMessage]) -> list[ClaimAnswer]:
    """Claim all deliveries; answers in their order. Raises ClaimUnavailable."""
    items = [ClaimItem(org_id=d.org_id, notification_id=d.notification_id) for d in deliveries]
    try:
        went_well, payload = client().invoke(function, ClaimRequest(claims=items).to_json().encode())
    except (BotoCoreError, ClientError) as error:
        raise ClaimUnavailable(type(error).__name__) from error
    if not went_well:
        raise ClaimUnavailable(_error_type(payload))
    try:
        answers = ClaimReply.model_validate_json(payload).answers
    except ValidationError as error:
        raise ClaimUnavailable("malformed reply") from error
    if [a.notification_id for a in answers] != [i.notification_id for i in items]:
        raise ClaimUnavailable("reply does not match the request")
    return answers


def _error_type(payload: bytes) -> str:
    try:
        return str(json.loads(payload).get("errorType", "unknown"))
    except (ValueError, AttributeError):
        return "unknown"
