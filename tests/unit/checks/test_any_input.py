"""Whatever comes in is read, or refused by a name of ours: nothing else is ever raised."""

import string

from hypothesis import given
from hypothesis import strategies as st

from tocsin.checks import dns, json_paths, patterns, target, tls
from tocsin.checks.answer import MAX_BODY, Answer
from tocsin.checks.attempt import Failed
from tocsin.checks.secrets import HIDDEN, Secrets

HEADS = st.sampled_from(
    [
        b"",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n4\r\n\x1f\x8b\x08\x00\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-16\r\n\r\n",
        b"HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
    ]
)
HOSTS = st.text(
    st.sampled_from(string.ascii_letters + string.digits + ".:-_[]%@/\\ äß１。①\u200d\u202e\x00"), max_size=80
)


@given(HEADS, st.lists(st.binary(min_size=1, max_size=60), max_size=5), st.booleans(), st.booleans())
def test_an_answer(head: bytes, pieces: list[bytes], head_only: bool, whole: bool) -> None:
    answer = Answer(head_only=head_only, whole=whole)
    try:
        for piece in [head, *pieces, b""]:
            if not answer.done:
                answer.feed(piece)
    except Failed:
        pass
    assert len(answer.body) <= MAX_BODY
    assert isinstance(answer.text() + answer.beginning(), str)


@given(st.text(max_size=200) | HOSTS.map(lambda host: f"http://{host}/"))
def test_a_url(text: str) -> None:
    try:
        found = target.read_url(text)
    except target.BadTarget:
        return
    assert target.read_url(found.text()) == found
    assert found.text().isascii()
    assert not set(found.text()) & set(" \r\n\t\\")


@given(st.text(max_size=300))
def test_a_redirect(text: str) -> None:
    try:
        found = target.follow(target.read_url("https://a.example/b"), text)
    except target.BadTarget:
        return
    assert found.text().isascii()


@given(HOSTS)
def test_a_resolver(text: str) -> None:
    try:
        _, port = dns.read_resolver(text)
    except target.BadTarget:
        return
    assert 1 <= port <= 65_535


@given(st.sampled_from(["A", "AAAA", "CAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT"]), st.text(max_size=300))
def test_a_value_of_a_record(record_type: str, text: str) -> None:
    try:
        dns.value(record_type, text).to_digestable()
    except dns.BadValue:
        return


@given(st.text(st.sampled_from("()[]{}|*+?.^$\\pLw0129,ab-:<>=!é\x00"), max_size=60))
def test_an_expression(text: str) -> None:
    for read in (patterns.of_text, patterns.of_bytes):
        try:
            read(text).compiled.search(b"abc")
        except patterns.BadPattern:
            continue


@given(st.text(st.sampled_from("$@.[]()?*:,'\"0189-ab=<>!&| \\é\x00"), max_size=60).map(lambda path: "$" + path))
def test_a_path(text: str) -> None:
    try:
        json_paths.select(json_paths.compiled(text), {"a": [1, {"b": "a"}], "b": None})
    except (json_paths.BadPath, json_paths.TooMuch):
        return


@given(st.binary(max_size=300))
def test_a_certificate(der: bytes) -> None:
    assert tls.seen(der) is None


@given(st.text(min_size=1, max_size=40), st.text(max_size=100), st.text(max_size=100))
def test_a_secret_is_never_quoted(hidden: str, before: str, after: str) -> None:
    quoted = Secrets({"key": hidden}).quote(before + hidden + after, 500)
    assert hidden not in quoted.replace(HIDDEN, "")
