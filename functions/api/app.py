"""The routes put together, and every error answered in one place."""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from importlib import import_module
from re import Pattern
from typing import Any, Final, cast

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.api_gateway import Route
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from functions.api import gateway, problems, queries
from functions.api.refusals import MethodNotAllowed, NoSuchRoute
from tocsin.errors import Invalid, TocsinError
from tocsin.platform import logs

SERVICE: Final = "api"
AREAS: Final[Mapping[str, tuple[str, ...]]] = {
    "me": ("me", "invitations"),
    "organizations": ("organizations",),
    "organization": ("organizations", "paging_stops"),
    "members": ("members",),
    "teams": ("members",),
    "incidents": ("incidents", "responses", "report_drafts"),
    "services": ("services", "event_rules", "maintenance_windows"),
    "event-rules": ("event_rules",),
    "events": ("event_rules",),
    "maintenance-windows": ("maintenance_windows",),
    "monitors": ("monitors", "monitor_runs", "monitor_documents", "monitor_history", "heartbeats"),
    "monitor-groups": ("monitor_groups",),
    "check-regions": ("monitor_history",),
    "evidence": ("monitor_history",),
    "ping-keys": ("heartbeats",),
    "private-locations": ("private_locations", "probes"),
    "integrations": ("integrations",),
    "escalation-policies": ("policies", "policy_steps"),
    "schedules": ("schedules", "schedule_overrides", "calendars"),
    "on-call": ("on_call",),
    "status-pages": ("status_pages", "components", "status_reports", "report_updates", "subscribers"),
    "status-reports": ("status_reports", "report_updates"),
    "status-report-templates": ("report_updates",),
    "calendars": ("calendars",),
    "users": ("notification_rules", "contact_methods"),
    "destinations": ("destinations",),
    "invitations": ("invitations",),
    "api-keys": ("api_keys",),
    "audit-entries": ("audit_entries",),
    "analytics": ("analytics",),
    "simulations": ("simulations",),
    "lint": ("lint",),
    "live": ("live",),
    "demo": ("demo",),
    "sign-in": ("sign_in",),
    "l": ("links",),
}
"""What of `routes` answers in each area: the part of a path after /v1/, or the first of one without."""


NOWHERE: Final = ""
"""The area of paths that are in none: each area is kept, and callers must not make more of them."""


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


def area_of(path: str) -> str:
    """The area that a path is in; one and the same, where nothing answers, for all that callers make up."""
    found = path.removeprefix("/v1").strip("/").partition("/")[0]
    return found if found in AREAS else NOWHERE


@cache
def build(area: str | None = None) -> Resolver:
    """The application, or what of it answers in one area, made once a process: who comes first waits for no other."""
    app = Resolver(
        enable_validation=True,
        response_validation_error_http_code=HTTPStatus.INTERNAL_SERVER_ERROR,
        json_body_deserializer=gateway.json_object,
    )
    app.use([_declared_queries_only])  # pyright: ignore[reportUnknownMemberType] - powertools leaves it bare
    names = (
        AREAS.get(area, ()) if area is not None else dict.fromkeys(name for found in AREAS.values() for name in found)
    )
    for name in names:
        app.include_router(import_module(f"functions.api.routes.{name}").router)

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
        from functions.api.routes import links

        return links.refused(error)
    return problems.response(error, event["requestContext"].get("requestId"))
