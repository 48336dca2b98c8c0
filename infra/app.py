"""The CDK app: composes the stacks of one stage, `-c stage=local` by default. Needs neither account nor look-ups."""

from typing import Final, cast

from aws_cdk import App, Tags

from infra.exceptions import acknowledge
from infra.stacks.application import Application
from infra.stacks.foundation import Foundation
from infra.stages import Stage, stage

CONTEXT: Final = ("gateway_url", "db_host", "seal_private_key_file")


def compose(app: App, chosen: Stage) -> tuple[Foundation, Application]:
    """Add one stage's stacks to an app."""
    foundation = Foundation(app, chosen)
    application = Application(app, chosen, foundation)
    acknowledge(foundation, application)
    Tags.of(app).add("tocsin:stage", chosen.name)
    return foundation, application


def chosen_stage(app: App) -> Stage:
    """The stage that was asked for with `-c stage=…`, with what was passed for it."""
    given = {name: str(value) for name in CONTEXT if (value := cast("object", app.node.try_get_context(name)))}
    return stage(str(cast("object", app.node.try_get_context("stage")) or "local"), given)


if __name__ == "__main__":
    assembly = App()
    compose(assembly, chosen_stage(assembly))
    assembly.synth()
