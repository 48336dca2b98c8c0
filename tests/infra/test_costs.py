"""What a stage costs is told from what it deploys: docs/costs.json is what the templates say."""

from bench.costs import inventory
from bench.costs_page import load
from tests.infra.conftest import Assembly


def test_the_costs_are_of_what_is_deployed(in_aws: Assembly) -> None:
    assert inventory(in_aws.resources) == load()[in_aws.stage], "run: python -m bench.costs_page --synth"
