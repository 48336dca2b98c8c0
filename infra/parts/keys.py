"""The deployment's keys: those that sign what is handed out, and the pair that channel secrets are sealed with."""

from typing import Final, cast

from aws_cdk import RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.parts.deploy_step import DeployStep
from infra.parts.function import OutboundFunction
from infra.stages import Stage

SECONDS: Final = 60
VERSION: Final = "1"
"""Raise it when `keys` is to run again in deployments that have their keys."""
NO_KEYS_YET: Final = '{"keys": {}}'


class FoundKeys(Construct):
    """Keys that are there before the stack: two secrets, found by their names, and a file that is not ours to know."""

    def __init__(self, scope: Construct, stage: Stage) -> None:
        super().__init__(scope, "Keys")
        self.mac_keys, self.seal_public_key = (
            secretsmanager.Secret.from_secret_name_v2(self, construct_id, name) for construct_id, name in _names(stage)
        )

    def let_open(self, function: OutboundFunction) -> None:
        """The file's rights say who may."""


class MadeKeys(Construct):
    """Keys that the deployment makes: CloudFormation the secrets and KMS's key, the function `keys` what is in them."""

    def __init__(self, scope: Construct, stage: Stage) -> None:
        super().__init__(scope, "Keys")
        self.mac_keys, self.seal_public_key = (
            cast("secretsmanager.ISecret", self._secret(construct_id, name)) for construct_id, name in _names(stage)
        )
        self.seal_key: Final = kms.Key(
            self,
            "SealKey",
            alias=f"alias/tocsin-{stage.name}-seal",
            description="Tocsin: opens the secrets of channels",
            key_spec=kms.KeySpec.RSA_3072,
            key_usage=kms.KeyUsage.ENCRYPT_DECRYPT,
            removal_policy=RemovalPolicy.RETAIN,
        )
        self.maker: Final = OutboundFunction(
            self,
            "keys",
            stage=stage,
            timeout_seconds=SECONDS,
            environment={
                "MAC_KEYS_SECRET_ARN": self.mac_keys.secret_arn,
                "SEAL_PUBLIC_KEY_SECRET_ARN": self.seal_public_key.secret_arn,
                "SEAL_KMS_KEY_ID": self.seal_key.key_arn,
            },
        )
        secrets = [self.mac_keys.secret_arn, self.seal_public_key.secret_arn]
        for action in ("secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"):
            iam.Grant.add_to_principal(grantee=self.maker, actions=[action], resource_arns=secrets)
        self.seal_key.grant(self.maker, "kms:GetPublicKey")
        self.step: Final = DeployStep(self, "keys", stage=stage, function=self.maker, made_from=VERSION)

    def let_open(self, function: OutboundFunction) -> None:
        """Let a function open what was sealed, with this key and no other."""
        self.seal_key.grant(function, "kms:Decrypt")
        function.add_environment("SEAL_KMS_KEY_ID", self.seal_key.key_arn)

    def _secret(self, construct_id: str, name: str) -> secretsmanager.Secret:
        return secretsmanager.Secret(
            self,
            construct_id,
            secret_name=name,
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template=NO_KEYS_YET, generate_string_key="unused"
            ),
            removal_policy=RemovalPolicy.RETAIN,
        )


def deployment_keys(scope: Construct, stage: Stage) -> FoundKeys | MadeKeys:
    """The keys of a stage: found where it names a file for one of them, made otherwise."""
    return FoundKeys(scope, stage) if stage.seal_private_key_file else MadeKeys(scope, stage)


def _names(stage: Stage) -> list[tuple[str, str]]:
    return [
        ("MacKeys", f"tocsin-{stage.name}-mac-keys"),
        ("SealPublicKey", f"tocsin-{stage.name}-seal-public-key"),
    ]
