"""Settings: from the environment, frozen, and loud when the deployment is wrong."""

import pytest
from pydantic import ValidationError

from tocsin.platform.settings import BadSettings, Settings, load


class Some(Settings):
    queue_url: str
    budget: int
    port: int = 5432


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"QUEUE_URL": "https://q", "BUDGET": "60", "OTHER": "x", "queue_url": "lower"}.items():
        monkeypatch.setenv(name, value)


def test_fields_are_read_by_their_names_in_capitals() -> None:
    assert load(Some) == Some(queue_url="https://q", budget=60)


def test_a_default_gives_way_to_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "6432")
    assert load(Some).port == 6432


def test_the_environment_is_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    load(Some)
    monkeypatch.setenv("BUDGET", "61")
    assert load(Some).budget == 61


def test_what_is_missing_or_malformed_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUEUE_URL")
    monkeypatch.setenv("BUDGET", "a-secret")
    with pytest.raises(BadSettings) as refused:
        load(Some)
    assert str(refused.value) == "Some: missing or malformed: QUEUE_URL, BUDGET"


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        load(Some).budget = 1
