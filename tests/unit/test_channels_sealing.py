"""Channel secrets, sealed and opened: by a key in a file, by KMS; and whatever else is in the envelope."""

import base64
import json
import socket
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jwe
from joserfc.jwk import RSAKey

from tests.support import providers
from tests.support.providers import Provider, answering
from tocsin.errors import Invalid, Unavailable
from tocsin.platform import sealing

SECRETS = {"url": "https://hooks.example/☎", "secret": "whsec_abc"}
AWS = {"AWS_DEFAULT_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


@pytest.fixture
def key_file(tmp_path: Path) -> str:
    pem = tmp_path / "seal.pem"
    pem.write_text(providers.keys()[0])
    return str(pem)


class Kms:
    """KMS's Decrypt over its own protocol on loopback, for keys whose private halves it keeps."""

    def __init__(self) -> None:
        self.keys: dict[str, rsa.RSAPrivateKey] = {}

    def make_key(self) -> tuple[str, str]:
        """An asymmetric key; answers its id and its public half as PEM."""
        key_id, key = str(uuid4()), rsa.generate_private_key(65_537, 2_048)
        self.keys[key_id] = key
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return key_id, public.decode()

    def behave(self, provider: Provider, http: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        provider.behaviours.append(self.behave)
        request = provider.requests[-1]
        assert request.headers["x-amz-target"] == "TrentService.Decrypt"
        status, answer = self.decrypt(json.loads(request.body))
        answering(status, {"content-type": "application/x-amz-json-1.1"}, json.dumps(answer).encode())(provider, http)

    def decrypt(self, asked: dict[str, str]) -> tuple[int, dict[str, str]]:
        """Decrypt: status and answer."""
        if asked["KeyId"] not in self.keys:
            return 400, {"__type": "NotFoundException", "message": "Key does not exist"}
        if asked.get("EncryptionAlgorithm") != "RSAES_OAEP_SHA_256":
            return 400, {"__type": "InvalidKeyUsageException", "message": "The algorithm does not fit the key"}
        oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
        try:
            plain = self.keys[asked["KeyId"]].decrypt(base64.b64decode(asked["CiphertextBlob"]), oaep)
        except ValueError:
            return 400, {"__type": "InvalidCiphertextException", "message": ""}
        return 200, {"KeyId": asked["KeyId"], "Plaintext": base64.b64encode(plain).decode()}


@pytest.fixture
def kms(monkeypatch: pytest.MonkeyPatch) -> Generator[Kms]:
    """KMS, as the process under test finds it."""
    made = Kms()
    with providers.providing() as provider:
        provider.behaviours = [made.behave]
        for name, value in {**AWS, "AWS_ENDPOINT_URL_KMS": provider.url}.items():
            monkeypatch.setenv(name, value)
        sealing._kms.cache_clear()
        yield made
        sealing._kms().close()
        sealing._kms.cache_clear()


def changed(sealed: str, part: int) -> str:
    """The same with one bit of one part turned over."""
    parts = sealed.split(".")
    raw = bytearray(base64.urlsafe_b64decode(parts[part] + "=="))
    raw[-1] ^= 1
    parts[part] = base64.urlsafe_b64encode(bytes(raw)).rstrip(b"=").decode()
    return ".".join(parts)


def envelope(content: bytes, public_pem: str) -> str:
    """An envelope of anything."""
    header = {"alg": "RSA-OAEP-256", "enc": "A256GCM"}
    return jwe.encrypt_compact(header, content, RSAKey.import_key(public_pem), algorithms=sealing.ALGORITHMS)


PARTS = {"header": 0, "key": 1, "nonce": 2, "content": 3, "tag": 4}
GARBAGE = ["", "x", "....", "a.b.c.d.e", "a.b.c.d", "a.b.c.d.e.f", "☎.b.c.d.e", "{}", "AAAA.AAAA.AAAA.AAAA.AAAA"]


def test_what_a_file_key_sealed_it_opens(key_file: str) -> None:
    assert sealing.open_sealed(sealing.seal(SECRETS, providers.keys()[1]), key_file, None) == SECRETS


def test_what_was_sealed_for_kms_it_opens(kms: Kms) -> None:
    key_id, public = kms.make_key()
    assert sealing.open_sealed(sealing.seal(SECRETS, public), None, key_id) == SECRETS


def test_two_envelopes_of_the_same_secrets_differ_and_show_nothing_of_them(key_file: str) -> None:
    first, second = (sealing.seal(SECRETS, providers.keys()[1]) for _ in range(2))
    assert first != second
    assert json.loads(base64.urlsafe_b64decode(first.split(".")[0] + "==")) == {
        "alg": "RSA-OAEP-256",
        "enc": "A256GCM",
    }
    assert sealing.open_with_file(first, key_file) == sealing.open_with_file(second, key_file)


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_an_envelope_that_was_tampered_with_is_invalid(key_file: str, part: int) -> None:
    with pytest.raises(Invalid):
        sealing.open_with_file(changed(sealing.seal(SECRETS, providers.keys()[1]), part), key_file)


@pytest.mark.parametrize("part", [0, 2, 3, 4], ids=["header", "nonce", "content", "tag"])
def test_an_envelope_that_was_tampered_with_is_invalid_after_kms_too(kms: Kms, part: int) -> None:
    key_id, public = kms.make_key()
    with pytest.raises(Invalid):
        sealing.open_with_kms(changed(sealing.seal(SECRETS, public), part), key_id)


def test_an_envelope_to_another_key_is_invalid(key_file: str, kms: Kms) -> None:
    _, public = kms.make_key()
    with pytest.raises(Invalid, match="not sealed to this deployment's key"):
        sealing.open_with_file(sealing.seal(SECRETS, public), key_file)


@pytest.mark.parametrize("sealed", GARBAGE)
def test_garbage_is_invalid(key_file: str, sealed: str) -> None:
    with pytest.raises(Invalid):
        sealing.open_with_file(sealed, key_file)


@pytest.mark.parametrize("sealed", ["", "x", "a.b.c.d", "a.b.c.d.e.f", "☎.b.c.d.e", "....", "AAAA..AAAA.AAAA.AAAA"])
def test_garbage_is_invalid_before_it_reaches_kms(kms: Kms, sealed: str) -> None:
    with pytest.raises(Invalid):
        sealing.open_with_kms(sealed, kms.make_key()[0])


@pytest.mark.parametrize("algorithm", ["RSA1_5", "dir", "none", "RSA-OAEP"])
def test_no_other_algorithm_is_taken(key_file: str, algorithm: str) -> None:
    header = json.dumps({"alg": algorithm, "enc": "A256GCM"}).encode()
    _, _, rest = sealing.seal(SECRETS, providers.keys()[1]).partition(".")
    with pytest.raises(Invalid):
        sealing.open_with_file(f"{base64.urlsafe_b64encode(header).rstrip(b'=').decode()}.{rest}", key_file)


@pytest.mark.parametrize("content", [b"", b"url", b"[1]", b'"url"', b"null", b"\xff"])
def test_an_envelope_of_something_else_is_invalid(key_file: str, kms: Kms, content: bytes) -> None:
    key_id, public = kms.make_key()
    with pytest.raises(Invalid):
        sealing.open_with_file(envelope(content, providers.keys()[1]), key_file)
    with pytest.raises(Invalid):
        sealing.open_with_kms(envelope(content, public), key_id)


@pytest.mark.parametrize("sealed", ["a.b.c.d.e", "AAAA.AAAA.AAAA.AAAA.AAAA"])
def test_garbage_that_only_kms_can_tell_is_invalid(kms: Kms, sealed: str) -> None:
    with pytest.raises(Invalid):
        sealing.open_with_kms(sealed, kms.make_key()[0])


def test_kms_is_given_the_wrapped_key_and_not_the_secrets(kms: Kms, monkeypatch: pytest.MonkeyPatch) -> None:
    key_id, public = kms.make_key()
    asked: list[dict[str, str]] = []
    real = kms.decrypt
    monkeypatch.setattr(kms, "decrypt", lambda request: asked.append(request) or real(request))
    sealed = sealing.seal(SECRETS, public)
    sealing.open_with_kms(sealed, key_id)
    wrapped = base64.b64encode(base64.urlsafe_b64decode(sealed.split(".")[1] + "==")).decode()
    assert asked == [{"KeyId": key_id, "CiphertextBlob": wrapped, "EncryptionAlgorithm": "RSAES_OAEP_SHA_256"}]


def test_kms_opens_an_envelope_once_for_all_its_pages(kms: Kms, monkeypatch: pytest.MonkeyPatch) -> None:
    key_id, public = kms.make_key()
    asked: list[dict[str, str]] = []
    real = kms.decrypt
    monkeypatch.setattr(kms, "decrypt", lambda request: asked.append(request) or real(request))
    first, second = (sealing.seal(SECRETS, public) for _ in range(2))
    for sealed in (first, first, second, first):
        assert sealing.open_sealed(sealed, None, key_id) == SECRETS
    assert len(asked) == 2


def test_an_envelope_that_could_not_be_opened_is_tried_again(kms: Kms) -> None:
    key_id, public = kms.make_key()
    sealed = sealing.seal(SECRETS, public)
    key = kms.keys.pop(key_id)
    with pytest.raises(Unavailable):
        sealing.open_sealed(sealed, None, key_id)
    kms.keys[key_id] = key
    assert sealing.open_sealed(sealed, None, key_id) == SECRETS


def test_kms_out_of_reach_may_be_back_later(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{reserved.getsockname()[1]}"
        for name, value in {**AWS, "AWS_ENDPOINT_URL_KMS": closed}.items():
            monkeypatch.setenv(name, value)
        sealing._kms.cache_clear()
        with pytest.raises(Unavailable, match="can't be reached"):
            sealing.open_with_kms(sealing.seal(SECRETS, providers.keys()[1]), "any")
        sealing._kms.cache_clear()


def test_kms_without_the_key_may_have_it_later(kms: Kms) -> None:
    _, public = kms.make_key()
    with pytest.raises(Unavailable):
        sealing.open_with_kms(sealing.seal(SECRETS, public), "00000000-0000-0000-0000-000000000000")


def test_a_deployment_without_any_key_says_so() -> None:
    with pytest.raises(Invalid, match="No key"):
        sealing.open_sealed(sealing.seal(SECRETS, providers.keys()[1]), None, None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(st.dictionaries(st.text(), st.text()))
def test_whatever_is_sealed_comes_out_again(key_file: str, secrets: dict[str, str]) -> None:
    assert sealing.open_with_file(sealing.seal(secrets, providers.keys()[1]), key_file) == secrets
