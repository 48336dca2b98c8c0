"""What CloudFront does with a request, as far as this machine needs it: which behaviour fits, what functions make of
request and answer, and with what headers it leaves.

All of it is read from a distribution that was deployed, whose functions are run by MiniStack's own runner.
"""

import fnmatch
import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

from pydantic import TypeAdapter

runner: Final[Any] = importlib.import_module("ministack.core.cloudfront_js")
PAGES: Final = "tocsin local status pages"
DASHBOARD: Final = "tocsin local dashboard"
FAILED: Final = (500, 502, 503, 504)
"""What stale documents are served instead of, where no second origin says more."""
DEFAULT: Final = "*"


@dataclass(frozen=True, slots=True)
class Behavior:
    """How requests of a path are served: the code of its functions by event, and what becomes of headers."""

    pattern: str
    functions: dict[str, str]
    headers: dict[str, str]
    removed: list[str]


@dataclass(frozen=True, slots=True)
class Origin:
    """A bucket, where it is, and for how long it may take to be reached."""

    bucket: str
    region: str
    connect_seconds: float
    attempts: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution: its behaviours in the order they are tried, its origins, home first, and what errors mean.

    `failed` are the answers of an origin after which the next is asked, `error_pages` what is answered instead.
    """

    behaviors: list[Behavior]
    origins: list[Origin]
    failed: list[int]
    error_pages: dict[int, str]
    error_seconds: dict[int, int] = field(default_factory=dict[int, int])

    def behavior(self, path: str) -> Behavior:
        """The first whose pattern fits; the last fits everything."""
        return next(one for one in self.behaviors if _fits(one.pattern, path))

    def to_json(self) -> bytes:
        """As text, to be kept."""
        return _ADAPTER.dump_json(self)

    @classmethod
    def from_json(cls, text: bytes) -> "Distribution":
        """What was kept; raises ValueError."""
        return _ADAPTER.validate_json(text)


_ADAPTER: Final = TypeAdapter(Distribution)


@dataclass(frozen=True, slots=True)
class Request:
    """A request as functions see it."""

    method: str
    path: str
    host: str

    def event(self, kind: str) -> dict[str, Any]:
        """The event of a function, `viewer-request` or `viewer-response`."""
        return {
            "version": "1.0",
            "context": {"eventType": kind, "distributionId": "LOCAL", "requestId": uuid4().hex},
            "viewer": {"ip": "127.0.0.1"},
            "request": {
                "method": self.method,
                "uri": self.path,
                "querystring": {},
                "headers": {"host": {"value": self.host}},
                "cookies": {},
            },
        }


@dataclass(slots=True)
class Reply:
    """An answer: to a viewer, or of an origin."""

    status: int
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""


def before(behavior: Behavior, request: Request) -> Request | Reply:
    """What the function at the request makes of it: another request, or the answer."""
    code = behavior.functions.get("viewer-request")
    if code is None:
        return request
    told = _run(code, request.event("viewer-request"))
    if "statusCode" in told:
        return Reply(told["statusCode"], _plain(told.get("headers", {})))
    return Request(request.method, told["uri"], request.host)


def after(behavior: Behavior, request: Request, reply: Reply) -> Reply:
    """What headers policy and function make of an origin's answer; `request` is as its function left it."""
    kept = {name: value for name, value in reply.headers.items() if name not in behavior.removed}
    headers = kept | behavior.headers
    code = behavior.functions.get("viewer-response")
    if code is None or reply.status >= 400:
        return Reply(reply.status, headers, reply.body)
    shown = {name: {"value": value} for name, value in headers.items()}
    response = {"statusCode": reply.status, "statusDescription": "", "headers": shown, "cookies": {}}
    event = {**request.event("viewer-response"), "response": response}
    told = _run(code, event)
    return Reply(told["statusCode"], _plain(told["headers"]), reply.body)


def _run(code: str, event: dict[str, Any]) -> dict[str, Any]:
    return runner.evaluate(code.encode(), event)


def read(client: Any, comment: str) -> Distribution:
    """The distribution with this comment, from CloudFront's own API, with its policies and functions."""
    listed: list[dict[str, Any]] = client.list_distributions()["DistributionList"]["Items"]
    ids = [str(one["Id"]) for one in listed if one["Comment"] == comment]
    config: dict[str, Any] = client.get_distribution_config(Id=ids[0])["DistributionConfig"]
    behaviors = [*config["CacheBehaviors"].get("Items", []), {"PathPattern": DEFAULT, **config["DefaultCacheBehavior"]}]
    origins = {one["Id"]: one for one in config["Origins"]["Items"]}
    groups: list[dict[str, Any]] = config.get("OriginGroups", {}).get("Items", [])
    asked = [one["OriginId"] for group in groups for one in group["Members"]["Items"]] or list(origins)
    failed = [int(code) for group in groups for code in group["FailoverCriteria"]["StatusCodes"]["Items"]]
    errors: list[dict[str, Any]] = config["CustomErrorResponses"]["Items"]
    return Distribution(
        behaviors=[_behavior(client, one) for one in behaviors],
        origins=[_origin(origins[one]) for one in asked],
        failed=failed or list(FAILED),
        error_pages={int(one["ErrorCode"]): one["ResponsePagePath"] for one in errors if one.get("ResponsePagePath")},
        error_seconds={int(one["ErrorCode"]): int(one["ErrorCachingMinTTL"]) for one in errors},
    )


def _behavior(client: Any, told: dict[str, Any]) -> Behavior:
    policy = client.get_response_headers_policy_config(Id=told["ResponseHeadersPolicyId"])
    config: dict[str, Any] = policy["ResponseHeadersPolicyConfig"]
    functions: dict[str, str] = {}
    for one in told.get("FunctionAssociations", {}).get("Items", []):
        name = str(one["FunctionARN"]).rpartition("/")[2]
        functions[one["EventType"]] = client.get_function(Name=name, Stage="LIVE")["FunctionCode"].read().decode()
    removed = [one["Header"].lower() for one in config.get("RemoveHeadersConfig", {}).get("Items", [])]
    return Behavior(told["PathPattern"], functions, _headers(config), removed)


def _headers(config: Mapping[str, Any]) -> dict[str, str]:
    """What a headers policy adds, by names in lower case."""
    security: dict[str, dict[str, Any]] = config["SecurityHeadersConfig"]
    cors: dict[str, Any] | None = config.get("CorsConfig")
    found = {one["Header"].lower(): str(one["Value"]) for one in config["CustomHeadersConfig"]["Items"]}
    return {
        **found,
        "content-security-policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "referrer-policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        "strict-transport-security": f"max-age={security['StrictTransportSecurity']['AccessControlMaxAgeSec']}",
        "x-content-type-options": "nosniff",
        **({"access-control-allow-origin": cors["AccessControlAllowOrigins"]["Items"][0]} if cors else {}),
    }


_BUCKET: Final = re.compile(r"(?P<bucket>.+)\.s3\.(?P<region>[a-z0-9-]+)\..+")


def _origin(told: dict[str, Any]) -> Origin:
    found = _BUCKET.fullmatch(told["DomainName"])
    if found is None:
        raise ValueError(f"{told['DomainName']} is no bucket's address")
    return Origin(found["bucket"], found["region"], float(told["ConnectionTimeout"]), int(told["ConnectionAttempts"]))


def _fits(pattern: str, path: str) -> bool:
    return fnmatch.fnmatchcase(path, pattern)


def _plain(headers: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {name.lower(): one["value"] for name, one in headers.items()}
