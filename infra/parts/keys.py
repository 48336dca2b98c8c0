"""The deployment's keys: what signs all that is handed out, what secrets are sealed to, the probes' authority."""

from typing import Final, cast

from aws_cdk import CfnOutput, CustomResource, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.parts.deploy_step import DeployStep
from infra.parts.function import OutboundFunction
from infra.stages import Stage
from tocsin.contracts.probes import TRUSTSTORE_KEY

SECONDS: Final = 60
VERSION: Final = "2"
"""Raise it when `keys` is to run again in deployments that have their keys."""
NO_KEYS_YET: Final = '{"keys": {}}'


class FoundKeys(Construct):
    """Keys that are there before the stack: two secrets, found by their names, and a file that is not ours to know."""

    def __init__(self, scope: Construct, stage: Stage) -> None:
        super().__init__(scope, "Keys")
        self.mac_keys, self.seal_public_key, self.probe_authority = (
            secretsmanager.Secret.from_secret_name_v2(self, construct_id, name) for construct_id, name in _names(stage)
        )

    def let_open(self, function: OutboundFunction) -> None:
        """The file's rights say who may."""


class MadeKeys(Construct):
    """Keys that the deployment makes: CloudFormation the secrets and KMS's key, the function `keys` what is in them.

    The authorities of private probes are a document in `bucket` as well, the private half of the latest a secret that
    `keys` writes and can't read; it may ask which versions there are.
    """

    def __init__(self, scope: Construct, stage: Stage, bucket: s3.IBucket) -> None:
        super().__init__(scope, "Keys")
        self._authority = {"ProbeAuthority": str(stage.probe_authority)}
        self.mac_keys, self.seal_public_key, self.probe_authority = (
            cast("secretsmanager.ISecret", self._secret(construct_id, name)) for construct_id, name in _names(stage)
        )
        self.seal_key: Final = kms.Key(
            self,
            "SealKey",
            alias=f"alias/tocsin-{stage.name}-seal",
            description="Tocsin: opens the secrets of channels and monitors",
            key_spec=kms.KeySpec.RSA_3072,
            key_usage=kms.KeyUsage.ENCRYPT_DECRYPT,
            multi_region=True,  # regions that check open the secrets of monitors with copies of it
            removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
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
                "PROBE_AUTHORITY_SECRET_ARN": self.probe_authority.secret_arn,
                "EDGE_BUCKET": bucket.bucket_name,
            },
        )
        secrets = [self.mac_keys.secret_arn, self.seal_public_key.secret_arn]
        for action in ("secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"):
            iam.Grant.add_to_principal(grantee=self.maker, actions=[action], resource_arns=secrets)
        self.seal_key.grant(self.maker, "kms:GetPublicKey")
        for action in ("secretsmanager:PutSecretValue", "secretsmanager:DescribeSecret"):
            self._allow(action, self.probe_authority.secret_arn)
        for action in ("s3:GetObject", "s3:PutObject"):
            self._allow(action, bucket.arn_for_objects(TRUSTSTORE_KEY))
        self._allow("s3:ListBucket", bucket.bucket_arn)  # without it what is not there yet is refused, not missing
        CfnOutput(self, "SealKeyArn", value=self.seal_key.key_arn).override_logical_id("SealKeyArn")
        self.step: Final = DeployStep(
            self, "keys", stage=stage, function=self.maker, made_from=VERSION, more=self._authority
        )

    def truststore_version(self, scope: Construct) -> str:
        """Which version of the truststore has the stage's authority, asked in the stack that uses it: a stack's output
        can't change while another one imports it.
        """
        asked = CustomResource(
            scope,
            "ProbeAuthority",
            service_token=self.step.provider.service_token,
            resource_type="Custom::TocsinProbeAuthority",
            properties=self._authority,
        )
        return asked.get_att_string("TruststoreVersion")

    def _allow(self, action: str, resource_arn: str) -> None:
        iam.Grant.add_to_principal(grantee=self.maker, actions=[action], resource_arns=[resource_arn])

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
            removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        )


def deployment_keys(scope: Construct, stage: Stage, bucket: s3.IBucket) -> FoundKeys | MadeKeys:
    """The keys of a stage: found where it names a file for one of them, made otherwise."""
    return FoundKeys(scope, stage) if stage.seal_private_key_file else MadeKeys(scope, stage, bucket)


def _names(stage: Stage) -> list[tuple[str, str]]:
    return [
        ("MacKeys", f"tocsin-{stage.name}-mac-keys"),
        ("SealPublicKey", f"tocsin-{stage.name}-seal-public-key"),
        ("ProbeAuthority", f"tocsin-{stage.name}-probe-authority"),
    ]
