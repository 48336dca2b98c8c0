"""Somebody new to the running stack: signs up and in at its user pool as any client does, and calls the API."""

import re
import warnings
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from pycognito.aws_srp import AWSSRP

from tests.support.stack import Answer, Stack, eventually, http
from tests.support.user_pool import PASSWORD

CODE: Final = re.compile(r"Your code for Tocsin is <strong>(\d+)<")


@dataclass(slots=True)
class Newcomer:
    """A person with an address of their own, and what their last sign-in gave them."""

    stack: Stack
    name: str
    email: str = field(default_factory=lambda: f"{uuid4().hex[:12]}@newcomers.example")
    username: str = field(default_factory=lambda: str(uuid4()))
    org_id: str | None = None
    access_token: str = ""
    id_token: str = ""

    @property
    def pool(self) -> Any:
        """The pool's API for anybody: without credentials of AWS."""
        return boto3.client(
            "cognito-idp",
            region_name=self.stack.sign_in.pool_id.partition("_")[0],
            endpoint_url=self.stack.machine.gateway_url,
            config=Config(signature_version=UNSIGNED),
        )

    @property
    def client_id(self) -> str:
        """The client that people sign in by."""
        return self.stack.sign_in.client_id

    def sign_up(self) -> None:
        """Ask for an account; a mail with a code follows."""
        attributes = [{"Name": "email", "Value": self.email}, {"Name": "name", "Value": self.name}]
        self.pool.sign_up(ClientId=self.client_id, Username=self.username, Password=PASSWORD, UserAttributes=attributes)

    def confirm(self) -> None:
        """Prove the address by the code that was mailed to it."""
        self.pool.confirm_sign_up(ClientId=self.client_id, Username=self.username, ConfirmationCode=self.code())

    def code(self) -> str:
        """The code that was mailed after the sign-up."""
        return CODE.findall(self.mail("Your code for Tocsin: verify")["text"])[0]

    def sign_in(self, password: str = PASSWORD) -> None:
        """Sign in by the address, the password proven by SRP."""
        srp = AWSSRP(self.email, password, self.stack.sign_in.pool_id, self.client_id, client=self.pool)
        with warnings.catch_warnings():
            # it reads the clock by datetime.utcnow(), which goes in some later Python
            warnings.simplefilter("ignore", DeprecationWarning)
            found = srp.authenticate_user()["AuthenticationResult"]
        self.access_token, self.id_token = found["AccessToken"], found["IdToken"]

    def join(self) -> None:
        """All of it, from nothing to a token."""
        self.sign_up()
        self.confirm()
        self.sign_in()

    def mail(self, subject: str) -> dict[str, Any]:
        """The mail to this person about something, once it is there."""
        arrived = eventually(
            lambda: [mail for mail in self.stack.pages(subject) if mail["recipient"] == self.email],
            f"a mail to {self.email} about {subject!r}",
        )
        return arrived[0]

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Call the API, in the organization if there is one."""
        sent = {"authorization": f"Bearer {self.access_token}", **headers}
        if self.org_id is not None:
            sent["tocsin-organization"] = self.org_id
        return http(method, f"{self.stack.api.app_url}{path}", body, sent)
