"""The cold start proxy: what it reads out of import times, what it starts, and that a broken handler is no figure."""

import pytest

from bench import coldstart, rows

IMPORT_TIMES = """
import time: self [us] | cumulative | imported package
import time:       900 |        900 |   json.decoder
import time:      1500 |       2400 | json
import time:      4000 |       4000 |     pydantic.main
import time:      3000 |       7000 |   pydantic
import time:       100 |        100 | encodings
import time:        90 |         90 | abc
import time:        80 |         80 | site
something that a library said | on | standard error
"""


def test_the_heaviest_packages_are_named_by_their_own_time_and_not_by_what_they_import() -> None:
    assert coldstart.heaviest(IMPORT_TIMES) == [("pydantic", 7.0), ("json", 2.4), ("encodings", 0.1), ("abc", 0.09)]


def test_the_first_page_after_an_hour_waits_for_each_start_in_turn() -> None:
    cold = {"ingest": 200.0, "process": 400.0, "notify": 300.0, "claim": 350.0, "sweep": 9000.0}
    assert coldstart.first_page(12.5, cold) == 1262.5


def test_every_function_has_its_row_and_outside_ones_the_lower_target() -> None:
    assert {f"cold.{name}" for name in (*coldstart.FUNCTIONS, "interpreter", "page")} == {
        name for name in rows.ROWS if name.startswith("cold.")
    }
    for name, function in coldstart.FUNCTIONS.items():
        assert rows.ROWS[f"cold.{name}"].target == (400 if function.is_inside else 200)


def test_a_handler_that_cannot_be_imported_is_no_figure() -> None:
    with pytest.raises(coldstart.NotReady, match="no_such_module"):
        coldstart.start("", ["no_such_module:handler", ""])


def test_a_bare_interpreter_is_ready_and_costs_something() -> None:
    started = coldstart.start("", ["", ""])
    assert started.took > 0
    assert started.cpu > 0
