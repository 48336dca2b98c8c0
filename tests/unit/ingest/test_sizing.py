"""Fitting a request into one message: details go, pages stay."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.ingest.sizing import TooLarge, fitted
from tests.unit.ingest.asked import NOW
from tocsin.contracts.events import EventsMessage, InboundEvent
from tocsin.domain.dedup import EventAction
from tocsin.platform.ids import new_id

LIMIT = 20_000


def message(*payloads: dict[str, Any]) -> EventsMessage:
    events = [
        InboundEvent(event_id=new_id(), index=i, action=EventAction.TRIGGER, dedup_key=str(i), summary="s", payload=p)
        for i, p in enumerate(payloads)
    ]
    return EventsMessage(request_id=new_id(), received_at=NOW, protocol="any", key_hash="0" * 64, events=events)


def read(body: str) -> list[InboundEvent]:
    assert len(body.encode()) <= LIMIT
    return EventsMessage.model_validate_json(body).events


def test_what_fits_is_sent_as_it_is() -> None:
    whole = message({"a": "x" * 1000}, {"b": {"c": "y" * 1000}})
    assert fitted(whole, LIMIT) == whole.to_json()


def test_the_largest_detail_goes_first_and_the_event_says_so() -> None:
    small = {"labels": {"alertname": "Disk"}, "annotations": {"text": "z" * 5_000}}
    large = {"labels": {"alertname": "Net"}, "annotations": {"text": "y" * 30_000, "runbook": "w" * 3_000}}
    first, second = read(fitted(message(small, large), LIMIT))
    assert first.payload == small
    assert second.payload["truncated"] is True
    assert second.payload["labels"] == {"alertname": "Net"}
    assert second.payload["annotations"]["runbook"] == "w" * 3_000
    assert second.payload["annotations"]["text"] == "y" * 200 + "…"


def test_custom_details_that_are_a_list_or_a_text_are_cut_too() -> None:
    for details in ("x" * 50_000, list(range(20_000))):
        (event,) = read(fitted(message({"client": "c", "custom_details": details}), LIMIT))
        assert event.payload["truncated"] is True
        assert event.payload["client"] == "c"
        assert len(event.payload["custom_details"]) == 201


def test_many_small_details_go_as_a_whole() -> None:
    crumbs = {"custom_details": {f"name{i}": i for i in range(5_000)}}
    kept = {"custom_details": {"a": 1}}
    first, second = read(fitted(message(crumbs, kept), LIMIT))
    assert first.payload == {"truncated": True}
    assert second.payload == kept


def test_more_pages_than_fit_are_refused_and_never_dropped() -> None:
    with pytest.raises(TooLarge):
        fitted(message(*({} for _ in range(500))), LIMIT)


texts = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
values = st.builds(lambda text, times: text * times, texts, st.integers(min_value=1, max_value=2_000))
payloads = st.dictionaries(texts, values | st.dictionaries(texts, values, max_size=4), max_size=4)


@given(st.lists(payloads, min_size=1, max_size=6))
def test_every_event_arrives_within_the_limit(given_payloads: list[dict[str, Any]]) -> None:
    sent = message(*given_payloads)
    events = read(fitted(sent, LIMIT))
    assert [event.event_id for event in events] == [event.event_id for event in sent.events]
    for before, event in zip(sent.events, events, strict=True):
        assert event == before or event.payload["truncated"] is True
        json.dumps(event.payload)
