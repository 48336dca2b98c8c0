"""SES v2, as far as it is used: sending one mail that is already composed."""

import json
from functools import cache
from typing import Any

from tocsin.platform import aws


class Client(aws.Client):
    """One try, since a failed attempt is told and tried again with its own delay."""

    def __init__(self) -> None:
        super().__init__(aws.SES, connect_seconds=3, read_seconds=8, tries=1)

    def send_email(self, **request: object) -> dict[str, Any]:
        """SendEmail; what it takes and answers is named as in the reference of SES v2."""
        headers = {"Content-Type": "application/json"}
        answer = self.send("SendEmail", "POST", "/v2/email/outbound-emails", headers, aws.document(request))
        return json.loads(answer.data)


@cache
def client() -> Client:
    """The SES client of this process."""
    return Client()
