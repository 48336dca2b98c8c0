"""The CDK app: composes the stacks of one stage, `-c stage=local` by default. Needs neither account nor look-ups."""

from typing import Final, cast

from aws_cdk import App, Tags

from infra.stacks.application import Application
from infra.stacks.foundation import Foundation
from infra.stages import stage

CONTEXT: Final = ("gateway_url", "db_host", "seal_private_key_file")


def compose(app: App) -> tuple[Foundation, Application]:
    """Add one stage's stacks to an app."""
    given = {name: str(value) for name in CONTEXT if (value := cast("object", app.node.try_get_context(name)))}
    chosen = stage(str(cast("object", app.node.try_get_context("stage")) or "local"), given)
    foundation = Foundation(app, chosen)
    application = Application(app, chosen, foundation)
    Tags.of(app).add("tocsin:stage", chosen.name)
    return foundation, application


if __name__ == "__main__":
    assembly = App()
    compose(assembly)
    assembly.synth()
