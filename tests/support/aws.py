"""moto answers our own AWS client too: it knows botocore's clients only; ours speaks to urllib3 without them."""

import io
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache
from typing import Any

import boto3
import pytest
import urllib3
from botocore.awsrequest import AWSPreparedRequest
from moto.core.models import botocore_stubber

type Answer = urllib3.BaseHTTPResponse


@cache
def client(service: str, region: str) -> Any:
    """botocore's client, for arranging and looking while `mock_aws` holds; making one takes longer than most tests."""
    return boto3.client(service, region)


@contextmanager
def intercepted(answer: Callable[[AWSPreparedRequest, Callable[[], Answer]], Answer]) -> Generator[None]:
    """What reaches urllib3 is given to `answer`, with what would send it on."""
    real = urllib3.HTTPConnectionPool.urlopen

    def urlopen(
        pool: urllib3.HTTPConnectionPool,
        method: str,
        url: str,
        body: Any = None,
        headers: Any = None,
        *more: Any,
        **options: Any,
    ) -> Answer:
        default = {"http": 80, "https": 443}[pool.scheme]
        port = "" if pool.port in (None, default) else f":{pool.port}"
        request = AWSPreparedRequest(method, f"{pool.scheme}://{pool.host}{port}{url}", headers, body, False)
        return answer(request, lambda: real(pool, method, url, body, headers, *more, **options))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urllib3.HTTPConnectionPool, "urlopen", urlopen)
        yield


@contextmanager
def answered_by_moto() -> Generator[None]:
    """While `mock_aws` holds, what reaches urllib3 is answered by moto."""

    def answer(request: AWSPreparedRequest, send: Callable[[], Answer]) -> Answer:
        found: Any = botocore_stubber("before-send", request)
        if found is None:
            return send()
        return urllib3.HTTPResponse(io.BytesIO(found.content), dict(found.headers.items()), found.status_code)

    with intercepted(answer):
        yield


@contextmanager
def watched() -> Generator[list[AWSPreparedRequest]]:
    """What our own client sends from here on."""
    seen: list[AWSPreparedRequest] = []

    def answer(request: AWSPreparedRequest, send: Callable[[], Answer]) -> Answer:
        seen.append(request)
        return send()

    with intercepted(answer):
        yield seen
