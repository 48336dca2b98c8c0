"""The client's side of Cognito's SRP."""

from collections.abc import Mapping
from typing import Any

class AWSSRP:
    def __init__(self, username: str, password: str, pool_id: str, client_id: str, *, client: Any) -> None: ...
    def get_auth_params(self) -> dict[str, str]: ...
    def process_challenge(
        self, challenge_parameters: Mapping[str, str], request_parameters: Mapping[str, str]
    ) -> dict[str, str]: ...
