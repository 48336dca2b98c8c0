"""Lint: what is wrong with how the organization would be paged."""

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.session import enter
from tocsin.contracts.api_lint import LintReport
from tocsin.domain.permission import Permission
from tocsin_data.services import linting

router = APIGatewayHttpRouter()


@router.get(
    "/v1/lint",
    summary="Tell what keeps pages from reaching anybody, now or within a week",
    tags=["analytics"],
    operation_id="lint",
)
def lint() -> LintReport:
    """Answer findings, worst first, each with what would be right."""
    session = enter(Permission.READ_ANALYTICS)
    return linting.report(session.db, session.org_id)
