"""SES v2 at its client: refuses what the real one refuses, keeps what it took."""
# ruff: noqa: N803 - named as in SES's reference

import email
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

MAX_MESSAGE_BYTES = 40 * 1024 * 1024
MAX_RECIPIENTS = 50


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as its reader gets it."""

    to: str
    subject: str
    text: str
    html: str
    headers: dict[str, str]
    message_id: str
    tags: dict[str, str] = field(default_factory=dict)
    configuration_set: str | None = None


@dataclass(slots=True)
class Ses:
    """Stands in for notify's SES client. `failures` are error codes for the next calls, one each."""

    sent: list[Mail] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def send_email(
        self,
        *,
        FromEmailAddress: str,
        Destination: dict[str, Any],
        Content: dict[str, Any],
        EmailTags: Sequence[dict[str, str]] = (),
        ConfigurationSetName: str | None = None,
    ) -> dict[str, str]:
        """SendEmail with raw content."""
        if self.failures and (code := self.failures.pop(0)):
            raise _refused(code)
        raw = Content["Raw"]["Data"]
        recipients = Destination["ToAddresses"]
        if len(raw) > MAX_MESSAGE_BYTES or not 1 <= len(recipients) <= MAX_RECIPIENTS or "@" not in FromEmailAddress:
            raise _refused("BadRequestException")
        if any(not tag["Value"].replace("-", "").replace("_", "").isalnum() for tag in EmailTags):
            raise _refused("BadRequestException")
        message = email.message_from_bytes(raw, policy=email.policy.default)
        text = message.get_body(("plain",))
        html = message.get_body(("html",))
        if not message["From"] or not message["To"] or text is None or html is None:
            raise _refused("BadRequestException")
        message_id = f"ses-{len(self.sent) + 1}"
        headers = {name.lower(): str(value) for name, value in message.items()}
        self.sent.append(
            Mail(
                recipients[0],
                str(message["Subject"]),
                text.get_content(),
                html.get_content(),
                headers,
                message_id,
                {tag["Name"]: tag["Value"] for tag in EmailTags},
                ConfigurationSetName,
            )
        )
        return {"MessageId": message_id}


def _refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, "SendEmail")
