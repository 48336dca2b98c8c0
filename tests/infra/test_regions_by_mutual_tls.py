"""Regions that send what they find by mutual TLS: whom they may ask, by which name, and what they no longer may."""

import json
import re

import pytest

from tests.infra.conftest import CHECKED_FROM, Assembly
from tests.infra.fences import Site, breaches
from tests.infra.test_alarms import alarms
from tests.infra.test_probes import granted, resources_with

REGIONS = CHECKED_FROM["standard"]
HOME = REGIONS[0]


def test_each_region_may_ask_for_a_certificate_in_its_own_name_alone_and_sends_to_no_queue_of_results(
    by_mutual_tls: Assembly, standard: Assembly
) -> None:
    for region in REGIONS:
        found, before = (granted(assembly, f"check-{region}") for assembly in (by_mutual_tls, standard))
        asked = resources_with(found, f":lambda:{HOME}:", f":function:tocsin-standard-enroll:{region}")
        assert list(asked.values()) == [{"lambda:InvokeFunction"}]
        told = resources_with(before, f":sqs:{HOME}:", "tocsin-standard-results")
        assert len(told) == 1
        assert set(before) - set(found) == set(told)
        assert set(found) - set(before) == set(asked)


def test_nobody_else_may_invoke_who_signs(by_mutual_tls: Assembly) -> None:
    for name in by_mutual_tls.functions():
        may = json.dumps([one for one in by_mutual_tls.statements(name) if one["Effect"] == "Allow"])
        asked = re.findall(r"function:tocsin-standard-enroll(?::([\w-]+))?", may)
        assert asked == ([name.removeprefix("check-")] if name.startswith("check-") else [])
        assert "lambda:InvokeFunction" not in may or name.startswith("check-") or name == "notify"


def test_who_signs_has_an_alias_of_each_region_which_is_what_was_deployed_last(by_mutual_tls: Assembly) -> None:
    aliases = list(by_mutual_tls.of_type("AWS::Lambda::Alias").values())
    assert [alias["Name"] for alias in aliases] == list(REGIONS)
    functions = by_mutual_tls.of_type("AWS::Lambda::Function")
    enroll = {key for key, one in functions.items() if one.get("FunctionName") == "tocsin-standard-enroll"}
    assert {alias["FunctionName"]["Ref"] for alias in aliases} == enroll
    assert {alias["FunctionVersion"] for alias in aliases} == {"$LATEST"}


def test_both_ends_are_told_of_each_other(by_mutual_tls: Assembly) -> None:
    for region in REGIONS:
        told = by_mutual_tls.environment(f"check-{region}")
        assert told["HOME_URL"] == "https://probes.tocsin.example"
        assert told["ENROLL_FUNCTION"] == by_mutual_tls.functions()["enroll"]["FunctionName"]
        assert "RESULTS_QUEUE_URL" not in told
    for function in ("enroll", "ingest"):
        assert by_mutual_tls.environment(function)["CHECK_REGIONS"] == ",".join(REGIONS)
    assert by_mutual_tls.environment("ingest")["REVOKED_CERTIFICATES"] == "1a2b,3c4d"


def test_where_regions_send_to_the_queue_nobody_is_asked_for_a_certificate(assembly: Assembly) -> None:
    assert assembly.of_type("AWS::Lambda::Alias") == {}
    for region in CHECKED_FROM[assembly.stage]:
        told = assembly.environment(f"check-{region}")
        assert "RESULTS_QUEUE_URL" in told
        assert not {"HOME_URL", "ENROLL_FUNCTION"} & set(told)
    for function in ("enroll", "ingest"):
        assert not {"CHECK_REGIONS", "REVOKED_CERTIFICATES"} & set(assembly.environment(function))


def test_what_home_will_never_take_rings_where_it_is_not_kept(by_mutual_tls: Assembly, standard: Assembly) -> None:
    ringing = {name for name in alarms(by_mutual_tls) if name.startswith("rejected-messages-")}
    before = {name for name in alarms(standard) if name.startswith("rejected-messages-")}
    assert ringing - before == {f"rejected-messages-{region}" for region in REGIONS}
    found = alarms(by_mutual_tls)[f"rejected-messages-{HOME}"]
    assert (found["MetricName"], found["Dimensions"]) == ("BatchesRejected", [{"Name": "service", "Value": "check"}])


def test_the_fences_hold(by_mutual_tls: Assembly) -> None:
    assert breaches(Site(by_mutual_tls)) == []


@pytest.mark.parametrize("region", REGIONS)
def test_no_region_waits_for_home_to_be_deployed(by_mutual_tls: Assembly, region: str) -> None:
    manifest = json.loads((by_mutual_tls.folder / "manifest.json").read_text())["artifacts"]
    waits_for = manifest[f"tocsin-standard-probes-{region}"]["dependencies"]
    assert not [name for name in waits_for if "application" in name]
