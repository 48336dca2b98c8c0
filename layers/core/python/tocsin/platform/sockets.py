"""Open connections of a WebSocket API: posting to them and closing them, at the API's own address."""

from functools import cache
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from botocore.exceptions import ClientError

from tocsin.platform import aws

AT_ONCE: Final = 32
"""How many connections are posted to at once: API Gateway answers each in 10 to 20 ms."""


class Client(aws.Client):
    """API Gateway's management of connections; threads may share it."""

    def __init__(self, url: str) -> None:
        super().__init__(
            aws.CONNECTIONS_API, connect_seconds=2, read_seconds=5, tries=2, url=url.rstrip("/"), connections=AT_ONCE
        )

    def post(self, connection_id: str, frame: bytes) -> bool:
        """Send a frame; answers whether the connection was there. Raises BotoCoreError and ClientError."""
        return self._ask("PostToConnection", "POST", connection_id, frame)

    def close_connection(self, connection_id: str) -> bool:
        """Close one; answers whether it was there. Raises likewise."""
        return self._ask("DeleteConnection", "DELETE", connection_id, None)

    def _ask(self, operation: str, method: str, connection_id: str, body: bytes | None) -> bool:
        headers = {} if body is None else {"Content-Type": "application/octet-stream"}
        try:
            self.send(operation, method, f"/@connections/{quote(connection_id, safe='')}", headers, body)
        except ClientError as error:
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == HTTPStatus.GONE:
                return False
            raise
        return True


@cache
def client(url: str) -> Client:
    """The process's client of one API."""
    return Client(url)
