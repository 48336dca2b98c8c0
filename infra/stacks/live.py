"""Those who watch: the WebSocket API, who tells of changes, and who posts to sockets."""

from collections.abc import Mapping
from typing import Final

from aws_cdk import CfnOutput, Stack

from infra.parts.channel import Channel
from infra.parts.socket_api import SocketApi
from infra.stacks.functions import Functions
from infra.stages import Stage


class Live:
    """Whoever changes what can be watched sends it to `push` by a queue, and to `live` by another with a delay."""

    def __init__(self, stack: Stack, stage: Stage, functions: Functions, channels: Mapping[str, Channel]) -> None:
        self.api: Final = SocketApi(stack, "live", stage=stage, handler=functions.live)
        pushes, hints = channels["pushes"], channels["hints"]
        telling = (
            functions.process,
            functions.verdict,
            functions.escalate,
            functions.record,
            functions.sweep,
            functions.api,
        )
        for teller in telling:
            teller.add_environment("PUSHES_QUEUE_URL", pushes.url)
            teller.add_environment("HINTS_QUEUE_URL", hints.url)
            pushes.let_send(teller)
            hints.let_send(teller)
        functions.api.add_environment("LIVE_URL", self.api.url)
        functions.live.add_environment("PUSHES_QUEUE_URL", pushes.url)
        pushes.let_send(functions.live)
        functions.push.add_environment("HINTS_QUEUE_URL", hints.url)
        functions.push.add_environment("WS_ENDPOINT", self.api.endpoint)
        hints.let_send(functions.push)
        self.api.let_post(functions.push)
        pushes.feed(functions.push)
        hints.feed(functions.live)
        CfnOutput(stack, "LiveUrl", value=self.api.url)
