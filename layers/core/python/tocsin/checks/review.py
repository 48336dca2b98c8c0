"""What is wrong with what a monitor shall check, told before it is saved: each field, why, and what would be right.

The same libraries that a check uses are asked; they are imported where a specification needs them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tocsin.checks import review_targets as targets
from tocsin.checks.review_secrets import PLACEHOLDER, literals
from tocsin.checks.review_targets import Rules
from tocsin.contracts.monitor_spec import (
    BasicAuth,
    BodyAssertion,
    Certificate,
    DnsSpec,
    HeaderAssertion,
    HeartbeatSpec,
    HttpSpec,
    JsonAssertion,
    LatencyAssertion,
    MonitorSpec,
    StatusAssertion,
    TcpSpec,
    TlsSpec,
)
from tocsin.domain.wall_clock import is_zone
from tocsin.errors import FieldProblem
from tocsin.platform import cron

CODES: Final = re.compile(r"([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?|[1-5]xx", re.IGNORECASE)
TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
FIELD_VALUE: Final = re.compile(r"[\t\x20-\x7e\x80-\U0010ffff]*")
OURS: Final = frozenset(
    {"connection", "content-length", "host", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding"}
    | {"upgrade"}
)
"""What the connection itself is steered by; the host is that of the URL."""
MAX_WARN_DAYS: Final = 3_650
STATUS_RIGHT: Final = "must be a status like 200, a class like 2xx, or a range like 200-299"
type Problems = Iterator[FieldProblem]


def problems(spec: MonitorSpec, rules: Rules, *, timeout_seconds: float) -> list[FieldProblem]:
    """Everything that is wrong with a specification; fields are told from `spec` on."""
    found = [*_storable(spec), *_parts(spec, rules)]
    if not isinstance(spec, HeartbeatSpec):
        for index, assertion in enumerate(spec.assertions):
            found.extend(_assertion(assertion, f"spec.assertions.{index}", timeout_seconds))
    return found


def secret_names(spec: MonitorSpec) -> set[str]:
    """The names of the secrets that a specification has placeholders for."""
    return {name for text in _secret_texts(spec) for name in PLACEHOLDER.findall(text)}


def _secret_texts(spec: MonitorSpec) -> Iterator[str]:
    if isinstance(spec, HttpSpec):
        yield spec.url
        yield spec.body or ""
        yield from (header.value for header in spec.headers)
        if isinstance(spec.auth, BasicAuth):
            yield spec.auth.username
            yield spec.auth.password
        elif spec.auth is not None:
            yield spec.auth.token
    elif isinstance(spec, TcpSpec):
        yield spec.send or ""


def _storable(spec: MonitorSpec) -> Problems:
    if "\\u0000" in spec.model_dump_json():
        yield FieldProblem("spec", "must not contain U+0000, which can't be stored")


def _parts(spec: MonitorSpec, rules: Rules) -> Problems:
    if isinstance(spec, HttpSpec | TlsSpec | TcpSpec):
        yield from targets.ip_version(spec.ip_version, rules)
    if isinstance(spec, HttpSpec):
        yield from _http(spec, rules)
    elif isinstance(spec, TlsSpec):
        yield from targets.host("spec.host", spec.host, rules)
        yield from _certificate(spec.certificate)
    elif isinstance(spec, TcpSpec):
        yield from _tcp(spec, rules)
    elif isinstance(spec, DnsSpec):
        yield from targets.dns(spec, rules)
    else:
        yield from _heartbeat(spec)


def _http(spec: HttpSpec, rules: Rules) -> Problems:
    yield from targets.url("spec.url", spec.url, PLACEHOLDER, rules)
    yield from _certificate(spec.certificate)
    for index, header in enumerate(spec.headers):
        field = f"spec.headers.{index}"
        if TOKEN.fullmatch(header.name) is None:
            yield FieldProblem(f"{field}.name", "must be a header's name, like Accept")
        elif header.name.lower() in OURS:
            yield FieldProblem(f"{field}.name", "is set by the check itself; leave it out")
        elif header.name.lower() == "authorization" and spec.auth is not None:
            yield FieldProblem(f"{field}.name", "is what auth sets; give one of both")
        if FIELD_VALUE.fullmatch(header.value) is None:
            yield FieldProblem(f"{field}.value", "must be one line, without control characters")
    yield from literals(spec)
    if isinstance(spec.auth, BasicAuth) and ":" in spec.auth.username:
        yield FieldProblem("spec.auth.username", "must not have a colon in it: Basic ends the name there")
    if spec.body is not None and spec.method == "HEAD":
        yield FieldProblem("spec.body", "is not sent with HEAD; leave it out or choose another method")


def _tcp(spec: TcpSpec, rules: Rules) -> Problems:
    from tocsin.checks.tcp import BadEscape, unescape

    yield from targets.host("spec.host", spec.host, rules)
    if spec.send is not None:
        try:
            unescape(PLACEHOLDER.sub("", spec.send))
        except BadEscape as error:
            yield FieldProblem("spec.send", str(error))
    if spec.expect is not None:
        yield from _expression("spec.expect", spec.expect, of_bytes=True)
    if spec.tls:
        yield from _certificate(spec.certificate)


def _certificate(certificate: Certificate) -> Problems:
    field = "spec.certificate"
    for index, days in enumerate(certificate.warn_days):
        if not 0 < days <= MAX_WARN_DAYS:
            yield FieldProblem(f"{field}.warn_days.{index}", f"must be 1 to {MAX_WARN_DAYS} days")
    if len(set(certificate.warn_days)) != len(certificate.warn_days):
        yield FieldProblem(f"{field}.warn_days", "has a number of days twice")
    if certificate.server_name is not None:
        yield from targets.server_name(f"{field}.server_name", certificate.server_name)


def _heartbeat(spec: HeartbeatSpec) -> Problems:
    if (spec.interval_seconds is None) == (spec.cron is None):
        yield FieldProblem("spec.interval_seconds", "or spec.cron must be given, one of both")
    if not is_zone(spec.time_zone):
        yield FieldProblem("spec.time_zone", "must be an IANA time zone, like Europe/Berlin")
    elif spec.cron is not None and (problem := cron.problem(spec.cron)) is not None:
        yield FieldProblem("spec.cron", problem)


def _assertion(
    assertion: StatusAssertion | BodyAssertion | JsonAssertion | HeaderAssertion | LatencyAssertion,
    field: str,
    timeout_seconds: float,
) -> Problems:
    match assertion:
        case StatusAssertion():
            for index, code in enumerate(assertion.codes):
                found = CODES.fullmatch(code.strip())
                if found is None or (found[2] and found[2] < found[1]):
                    yield FieldProblem(f"{field}.codes.{index}", STATUS_RIGHT)
        case BodyAssertion(comparison="matches" | "not_matches"):
            yield from _expression(f"{field}.value", assertion.value)
        case JsonAssertion():
            yield from _json(assertion, field)
        case HeaderAssertion():
            if TOKEN.fullmatch(assertion.name) is None:
                yield FieldProblem(f"{field}.name", "must be a header's name, like Content-Type")
            yield from _value(assertion.comparison, assertion.value, field)
        case LatencyAssertion():
            most = round(timeout_seconds * 1_000)
            if assertion.less_than_ms >= most:
                yield FieldProblem(f"{field}.less_than_ms", f"must be less than the timeout, which is {most} ms")
        case _:
            pass


def _json(assertion: JsonAssertion, field: str) -> Problems:
    from tocsin.checks import json_paths

    try:
        json_paths.compiled(assertion.path)
    except json_paths.BadPath as error:
        yield FieldProblem(f"{field}.path", f"{error}; one is $.checks[0].status")
    number = isinstance(assertion.value, float)
    if assertion.comparison in {"less_than", "greater_than"} and not number:
        yield FieldProblem(f"{field}.value", f"must be a number, for {assertion.comparison}")
    elif assertion.comparison in {"contains", "matches"} and not isinstance(assertion.value, str):
        yield FieldProblem(f"{field}.value", f"must be a text, for {assertion.comparison}")
    elif assertion.comparison not in {"less_than", "greater_than", "equals", "not_equals"}:
        yield from _value(assertion.comparison, assertion.value, field)


def _value(comparison: str, value: object, field: str) -> Problems:
    if comparison in {"exists", "not_exists"}:
        if value is not None:
            yield FieldProblem(f"{field}.value", f"must be left out, for {comparison}")
    elif value is None:
        yield FieldProblem(f"{field}.value", f"must be given, for {comparison}")
    elif comparison == "matches" and isinstance(value, str):
        yield from _expression(f"{field}.value", value)


def _expression(field: str, expression: str, *, of_bytes: bool = False) -> Problems:
    from tocsin.checks import patterns

    try:
        (patterns.of_bytes if of_bytes else patterns.of_text)(expression)
    except patterns.BadPattern as error:
        yield FieldProblem(field, f"{error}; RE2 has neither look-around nor back references")


def all_private(regions: Sequence[str]) -> bool:
    """Whether nothing is checked from anywhere but private locations, where private networks may be meant."""
    return bool(regions) and all(region.startswith("private:") for region in regions)
