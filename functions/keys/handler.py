"""Makes the deployment's keys: what CloudFormation can't put into a secret by itself.

Called during a deploy by CDK's Provider. The keys of integrations are signed with the MAC keys; channel secrets are
sealed to the public half of a key that KMS keeps. A secret that is filled stays as it is. Where probes are let in
(ADR 0021), the authority that signs their certificates is made here too, one for each generation.
"""

import base64
import json
import os
import textwrap
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from botocore.exceptions import ClientError

from tocsin.contracts.probes import TRUSTSTORE_KEY
from tocsin.platform import aws, certificates, clock, logs, settings
from tocsin.platform.settings import Settings

SERVICE: Final = "keys"
RESOURCE: Final = "keys"
FIRST: Final = "A"
MAC_BYTES: Final = 32
TRUSTED_AFTER: Final = timedelta(hours=1)
"""When a new authority of probes begins to sign: by then the deploy that put it into the truststore has ended."""
KEPT_AUTHORITIES: Final = 2
"""The newest, and the one before it, whose certificates are good for a week yet."""
NOT_FOUND: Final = 404
UNVERSIONED: Final = ("", "null")
"""What S3 calls the version of an object that was written before its bucket had any: none to pin."""
KEY_VERSION: Final = "x-amz-meta-key-version"
"""The version of the secret in which the newest authority's key is; a truststore of an older release does not say."""


@dataclass(frozen=True, slots=True)
class _Truststore:
    """The truststore; all empty while there is none."""

    pem: str
    version: str
    secret_version: str | None


class KeysSettings(Settings):
    """What keys needs to know."""

    mac_keys_secret_arn: str
    seal_public_key_secret_arn: str
    seal_kms_key_id: str
    probe_authority_secret_arn: str | None = None
    edge_bucket: str | None = None


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """A custom resource's event → its id. What goes wrong is raised, and fails the deploy."""
    if event.get("RequestType") != "Delete":
        known = settings.load(KeysSettings)
        made = _keep_mac_keys(known.mac_keys_secret_arn)
        _publish_seal_key(known.seal_kms_key_id, known.seal_public_key_secret_arn)
        answer: dict[str, Any] = {"PhysicalResourceId": RESOURCE}
        if known.probe_authority_secret_arn and known.edge_bucket:
            generation = str(event.get("ResourceProperties", {}).get("ProbeAuthority", "1"))
            version = _keep_authority(known.probe_authority_secret_arn, known.edge_bucket, generation, clock.now())
            answer["Data"] = {"TruststoreVersion": version}
        logs.logger(SERVICE).info("kept", extra={"made_mac_keys": made})
        return answer
    return {"PhysicalResourceId": RESOURCE}


def _keep_mac_keys(secret_arn: str) -> bool:
    """Write the first MAC key unless there is one: another would make every key that was handed out worthless."""
    there = json.loads(_secrets().call("GetSecretValue", SecretId=secret_arn)["SecretString"])
    if there.get("keys"):
        return False
    made = {"current": FIRST, "keys": {FIRST: base64.b64encode(os.urandom(MAC_BYTES)).decode()}}
    _write(secret_arn, json.dumps(made))
    return True


def _publish_seal_key(key_id: str, secret_arn: str) -> None:
    """Write the public half where inside functions can read it; KMS they can't reach."""
    client = aws.Client(aws.KMS, connect_seconds=2, read_seconds=5, tries=3)
    der = client.call("GetPublicKey", KeyId=key_id)["PublicKey"]
    pem = "\n".join(["-----BEGIN PUBLIC KEY-----", *textwrap.wrap(der, 64), "-----END PUBLIC KEY-----", ""])
    if _secrets().call("GetSecretValue", SecretId=secret_arn)["SecretString"] != pem:
        _write(secret_arn, pem)


def _keep_authority(secret_arn: str, bucket: str, generation: str, now: datetime) -> str:
    """Make the authority of probes of a generation, unless there is one; answers the truststore's version.

    The secret is written and never read: its key is for `enroll` alone. The truststore comes first and names the
    secret's version, so that whoever signs is trusted, and of a deploy that ended in between the next makes another.
    The first authority signs at once, those that follow when every part that verifies has heard of them.
    """
    store = aws.Client(aws.S3, connect_seconds=2, read_seconds=5, tries=3, bucket=bucket)
    there = _truststore(store)
    trusted = certificates.authorities(there.pem, now)
    name = certificates.authority_name(generation)
    if name in trusted and (there.secret_version is None or _has_version(secret_arn, there.secret_version)):
        return there.version if there.version not in UNVERSIONED else _trust(store, there.pem, there.secret_version)
    trusted.pop(name, None)
    made = certificates.make_authority(generation, now)
    signs_from = now + TRUSTED_AFTER if trusted else now
    document = {"certificate": made.certificate, "key": made.key, "signs_from": signs_from.isoformat()}
    kept = [*trusted.values(), made.certificate][-KEPT_AUTHORITIES:]
    secret_version = str(uuid4())
    version = _trust(store, certificates.joined(kept), secret_version)
    _write(secret_arn, json.dumps(document), secret_version)
    logs.logger(SERVICE).info("made an authority of probes", extra={"generation": generation, "trusted": len(kept)})
    return version


def _truststore(store: aws.Client) -> _Truststore:
    try:
        answer = store.send("GetObject", "GET", f"/{TRUSTSTORE_KEY}", {})
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == NOT_FOUND:
            return _Truststore("", "", None)
        raise
    version = answer.headers.get("x-amz-version-id") or ""
    return _Truststore(answer.data.decode(), version, answer.headers.get(KEY_VERSION))


def _trust(store: aws.Client, pem: str, secret_version: str | None) -> str:
    """Write the truststore; answers its version."""
    headers = {"Content-Type": "application/x-pem-file", **({KEY_VERSION: secret_version} if secret_version else {})}
    answer = store.send("PutObject", "PUT", f"/{TRUSTSTORE_KEY}", headers, pem.encode())
    return answer.headers.get("x-amz-version-id") or ""


def _has_version(secret_arn: str, version: str) -> bool:
    return version in _secrets().call("DescribeSecret", SecretId=secret_arn)["VersionIdsToStages"]


def _write(secret_arn: str, value: str, version: str | None = None) -> None:
    """AWS's own clients make a token up; whoever calls without them must bring one, or is refused. It is what the
    secret's version is called.
    """
    token = version or str(uuid4())
    _secrets().call("PutSecretValue", SecretId=secret_arn, SecretString=value, ClientRequestToken=token)


def _secrets() -> aws.Client:
    return aws.Client(aws.SECRETS_MANAGER, connect_seconds=2, read_seconds=5, tries=3)
