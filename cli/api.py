"""HTTP to a Tocsin: requests with what signs them, answers as JSON, failures in plain words."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import urlencode
from uuid import uuid4

from urllib3 import BaseHTTPResponse, PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError, MaxRetryError

from cli.failures import Failure, Unavailable, of_answer
from tocsin import __version__

Json = dict[str, Any]
Query = Mapping[str, str | int | Sequence[str] | None]

TRIES: Final = 3
PAGE: Final = 200
PATIENCE_SECONDS: Final = 5
BUSY: Final = frozenset({502, 503, 504})
ONCE: Final = Retry(connect=TRIES, read=0, other=0, redirect=0, status=0, backoff_factor=0.3, raise_on_status=False)
"""For what may have been done although no answer came: only where no connection came about, there is another try."""
AGAIN: Final = Retry(
    total=TRIES,
    redirect=0,
    allowed_methods=None,
    status_forcelist=BUSY,
    backoff_factor=0.5,
    backoff_jitter=0.3,
    raise_on_status=False,
    # who has asked too much (429) is told how long to wait, not kept waiting
    respect_retry_after_header=False,
)
"""For what can be repeated: reads, and creates with an Idempotency-Key."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer below 400: its JSON value, None without a body, and its headers."""

    value: Any
    headers: Mapping[str, str]

    @property
    def document(self) -> Json:
        """The value, which must be an object."""
        value: object = self.value
        if not isinstance(value, dict):
            raise Failure("That address answers, but not as Tocsin does: is it the right one?")
        return cast("Json", value)


class Api:
    """One Tocsin, by its address. `token` is asked for when a request needs it."""

    def __init__(self, url: str, token: Callable[[], str | None], org_id: str | None = None) -> None:
        self.url: Final = url
        self._token = token
        self.org_id = org_id
        self._pool: Final = PoolManager(timeout=Timeout(connect=PATIENCE_SECONDS, read=30), maxsize=2)

    def get(self, path: str, query: Query | None = None) -> Json:
        """Read one thing."""
        return self.call("GET", path, query=query).document

    def create(self, path: str, body: Json | None = None) -> Json:
        """Make one thing; a second try after a lost answer makes no second thing."""
        return self.call("POST", path, {} if body is None else body, headers={"Idempotency-Key": uuid4().hex}).document

    def pages(
        self,
        path: str,
        query: Query | None = None,
        *,
        at_most: int | None = None,
        read: Callable[[Json], object] | None = None,
    ) -> Iterator[Json]:
        """Every item of a list, page by page as they are taken; each page is given to `read` as well."""
        given: dict[str, str | int | Sequence[str] | None] = {**(query or {})}
        left = at_most
        while left is None or left > 0:
            limit = PAGE if left is None else min(left, PAGE)
            page = self.get(path, {**given, "limit": limit})
            if read is not None:
                read(page)
            yield from page["items"]
            left = None if left is None else left - len(page["items"])
            given["cursor"] = page.get("next_cursor")
            if given["cursor"] is None:
                return

    def put_bytes(self, path: str, content: bytes, query: Query | None = None) -> Json:
        """Write what is no JSON, as it is; its bytes say what they are."""
        headers = {"Content-Type": "application/octet-stream"}
        response = self.send("PUT", path, content, query=query, headers=headers, is_repeatable=True)
        return Answer(_value(response), response.headers).document

    def call(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
        is_repeatable: bool = False,
    ) -> Answer:
        """One request; raises the Failure that its answer stands for.

        What is repeatable is tried again when its answer is lost; reads, and what has an Idempotency-Key, always are.
        """
        response = self.send(method, path, body, query=query, headers=headers, is_repeatable=is_repeatable)
        return Answer(_value(response), response.headers)

    def send(
        self,
        method: str,
        path: str,
        body: Json | bytes | None = None,
        *,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
        is_repeatable: bool = False,
    ) -> BaseHTTPResponse:
        """One request and its answer as it came; raises the Failure that it stands for."""
        sent = {"Accept": "application/json", "User-Agent": f"tocsin-cli/{__version__}", **(headers or {})}
        token = self._token()
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        if self.org_id is not None:
            sent["Tocsin-Organization"] = self.org_id
        content = body
        if body is not None and not isinstance(body, bytes):
            sent["Content-Type"] = "application/json"
            content = json.dumps(body).encode()
        is_repeatable = is_repeatable or method == "GET" or "Idempotency-Key" in sent
        try:
            response = self._pool.request(
                method,
                f"{self.url}{path}{_query(query or {})}",
                body=content,
                headers=sent,
                retries=AGAIN if is_repeatable else ONCE,
                redirect=False,
            )
        except HTTPError as error:
            reason = error.reason if isinstance(error, MaxRetryError) else error
            raise Unavailable(f"{self.url} can't be reached: {reason}") from error
        if response.status >= 300:
            raise of_answer(response.status, _value(response, lenient=True), response.headers.get("Retry-After"))
        return response


def _query(query: Query) -> str:
    given = {name: value for name, value in query.items() if value is not None}
    return f"?{urlencode(given, doseq=True)}" if given else ""


def _value(response: BaseHTTPResponse, *, lenient: bool = False) -> Any:
    if not response.data:
        return None
    try:
        return json.loads(response.data)
    except ValueError as error:
        if lenient:
            return None
        raise Failure("That address answers, but not as Tocsin does: is it the right one?") from error
