"""The last word before a provider call, asked by `notify` for a batch of pages."""

from typing import Any, Final

from tocsin.contracts.delivery import ClaimReply, ClaimRequest
from tocsin.platform import logs, settings
from tocsin_data.db import DatabaseSettings, database
from tocsin_data.services import claiming

SERVICE: Final = "claim"


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """ClaimRequest → ClaimReply. Raises when the database can't be reached; `notify` knows what to do then."""
    request = ClaimRequest.model_validate(event)
    answers = claiming.claim(database(settings.load(DatabaseSettings)), request.claims)
    go = sum(a.attempt_id is not None for a in answers)
    logs.logger(SERVICE).info("claimed", extra={"asked": len(answers), "go": go})
    return ClaimReply(answers=answers).model_dump(mode="json", exclude_none=True)
