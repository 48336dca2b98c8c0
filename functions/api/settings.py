"""What api needs to know, and the keys it reads once a process."""

from tocsin.platform.secret_store import mac_keys, text
from tocsin.platform.tokens import MacKeys
from tocsin_data.db import DatabaseSettings
from tocsin_data.services.leaving import LeavingSettings


class ApiSettings(DatabaseSettings, LeavingSettings):
    """What api needs to know."""

    publications_queue_url: str
    mac_keys_secret_arn: str
    seal_public_key_secret_arn: str
    link_base_url: str
    events_url: str
    sign_in_issuer: str
    sign_in_client_id: str
    sign_in_endpoint: str | None = None
    sign_up: str = "open"
    single_sign_on: bool = False
    behind_cloudfront: bool = False
    demo: bool = False
    people_per_minute: int = 600
    keys_per_minute: int = 600
    visitors_per_minute: int = 300

    @property
    def api_base_url(self) -> str:
        """Where this API is from outside: links are at its /l."""
        return self.link_base_url.rstrip("/").removesuffix("/l")

    def mac_keys(self) -> MacKeys:
        """What routing keys are signed with."""
        return mac_keys(self.mac_keys_secret_arn)

    def seal_public_key(self) -> str:
        """What channel secrets are sealed to, as PEM."""
        return text(self.seal_public_key_secret_arn)
