"""MiniStack with what Cognito does at a sign-up and it leaves out: the trigger words the mail, the code verifies the
address, of which there is one in a pool, and the trigger is told once that is done. And WebSocket APIs call functions
as all others do, so that those too run in the warm host.
"""

import importlib
from collections.abc import Mapping
from typing import Any, Final

WORDED: Final = {"email": "CustomMessage_SignUp", "password": "CustomMessage_ForgotPassword"}
"""The trigger's source by what the code is for."""

cognito: Final[Any] = importlib.import_module("ministack.services.cognito")
functions: Final[Any] = importlib.import_module("ministack.services.lambda_svc")
workers: Final[Any] = importlib.import_module("ministack.core.lambda_runtime")
_send, _confirm = cognito._send_verification_email, cognito._confirm_sign_up


def send(
    pool: dict[str, Any], username: str, attributes: Mapping[str, str], code: str, attribute_name: str = "email"
) -> Any:
    """Mail a code, in the words of the pool's trigger if it has some."""
    said = cognito._apply_custom_message_trigger(pool, WORDED[attribute_name], username, attributes)
    if said.get("emailSubject") and said.get("emailMessage"):
        words = {"EmailSubject": said["emailSubject"], "EmailMessage": said["emailMessage"]}
        pool = {**pool, "VerificationMessageTemplate": words}
    return _send(pool, username, attributes, code, attribute_name)


def confirm(data: dict[str, Any]) -> Any:
    """ConfirmSignUp, its code checked already."""
    pool, _ = cognito._pool_for_client(data["ClientId"])
    user, unknown = cognito._resolve_user(pool, data["Username"])
    if unknown:
        return _confirm(data)
    attributes = cognito._attr_list_to_dict(user["Attributes"])
    if _is_taken(pool, user, attributes.get("email", "")):
        return cognito.error_response_json("AliasExistsException", "An account with the email already exists.", 400)
    attributes["email_verified"] = "true"
    user["Attributes"] = cognito._dict_to_attr_list(attributes)
    answer = _confirm(data)
    problem = _tell(pool, user["Username"], {**attributes, "cognito:user_status": user["UserStatus"]}, data["ClientId"])
    return cognito.error_response_json("UserLambdaValidationException", problem, 400) if problem else answer


def _is_taken(pool: dict[str, Any], user: dict[str, Any], email: str) -> bool:
    holder, _ = cognito._resolve_user(pool, email)
    return holder is not None and holder is not user


def _tell(pool: dict[str, Any], username: str, attributes: dict[str, str], client_id: str) -> str:
    """Call the pool's trigger; answers what went wrong."""
    event = {
        "version": "1",
        "triggerSource": "PostConfirmation_ConfirmSignUp",
        "region": cognito._pool_region(pool["Id"]),
        "userPoolId": pool["Id"],
        "userName": username,
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": client_id},
        "request": {"userAttributes": attributes},
        "response": {},
    }
    trigger = pool.get("LambdaConfig", {}).get("PostConfirmation")
    if trigger is None:
        return ""
    record, config, _ = functions._get_func_record_for_ref(trigger)
    answer = functions._execute_function_with_config_scope(
        functions._execution_record_for_config(record, config), event
    )
    return f"PostConfirmation failed with error {answer.get('body')}." if answer.get("error") else ""


class Worker:
    """What the WebSocket side takes for a process of MiniStack's own."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._function = config["FunctionArn"]

    def invoke(self, event: dict[str, Any], _request_id: str) -> dict[str, Any]:
        """Call the function like any other; answers what it does, in a worker's way."""
        record, config, _ = functions._get_func_record_for_ref(self._function)
        done = functions._execute_function_with_config_scope(
            functions._execution_record_for_config(record, config), event
        )
        answer, _ = functions.lambda_execute_result_to_api_proxy_response(done)
        return {"status": "ok", "result": answer}


def worker(_name: str, config: dict[str, Any], _code: bytes, **_qualifier: str) -> Worker:
    """In the place of one of MiniStack's processes."""
    return Worker(config)


if __name__ == "__main__":
    workers.get_or_create_worker = worker
    cognito._send_verification_email, cognito._confirm_sign_up = send, confirm
    importlib.import_module("ministack.app").main()
