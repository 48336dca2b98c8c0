"""The audit log: read by pages, and exported as a file."""

from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import AfterValidator

from functions.api import cursors, row_files
from functions.api.queries import Cursor, Limit
from functions.api.row_files import FileFormat
from functions.api.session import enter
from tocsin.contracts.api import storable
from tocsin.contracts.api_access import AuditEntry, AuditEntryPage, Exported
from tocsin.contracts.message import GivenInstant
from tocsin.domain.permission import Permission
from tocsin_data.services import exporting
from tocsin_data.views import audit_log
from tocsin_data.views.audit_log import Wanted

router = APIGatewayHttpRouter()

EXPORT: Final = "/v1/audit-entries/export"
EXPORT_LIMIT: Final = 1_000

Text = Annotated[str | None, AfterValidator(lambda text: text and storable(text))]
Actor = Annotated[Text, Query(description="A kind, or kind:id: user:0197…, api_key:0197…, system.", max_length=200)]
Action = Annotated[Text, Query(description="Like service.created.", max_length=200)]
SubjectKind = Annotated[Text, Query(description="Like service.", max_length=200)]
SubjectId = Annotated[Text, Query(max_length=200)]
Since = Annotated[GivenInstant | None, Query(alias="from", description="The first instant, with its zone.")]
Until = Annotated[GivenInstant | None, Query(alias="to", description="The instant before which to end.")]
RequestId = Annotated[Text, Query(description="What one request has changed.", max_length=200)]


@router.get(
    "/v1/audit-entries",
    summary="List changes of configuration and membership, newest first",
    tags=["audit log"],
    operation_id="listAuditEntries",
)
def list_audit_entries(
    actor: Actor = None,
    action: Action = None,
    subject_kind: SubjectKind = None,
    subject_id: SubjectId = None,
    since: Since = None,
    until: Until = None,
    request_id: RequestId = None,
    limit: Limit = cursors.DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> AuditEntryPage:
    """Answer a page of the audit log."""
    session = enter(Permission.READ_AUDIT)
    wanted = Wanted(*_actor(actor), action, subject_kind, subject_id, since, until, request_id)
    found = audit_log.page(session.db, session.org_id, wanted, before=cursors.instant(cursor), limit=limit + 1)
    items, following = cursors.cut(found, limit, lambda entry: (entry.at, entry.id))
    return AuditEntryPage(items=items, next_cursor=following)


@router.get(
    EXPORT,
    summary="Export the audit log as CSV or JSON lines; Link leads to the next part",
    tags=["audit log"],
    operation_id="exportAuditEntries",
    responses={
        HTTPStatus.OK.value: {
            "description": "A part of the log, newest first; a CSV has its heading in the first part alone",
            "content": {
                media_type.partition(";")[0]: {"schema": {"type": "string"}}
                for media_type in row_files.CONTENT_TYPES.values()
            },
        }
    },
)
def export_audit_entries(
    file_format: Annotated[FileFormat, Query(alias="format")] = FileFormat.CSV,
    actor: Actor = None,
    action: Action = None,
    subject_kind: SubjectKind = None,
    subject_id: SubjectId = None,
    since: Since = None,
    until: Until = None,
    request_id: RequestId = None,
    limit: Annotated[int, Query(ge=1, le=EXPORT_LIMIT)] = EXPORT_LIMIT,
    cursor: Cursor = None,
) -> Response[str]:
    """Answer a part of the audit log as a file."""
    session = enter(Permission.READ_AUDIT)
    wanted = Wanted(*_actor(actor), action, subject_kind, subject_id, since, until, request_id)
    found = audit_log.page(session.db, session.org_id, wanted, before=cursors.instant(cursor), limit=limit + 1)
    if not session.caller.is_demo:
        asked = {"format": file_format.value, **_asked()}
        told = Exported(asked={name: value for name, value in asked.items() if name not in {"cursor", "limit"}})
        exporting.tell(session.db, session.org_id, session.actor, exporting.AUDIT_LOG, told, is_first=cursor is None)
    text, written = row_files.write(AuditEntry, found[:limit], file_format, has_heading=cursor is None)
    _, following = cursors.cut(found, written, lambda entry: (entry.at, entry.id)) if found else ([], None)
    headers = {"Content-Disposition": f'attachment; filename="audit-log.{file_format}"'}
    if following is not None:
        headers["Link"] = f'<{_next(following)}>; rel="next"'
    return Response(
        status_code=HTTPStatus.OK.value,
        content_type=row_files.CONTENT_TYPES[file_format],
        headers=headers,
        body=text,
    )


def _asked() -> dict[str, str]:
    return dict(router.current_event.query_string_parameters)


def _next(cursor: str) -> str:
    return f"{EXPORT}?{urlencode({**_asked(), 'cursor': cursor})}"


def _actor(text: str | None) -> tuple[str | None, str | None]:
    kind, _, actor_id = (text or "").partition(":")
    return kind or None, actor_id or None
