"""Notification rules: how members are paged, by themselves or by who may for all."""

from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.session import enter, enter_for
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_notifications import NotificationRuleSet, NotificationRuleSets, RuleSetInput
from tocsin.domain.incident import Urgency
from tocsin.domain.permission import Permission
from tocsin_data.services import notification_rules

router = APIGatewayHttpRouter()
OWN, ALL = Permission.WRITE_OWN_CONTACT_METHODS, Permission.WRITE_CONTACT_METHODS


@router.get(
    "/v1/users/<user_id>/notification-rules",
    summary="How a member is paged, for each urgency",
    tags=["notification rules"],
    operation_id="listNotificationRules",
)
def list_rules(user_id: UUID) -> NotificationRuleSets:
    """Answer a member's rules."""
    session = enter(Permission.READ_CONTACT_METHODS)
    return NotificationRuleSets(items=list(notification_rules.list_rules(session.db, session.org_id, user_id)))


@router.get(
    "/v1/users/<user_id>/notification-rules/<urgency>",
    summary="How a member is paged for an urgency; its version is in the ETag too",
    tags=["notification rules"],
    operation_id="getNotificationRules",
)
def get_rules(user_id: UUID, urgency: Urgency) -> Response[NotificationRuleSet]:
    """Answer a member's rules for an urgency."""
    session = enter(Permission.READ_CONTACT_METHODS)
    return versioned(notification_rules.get_rules(session.db, session.org_id, user_id, urgency))


@router.put(
    "/v1/users/<user_id>/notification-rules/<urgency>",
    summary="Put these rules in the place of those that were read, your own or, as an admin, another member's",
    tags=["notification rules"],
    operation_id="setNotificationRules",
)
def set_rules(
    user_id: UUID, urgency: Urgency, data: RuleSetInput, if_match: IfMatch = None
) -> Response[NotificationRuleSet]:
    """Change how a member is paged for an urgency."""
    session = enter_for(user_id, OWN, ALL)
    version = expected(if_match)
    return versioned(
        notification_rules.set_rules(session.db, session.org_id, session.actor, user_id, urgency, data, version=version)
    )


@router.delete(
    "/v1/users/<user_id>/notification-rules/<urgency>",
    summary="Go back to all methods at once",
    tags=["notification rules"],
    operation_id="resetNotificationRules",
)
def reset_rules(user_id: UUID, urgency: Urgency, if_match: IfMatch = None) -> Response[NotificationRuleSet]:
    """Drop a member's rules for an urgency."""
    session = enter_for(user_id, OWN, ALL)
    version = expected(if_match)
    return versioned(
        notification_rules.reset_rules(session.db, session.org_id, session.actor, user_id, urgency, version=version)
    )
