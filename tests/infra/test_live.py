"""The sockets of those who watch: a function behind them, another that may post to them, and no ticket in a log."""

import json

from tests.infra.conftest import Assembly

ROUTES = {"$connect", "$disconnect", "$default"}


def sockets(assembly: Assembly) -> str:
    """The logical id of the WebSocket API."""
    apis = assembly.of_type("AWS::ApiGatewayV2::Api")
    (found,) = [key for key, api in apis.items() if api["ProtocolType"] == "WEBSOCKET"]
    return found


def test_whatever_comes_goes_to_live_and_its_answer_back(assembly: Assembly) -> None:
    api = {"Ref": sockets(assembly)}
    routes = [p for p in assembly.of_type("AWS::ApiGatewayV2::Route").values() if p["ApiId"] == api]
    assert {route["RouteKey"] for route in routes} == ROUTES
    integrations = [p for p in assembly.of_type("AWS::ApiGatewayV2::Integration").values() if p["ApiId"] == api]
    assert len(integrations) == len(ROUTES)
    assert all('"Live' in json.dumps(one["IntegrationUri"]) for one in integrations)
    answered = [p for p in assembly.of_type("AWS::ApiGatewayV2::RouteResponse").values() if p["ApiId"] == api]
    assert len(answered) == (0 if assembly.stage == "local" else 1)


def test_a_ticket_is_in_no_log_and_callers_are_held_back(assembly: Assembly) -> None:
    (stage,) = [
        p for p in assembly.of_type("AWS::ApiGatewayV2::Stage").values() if p["ApiId"] == {"Ref": sockets(assembly)}
    ]
    written = stage["AccessLogSettings"]["Format"]
    assert "$context.connectionId" in written
    assert not any(word in written for word in ("path", "query", "requestParameters"))
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
