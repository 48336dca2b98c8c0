"""The sockets of those who watch: a function behind them, another that may post to them, and no ticket in a log."""

import json

from tests.infra.conftest import Assembly

ROUTES = {"$connect", "$disconnect", "$default"}


def sockets(assembly: Assembly) -> str:
    """The logical id of the WebSocket API."""
    apis = assembly.of_type("AWS::ApiGatewayV2::Api")
    (found,) = [key for key, api in apis.items() if api["ProtocolType"] == "WEBSOCKET"]
    return found


def vended_logs(assembly: Assembly) -> list[str]:
    """The names of log groups that AWS's services write to."""
    groups = assembly.of_type("AWS::Logs::LogGroup").values()
    return [name for group in groups if "vendedlogs" in (name := json.dumps(group.get("LogGroupName")))]


def test_whatever_comes_goes_to_live_and_its_answer_back(assembly: Assembly) -> None:
    api = {"Ref": sockets(assembly)}
    routes = [p for p in assembly.of_type("AWS::ApiGatewayV2::Route").values() if p["ApiId"] == api]
    assert {route["RouteKey"] for route in routes} == ROUTES
    integrations = [p for p in assembly.of_type("AWS::ApiGatewayV2::Integration").values() if p["ApiId"] == api]
    assert len(integrations) == len(ROUTES)
    assert all('"Live' in json.dumps(one["IntegrationUri"]) for one in integrations)
    answered = [p for p in assembly.of_type("AWS::ApiGatewayV2::RouteResponse").values() if p["ApiId"] == api]
    assert len(answered) == (0 if assembly.stage == "local" else 1)


def test_the_stage_asks_for_no_log_that_an_account_may_have_no_role_for_and_callers_are_held_back(
    assembly: Assembly,
) -> None:
    (stage,) = [
        p for p in assembly.of_type("AWS::ApiGatewayV2::Stage").values() if p["ApiId"] == {"Ref": sockets(assembly)}
    ]
    assert "AccessLogSettings" not in stage
    assert not {"LoggingLevel", "DataTraceEnabled"} & stage["DefaultRouteSettings"].keys()
    assert not any("/live" in name for name in vended_logs(assembly))
    assert stage["DefaultRouteSettings"]["ThrottlingRateLimit"] >= 20


def test_push_posts_and_closes_and_nobody_else_may(assembly: Assembly) -> None:
    found: dict[str, list[str]] = {}
    for policy in assembly.of_type("AWS::IAM::Policy").values():
        for statement in policy["PolicyDocument"]["Statement"]:
            if "execute-api:ManageConnections" in statement["Action"]:
                (role,) = policy["Roles"]
                found.setdefault(role["Ref"], []).extend(json.dumps(one) for one in statement["Resource"])
    ((role, resources),) = found.items()
    assert role.startswith("PushRole")
    assert [one.count("/POST/@connections/*") + one.count("/DELETE/@connections/*") for one in resources] == [1, 1]


def test_everybody_who_changes_what_is_watched_can_tell(assembly: Assembly) -> None:
    told = {"PUSHES_QUEUE_URL", "HINTS_QUEUE_URL"}
    known = {name for name, p in assembly.functions().items() if told <= p["Environment"]["Variables"].keys()}
    assert known == {"process", "verdict", "escalate", "record", "sweep", "api"}
    assert {"LIVE_URL"} <= assembly.functions()["api"]["Environment"]["Variables"].keys()
