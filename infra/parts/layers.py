"""What functions find under /opt: the core layer, and for inside functions the data layer."""

from typing import Final, cast

from aws_cdk import AssetHashType
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra import packages
from infra.stages import Stage

DESCRIPTIONS: Final = {
    "core": "Tocsin: what every function has",
    "data": "Tocsin: the data layer, for inside functions alone",
}


def layers(scope: Construct, stage: Stage, *, inside: bool) -> list[lambda_.ILayerVersion]:
    """The layers of a function; none on one's own machine, where functions run in the environment of the checkout."""
    if stage.is_local:
        return []
    return [_layer(scope, stage, name) for name in (("core", "data") if inside else ("core",))]


def _layer(scope: Construct, stage: Stage, name: str) -> lambda_.ILayerVersion:
    """One layer, shared by the functions of a stack."""
    construct_id = f"{name.capitalize()}Layer"
    found = scope.node.try_find_child(construct_id)
    if found is None:
        folder = packages.layer(name)
        found = lambda_.LayerVersion(
            scope,
            construct_id,
            layer_version_name=f"tocsin-{stage.name}-{name}",
            description=DESCRIPTIONS[name],
            # the folder's name ends in the hash of what it was made from
            code=lambda_.Code.from_asset(str(folder), asset_hash=folder.name, asset_hash_type=AssetHashType.CUSTOM),
            compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
            compatible_architectures=[lambda_.Architecture.ARM_64],
        )
    return cast("lambda_.ILayerVersion", found)
