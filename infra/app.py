"""The CDK app: composes the stacks of one stage, `-c stage=local` by default. Needs neither account nor look-ups."""

import sys
from typing import Final, cast

from aws_cdk import Annotations, App, Tags

from infra import checkov
from infra.exceptions import acknowledge, acknowledge_probes, acknowledge_watch
from infra.exceptions_of_dashboard import acknowledge_dashboard
from infra.exceptions_of_live import acknowledge_live
from infra.exceptions_of_pages import acknowledge_pages, acknowledge_replica
from infra.inputs import BadInput
from infra.stacks.application import Application
from infra.stacks.firewall import FirewallRules
from infra.stacks.foundation import Foundation
from infra.stacks.probes import Probes
from infra.stacks.replica import PagesReplica
from infra.stacks.watch import Watch
from infra.stages import Stage, UnknownStage, stage

UNTAGGED: Final = ["AWS::RDS::DBProxyTargetGroup"]
"""CDK takes it for a resource with tags; CloudFormation does not."""


def compose(app: App, chosen: Stage) -> None:
    """Add one stage's stacks to an app: the firewall's rules alone, as long as the rest can't name them."""
    Tags.of(app).add("tocsin:stage", chosen.name, exclude_resource_types=UNTAGGED)
    if chosen.has_firewall:
        FirewallRules(app, chosen)
        if chosen.firewall is None:
            checkov.acknowledge(app)
            return
    foundation = Foundation(app, chosen)
    application = Application(app, chosen, foundation)
    acknowledge(foundation, application, chosen)
    acknowledge_pages(foundation, application, chosen)
    acknowledge_dashboard(application.dashboard, chosen)
    acknowledge_live(application)
    for region in chosen.checking.regions:
        acknowledge_probes(Probes(app, chosen, region, foundation))
    if chosen.pages.replica_region is not None:
        acknowledge_replica(PagesReplica(app, chosen, chosen.pages.replica_region))
    _tell_of_waiting(foundation, chosen)
    if chosen.watch_region is not None:
        url = f"https://{chosen.domains['ingest'].name}"
        acknowledge_watch(Watch(app, chosen, region=chosen.watch_region, ingest_url=url))
    checkov.acknowledge(app)


def _tell_of_waiting(foundation: Foundation, chosen: Stage) -> None:
    """Say which regions are not deployed yet, and what is missing."""
    if chosen.checking.waiting:
        waiting = ", ".join(chosen.checking.waiting)
        Annotations.of(foundation).add_warning_v2(
            "tocsin:waiting",
            f"Monitors are not checked from {waiting} yet: deploy this first, then all with -c seal_key_arn=… set to"
            " the output SealKeyArn.",
        )


def chosen_stage(app: App) -> Stage:
    """The stage that was asked for with `-c stage=…`, with what was passed for it; raises UnknownStage and BadInput."""
    context = {
        name: str(value)
        for name, value in cast("dict[str, object]", app.node.get_all_context()).items()
        if name.isidentifier()  # CDK's own settings have colons and slashes in their names
    }
    return stage(context.pop("stage", "local"), context)


def main() -> int:
    """Synthesise; answers the exit code."""
    assembly = App()
    try:
        compose(assembly, chosen_stage(assembly))
    except (BadInput, UnknownStage) as error:
        sys.stderr.write(f"tocsin: {error}\n")
        return 1
    assembly.synth()
    return 0


if __name__ == "__main__":
    sys.exit(main())
