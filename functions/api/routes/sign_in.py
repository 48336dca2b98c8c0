"""How people sign in here: told to anybody, so that a client needs the API's address and nothing else."""

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.gateway import SIGN_IN
from functions.api.session import CURRENT
from tocsin.contracts.api_sign_in import SelfRegistration, SignInPlace

router = APIGatewayHttpRouter()


@router.get(
    SIGN_IN,
    summary="Where people sign in; needs no key",
    tags=["me"],
    operation_id="getSignIn",
    security=[{}],
)
def get_sign_in() -> SignInPlace:
    """Answer what a client of the user pool must know, none of which is secret."""
    known = CURRENT.get().settings
    pool_id = known.sign_in_issuer.rpartition("/")[2]
    return SignInPlace(
        region=pool_id.partition("_")[0],
        user_pool_id=pool_id,
        client_id=known.sign_in_client_id,
        issuer=known.sign_in_issuer,
        endpoint=known.sign_in_endpoint,
        events_url=known.events_url,
        self_registration=SelfRegistration(known.sign_up.partition(":")[0]),
        single_sign_on_url=known.single_sign_on_url,
    )
