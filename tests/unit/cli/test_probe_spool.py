"""Results on a probe's disk: in their order, under numbers that are never given twice, whatever it dies of."""

import gzip
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from cli.probe.spool import MOST_REJECTED, Spool
from tocsin.contracts.checks import CheckResult
from tocsin.contracts.probes import ProbeBatch
from tocsin.domain.monitor import CheckStatus

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PLENTY = 2**20
APPENDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from cli.probe.spool import Spool
from tests.unit.cli.test_probe_spool import result

spool = Spool(Path(sys.argv[1]), most_bytes=2**30)
while True:
    print(spool.append([result() for _ in range(20)], [], datetime.now(UTC)), flush=True)
"""


def result(monitor_id: UUID | None = None) -> CheckResult:
    return CheckResult(
        monitor_id=monitor_id or uuid4(), version=1, tick=NOW, checked_at=NOW, status=CheckStatus.UP, detail=uuid4().hex
    )


def opened(folder: Path, most_bytes: int = PLENTY) -> Spool:
    return Spool(folder, most_bytes=most_bytes)


def taken(spool: Spool) -> list[ProbeBatch]:
    """Everything, as it is sent."""
    found: list[ProbeBatch] = []
    while (one := spool.oldest()) is not None:
        found.append(ProbeBatch.model_validate_json(gzip.decompress(one.body)))
        spool.acknowledge(one.sequence)
    return found


def test_what_is_written_is_sent_in_its_order(tmp_path: Path) -> None:
    spool, results = opened(tmp_path), [result() for _ in range(3)]
    assert [spool.append([one], [], NOW) for one in results] == [1, 2, 3]
    sent = taken(spool)
    assert [one.sequence for one in sent] == [1, 2, 3]
    assert [one.results for one in sent] == [[one] for one in results]
    assert (len(spool), spool.size) == (0, 0)


def test_another_process_goes_on_where_the_last_one_was(tmp_path: Path) -> None:
    spool = opened(tmp_path)
    for _ in range(3):
        spool.append([result()], [], NOW)
    first = spool.oldest()
    assert first is not None
    spool.acknowledge(first.sequence)
    again = opened(tmp_path)
    assert again.append([result()], [], NOW) == 4
    assert [one.sequence for one in taken(again)] == [2, 3, 4]
    assert opened(tmp_path).append([result()], [], NOW) == 5


def test_a_batch_whose_answer_was_lost_is_sent_again_as_it_was(tmp_path: Path) -> None:
    opened(tmp_path).append([result()], [], NOW)
    first, again = opened(tmp_path).oldest(), opened(tmp_path).oldest()
    assert first == again


def test_what_home_has_is_not_sent_again_though_its_file_was_left(tmp_path: Path) -> None:
    spool = opened(tmp_path)
    spool.append([result()], [], NOW)
    (left,) = tmp_path.glob("*.json.gz")
    kept = left.read_bytes()
    spool.acknowledge(1)
    left.write_bytes(kept)
    again = opened(tmp_path)
    assert again.oldest() is None
    assert list(tmp_path.glob("*.json.gz")) == []
    assert again.append([result()], [], NOW) == 2


def test_what_home_has_is_not_sent_again_though_the_disk_is_full(tmp_path: Path) -> None:
    spool = opened(tmp_path)
    for _ in range(3):
        spool.append([result()], [], NOW)
    full = tmp_path / "sent.new"
    full.mkdir()
    spool.acknowledge(1)
    assert [path.name for path in sorted(tmp_path.glob("*.json.gz"))] == [f"{n:020}.json.gz" for n in (2, 3)]
    full.rmdir()
    assert [one.sequence for one in taken(spool)] == [2, 3]
    assert opened(tmp_path).append([result()], [], NOW) == 4


def test_a_half_written_file_is_as_if_it_was_never_begun(tmp_path: Path) -> None:
    spool = opened(tmp_path)
    spool.append([result()], [], NOW)
    (tmp_path / f"{2:020}.json.gz.new").write_bytes(b"half")
    again = opened(tmp_path)
    assert [one.sequence for one in taken(again)] == [1]
    assert list(tmp_path.glob("*.new")) == []


@pytest.mark.parametrize("damage", [b"", b"no gzip", gzip.compress(b"{}")[:-3]], ids=["empty", "other", "cut"])
def test_a_file_that_can_not_be_read_is_put_aside_and_counted(tmp_path: Path, damage: bytes) -> None:
    spool = opened(tmp_path)
    for _ in range(3):
        spool.append([result()], [], NOW)
    (tmp_path / f"{2:020}.json.gz").write_bytes(damage)
    assert [one.sequence for one in taken(spool)] == [1, 3]
    assert spool.lost == 1
    assert [path.name for path in tmp_path.glob("*.rejected")] == [f"{2:020}.json.gz.rejected"]


def test_what_home_will_never_take_is_kept_for_people_within_bounds(tmp_path: Path) -> None:
    spool = opened(tmp_path)
    for _ in range(MOST_REJECTED + 3):
        spool.reject(spool.append([result()], [], NOW))
    assert spool.oldest() is None
    names = sorted(path.name for path in tmp_path.glob("*.rejected"))
    assert len(names) == MOST_REJECTED
    assert names[0].startswith(f"{4:020}")
    assert opened(tmp_path).append([result()], [], NOW) == MOST_REJECTED + 4


def test_when_there_is_no_room_the_oldest_go_and_are_counted(tmp_path: Path) -> None:
    one = opened(tmp_path / "measured")
    one.append([result()], [], NOW)
    spool = opened(tmp_path / "small", most_bytes=one.size * 3 + 30)
    for _ in range(10):
        spool.append([result()], [], NOW)
    assert spool.lost == 7
    assert spool.size <= one.size * 3 + 30
    assert [batch.sequence for batch in taken(spool)] == [8, 9, 10]


def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    opened(folder).append([result()], [], NOW)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_whatever_was_told_to_be_on_disk_outlives_a_kill(tmp_path: Path) -> None:
    promised: list[int] = []
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", APPENDER, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=environment()
        )
        assert process.stdout is not None
        with process.stdout as lines:
            promised += [int(lines.readline()) for _ in range(8)]
            process.send_signal(signal.SIGKILL)
            promised += [int(line) for line in lines if line.endswith("\n")]
        process.wait(10)
    found = [one.sequence for one in taken(opened(tmp_path))]
    assert found == list(range(1, len(found) + 1))
    assert len(set(promised)) == len(promised)
    assert set(promised) <= set(found)
    assert len(found) - len(promised) <= 3


def environment() -> dict[str, str]:
    """The paths of this process, and nothing else."""
    return {"PYTHONPATH": ":".join(sys.path), "PATH": ""}
