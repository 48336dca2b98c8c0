"""What lists are asked with: page, filters and order as each route declares them, and nothing else."""

from typing import Annotated, Any, Final
from urllib.parse import parse_qsl
from uuid import UUID

from aws_lambda_powertools.event_handler.api_gateway import Route
from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.api import cursors
from tocsin.errors import FieldProblem

Limit = Annotated[int, Query(ge=1, le=cursors.MAX_LIMIT, description="How many items a page has at most.")]
"""`limit: Limit = cursors.DEFAULT_LIMIT`; ask the service for one more, and let `cursors.cut` find the next page."""

Cursor = Annotated[str | None, Query(description="next_cursor of the page before; without it, the first page.")]
"""`cursor: Cursor = None`, read by `cursors.name` or `cursors.instant`."""

FILTER: Final = Query(description="Only what has this.")
"""`service_id: Annotated[UUID | None, FILTER] = None`"""

FILTERS: Final = Query(description="Only what has one of these; repeat it for several.")
"""`status: Annotated[list[Status] | None, FILTERS] = None`"""

MonitorIds = Annotated[
    list[UUID] | None, Query(max_length=100, description="Which monitors; repeat it for several, 100 at most.")
]
"""`monitor_id: MonitorIds = None`"""

MINE: Final = Query(
    description="Only what the caller has acknowledged, is paged for now, or was called in to help with."
)
"""`mine: Annotated[bool, MINE] = False`"""

ORDER: Final = Query(description="The order: by this field, or with a minus before it backwards.")
"""`sort: Annotated[Literal["-created_at", "created_at"], ORDER] = "-created_at"`, each with an index that serves it."""


def unknown(route: Route, event: dict[str, Any]) -> list[FieldProblem]:
    """What a request asks its route that the route does not declare; it would be ignored, and its sender misled."""
    if not route.include_in_schema:
        return []
    declared = [field.alias for field in route.dependant.query_params]
    asked = dict(parse_qsl(str(event.get("rawQueryString") or ""), keep_blank_values=True))
    there_is = f"there is {', '.join(declared)}" if declared else "this address takes none"
    return [
        FieldProblem(f"query.{name}", f"is no parameter here; {there_is}") for name in asked if name not in declared
    ]
