"""What rings an alarm of the application: pages, the account, the sweep, every queue, function and API."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Final

from aws_cdk import Stack
from aws_cdk import aws_sns as sns

from infra.parts.alarms import Alarms
from infra.parts.channel import Channel
from infra.parts.http_api import HttpApi
from infra.stacks.functions import Functions
from infra.stages import Stage

API_ERRORS: Final = {"ingest": 1, "probes": 1, "app": 5}
"""How many 5xx in five minutes ring an alarm: each of ingest's is an event that was not accepted."""


def watch(
    stack: Stack,
    stage: Stage,
    told: sns.ITopic,
    *,
    functions: Functions,
    channels: Mapping[str, Channel],
    apis: Mapping[str, HttpApi],
) -> None:
    """Watch all of it; who hears the topic is the foundation's."""
    alarms = Alarms(stack, stage, told)
    alarms.watch_pages()
    alarms.watch_status_pages()
    alarms.watch_account()
    alarms.watch_sweep(functions.sweep)
    for channel in channels.values():
        alarms.watch_queue(channel)
    for field in fields(functions):
        alarms.watch_function(field.name, getattr(functions, field.name))
    for name, api in apis.items():
        alarms.watch_api(name, api, errors=API_ERRORS[name])
