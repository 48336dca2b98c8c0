"""The same as in infra/exceptions.py for those who watch: what is done otherwise than cdk-nag's rules ask, and why."""

from typing import Final, cast

from aws_cdk import Acknowledgment, CfnElement, Stack, Validations
from constructs import IConstruct

from infra.exceptions import PREFIX
from infra.parts.socket_api import STAGE
from infra.stacks.application import Application

UNNAMED: Final = "Connections have no names before they are there."


def acknowledge_live(application: Application) -> None:
    """Say so of the WebSocket API, and of what `push` may do with its connections."""
    api = application.live.api.api
    _except(
        api,
        "APIG4",
        "A connection is opened by a ticket, good for one use within a minute, which the function verifies; what comes "
        "over it later comes from whom it was opened to.",
    )
    _except(
        application.live.api,
        "APIG1",
        "Access logs of a WebSocket API need a role of API Gateway for the whole account, which is not a deployment's "
        "to set; the function logs every event.",
    )
    stack = Stack.of(api)
    own = f"<{stack.get_logical_id(cast('CfnElement', api.node.default_child))}>"
    for method in ("POST", "DELETE"):
        at = f"arn:aws:execute-api:{stack.region}:<AWS::AccountId>:{own}/{STAGE}/{method}/@connections/*"
        _except(application.functions.push.own_role, f"IAM5[Resource::{at}]", UNNAMED)


def _except(construct: IConstruct, rule: str, reason: str) -> None:
    Validations.of(construct).acknowledge(Acknowledgment(id=f"{PREFIX}{rule}", reason=reason))
