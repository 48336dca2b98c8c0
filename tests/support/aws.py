"""moto answers our own AWS client too: it knows botocore's clients only, whose HTTP session ours shares with them."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.httpsession import URLLib3Session
from moto.core.models import botocore_stubber


@contextmanager
def answered_by_moto() -> Generator[None]:
    """While `mock_aws` holds, what reaches botocore's HTTP session is answered by moto."""
    real = URLLib3Session.send

    def send(session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        answer: Any = botocore_stubber("before-send", request)
        return real(session, request) if answer is None else answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(URLLib3Session, "send", send)
        yield


@contextmanager
def watched() -> Generator[list[AWSPreparedRequest]]:
    """What our own client sends from here on."""
    seen: list[AWSPreparedRequest] = []
    before = URLLib3Session.send

    def send(session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        seen.append(request)
        return before(session, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(URLLib3Session, "send", send)
        yield seen
