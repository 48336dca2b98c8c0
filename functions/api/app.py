"""The routes put together, and every error answered in one place."""

from functools import cache
from http import HTTPStatus
from re import Pattern
from typing import Any, Final, cast

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.api_gateway import Route
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from functions.api import gateway, problems, queries
from functions.api.refusals import MethodNotAllowed, NoSuchRoute
from functions.api.routes import (
    analytics,
    api_keys,
    audit_entries,
    calendars,
    contact_methods,
    demo,
    destinations,
    event_rules,
    incidents,
    integrations,
    invitations,
    links,
    lint,
    maintenance_windows,
    me,
    members,
    notification_rules,
    on_call,
    organizations,
    paging_stops,
    policies,
    policy_steps,
    responses,
    schedule_overrides,
    schedules,
    services,
    sign_in,
    simulations,
)
from tocsin.errors import Invalid, TocsinError
from tocsin.platform import logs

SERVICE: Final = "api"
ROUTERS: Final = (
    me,
    organizations,
    paging_stops,
    members,
    incidents,
    responses,
    services,
    event_rules,
    maintenance_windows,
    integrations,
    policies,
    policy_steps,
    schedules,
    schedule_overrides,
    on_call,
    calendars,
    notification_rules,
    contact_methods,
    destinations,
    invitations,
    api_keys,
    audit_entries,
    analytics,
    simulations,
    lint,
    demo,
    sign_in,
    links,
)


class Resolver(APIGatewayHttpResolver):
    """The router; knows which methods a path takes."""

    @property
    def current_route(self) -> Route:
        """The route of the request at hand."""
        return cast("dict[str, Any]", self.context)["_route"]  # pyright: ignore[reportUnknownMemberType]

    def methods_of(self, path: str) -> set[str]:
        """The methods that are taken at a path, none when there is nothing there."""
        routes = [*self._static_routes, *self._dynamic_routes]
        # powertools types a rule as a bare Pattern
        return {route.method for route in routes if cast("Pattern[str]", route.rule).match(path)}  # pyright: ignore[reportUnknownMemberType]


def _declared_queries_only(app: Resolver, following: NextMiddleware) -> Response[Any]:
    unknown = queries.unknown(app.current_route, app.current_event.raw_event)
    if unknown:
        raise Invalid(problems.UNUSABLE, unknown)
    return cast("Response[Any]", following(app))


@cache
def build() -> Resolver:
    """The application, made once a process."""
    app = Resolver(
        enable_validation=True,
        response_validation_error_http_code=HTTPStatus.INTERNAL_SERVER_ERROR,
        json_body_deserializer=gateway.json_object,
    )
    app.use([_declared_queries_only])  # pyright: ignore[reportUnknownMemberType] - powertools leaves it bare
    for module in ROUTERS:
        app.include_router(module.router)

    @app.exception_handler(Exception)
    def on_error(error: Exception) -> Response[str]:
        event = app.current_event.raw_event
        if isinstance(error, RequestValidationError):
            found = [*problems.fields(error.errors()), *queries.unknown(app.current_route, event)]
            error = Invalid(problems.UNUSABLE, found)
        return answer(error, event)

    @app.exception_handler(NotFoundError)
    def on_no_route(_: NotFoundError) -> Response[str]:
        event = app.current_event.raw_event
        methods = app.methods_of(gateway.path_of(event))
        found = MethodNotAllowed(methods) if methods else NoSuchRoute("There is nothing at this address.")
        return answer(found, event)

    return app


def answer(error: Exception, event: dict[str, Any]) -> Response[str]:
    """How any error is answered: by a page to who follows a link, by a problem document to programs."""
    if not isinstance(error, (TocsinError, RequestValidationError)):
        logs.logger(SERVICE).exception("request failed", exc_info=error)
        logs.count(SERVICE, "RequestsFailed")
    elif gateway.is_link(event) and isinstance(error, TocsinError):
        return links.refused(error)
    return problems.response(error, event["requestContext"].get("requestId"))
