"""Imported once by the warm host's fork server, for all its workers to start from: AWS's models of the APIs we use.

Reading them takes longer than most handlers run, and each worker would keep its own copy.
"""

from typing import Final

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.loaders import Loader
from botocore.session import Session

SERVICES: Final = ("lambda", "s3", "secretsmanager", "sesv2", "sqs", "sts")
LOADER: Final = Loader()


def session() -> Session:
    """A session of the AWS SDK over the models read so far. It knows neither region nor credentials yet."""
    made = Session()
    made.register_component("data_loader", LOADER)
    return made


def use() -> Session:
    """Make one the process's default; it reads region and profile from this process's environment."""
    default = session()
    boto3.setup_default_session(botocore_session=default)
    return default


def _read() -> None:
    reader = session()
    for service in SERVICES:
        reader.create_client(service, region_name="us-east-1", config=Config(signature_version=UNSIGNED))


_read()  # at import, against the house rule: a fork server can be warmed in no other way
