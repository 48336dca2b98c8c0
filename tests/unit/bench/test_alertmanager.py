"""The peer: that it waits for nothing, and that its pages are read as ours are."""

import json

from bench import alertmanager
from bench.benchmark import percentile
from bench.receiver import of_alertmanager, of_tocsin
from bench.wire import Request


def test_alertmanager_waits_for_nothing_and_pages_each_name_by_itself() -> None:
    route = json.loads(alertmanager.configuration(4321))["route"]
    assert route["group_wait"] == "0s"
    assert route["group_by"] == ["alertname"]
    assert ":4321/" in alertmanager.configuration(4321)


def test_pages_of_both_are_told_by_id_and_title() -> None:
    ours = Request(headers={"webhook-id": "n-1"}, body=b'{"data": {"incident": {"title": "disk full"}}}')
    assert of_tocsin(ours) == [("n-1", "disk full")]
    alerts = [{"fingerprint": f"f{n}", "labels": {"alertname": f"a{n}"}} for n in range(2)]
    assert of_alertmanager(Request(body=json.dumps({"alerts": alerts}).encode())) == [("f0", "a0"), ("f1", "a1")]


def test_a_benchmark_without_a_peer_gets_no_figures_beside_it() -> None:
    assert alertmanager.beside("races", 5) == []


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([5.0, 1.0, 4.0, 2.0, 3.0], 50) == 3.0
    assert percentile([float(n) for n in range(1, 101)], 99) == 99.0
    assert percentile([7.0], 99) == 7.0
