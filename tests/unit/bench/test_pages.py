"""The committed pages are what their committed sources give."""

import pytest

from bench import costs_page, report

STAGES = costs_page.load()


def test_the_page_of_benchmarks_is_what_its_figures_give() -> None:
    assert report.main(["--check"]) == 0


def test_the_page_of_costs_and_the_readme_are_what_the_stages_and_prices_give() -> None:
    assert costs_page.main(["--check"]) == 0


def test_the_pages_say_first_that_they_are_generated() -> None:
    assert costs_page.PAGE.read_text().splitlines()[0] == costs_page.FIRST_LINE


def test_the_database_is_the_greatest_part_of_every_bill() -> None:
    shares = {name: costs_page.database_share(costs_page.monthly(stage)) for name, stage in STAGES.items()}
    assert list(STAGES) == list(costs_page.STAGES)
    assert min(shares.values()) > 0.4
    assert shares["ha"] > 0.5


def test_the_readme_keeps_what_is_around_the_table() -> None:
    text = f"before\n{costs_page.BEGIN}\nold\n{costs_page.END}\nafter\n"
    assert costs_page.with_section(text, "new") == "before\nnew\nafter\n"
    with pytest.raises(ValueError, match="not found"):
        costs_page.with_section("no marks", "new")


def test_a_run_without_counts_claims_no_cost_of_events() -> None:
    assert "Not counted yet." in costs_page.page(STAGES, None)
    assert "million" not in costs_page.section(STAGES, None)
