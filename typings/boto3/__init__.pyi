"""What this project uses of boto3. Clients are built at run time from AWS's models, so they are Any here."""

from typing import Any

from botocore.config import Config
from botocore.credentials import Credentials
from botocore.session import Session as CoreSession

DEFAULT_SESSION: Session | None

def client(
    service_name: str,
    region_name: str | None = ...,
    *,
    endpoint_url: str | None = ...,
    aws_access_key_id: str | None = ...,
    aws_secret_access_key: str | None = ...,
    aws_session_token: str | None = ...,
    config: Config | None = ...,
) -> Any: ...
def setup_default_session(*, botocore_session: CoreSession) -> None: ...

class Session:
    region_name: str | None
    def __init__(
        self,
        *,
        aws_access_key_id: str | None = ...,
        aws_secret_access_key: str | None = ...,
        region_name: str | None = ...,
        profile_name: str | None = ...,
    ) -> None: ...
    def get_credentials(self) -> Credentials | None: ...
    def client(self, service_name: str, *, endpoint_url: str | None = ..., config: Config | None = ...) -> Any: ...
