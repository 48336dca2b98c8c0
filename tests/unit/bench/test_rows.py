"""The rows of the table of benchmarks: their names, peers and targets."""

import pytest

from bench import rows


def test_a_name_stands_for_one_row() -> None:
    assert len(rows.ROWS) == len(rows.OURS) + len(rows.PEER)


def test_a_row_and_its_peer_can_be_divided() -> None:
    pairs = [(row, rows.ROWS[row.peer]) for row in rows.OURS if row.peer]
    assert {peer.name for _, peer in pairs} == {row.name for row in rows.PEER}
    for row, peer in pairs:
        assert (row.unit, row.better, row.method) == (peer.unit, peer.better, peer.method)


def test_a_figure_takes_its_target_from_its_row() -> None:
    found = rows.figure("event.serial.p50", [11.0, 13.0, 14.0], "warm")
    assert (found.unit, found.target, found.better, found.met) == ("ms", 12, "lower", False)


def test_a_figure_without_a_row_is_refused() -> None:
    with pytest.raises(KeyError):
        rows.figure("event.imagined", [1.0])
